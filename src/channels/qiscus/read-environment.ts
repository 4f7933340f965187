// Reads the Qiscus channel that the environment describes; it replaces the stored one.
import type { Config } from '../../config.ts';
import type { EnvironmentChannel } from '../../desk/prepare-workspace.ts';

/** null without credentials. */
export function readQiscusChannel(config: Config): EnvironmentChannel[] {
  const { QISCUS_APP_ID: appId, QISCUS_SECRET: secretKey, QISCUS_EMAIL: email } = config;
  if (appId === undefined || secretKey === undefined) return [];
  const { QISCUS_PASSWORD: password, QISCUS_WEBHOOK_SECRET: webhookSecret } = config;
  const baseUrl = config.QISCUS_BASE_URL.replace(/\/+$/, '');
  return [
    {
      kind: 'qiscus',
      idFrom: `qiscus ${appId}`,
      name: 'Qiscus',
      config: { baseUrl, appId, ...(email !== undefined && { email }) },
      secrets: {
        secretKey,
        ...(password !== undefined && { password }),
        ...(webhookSecret !== undefined && { webhookSecret }),
      },
    },
  ];
}
