// The Qiscus channel of the default workspace, and how often Qiscus is asked.
import { Type } from 'typebox';
import { Text } from './shapes.ts';

export const qiscus = {
  QISCUS_BASE_URL: Type.String({
    description: 'The address of Qiscus Omnichannel.',
    default: 'https://multichannel.qiscus.com',
    pattern: '^https?://',
  }),
  QISCUS_APP_ID: Text('The app id (app code); makes the default workspace’s Qiscus channel.'),
  QISCUS_SECRET: Text('The app’s secret key.'),
  QISCUS_EMAIL: Text('An admin’s e-mail address, to register the resolve webhook.'),
  QISCUS_PASSWORD: Text('The admin’s password.'),
  QISCUS_MAX_CUSTOMER: Type.Integer({
    description: 'The default capacity at the first start; afterwards the setting applies.',
    default: 2,
    minimum: 1,
    maximum: 1000,
  }),
  QISCUS_WEBHOOK_SECRET: Text(
    'The secret that webhooks must carry, as ?secret= or as the last path segment.',
  ),
  QISCUS_SYNC_BUSY_MS: Type.Integer({
    description:
      'How often to ask Qiscus for its agents while conversations wait, in milliseconds.',
    default: 10_000,
    minimum: 200,
    maximum: 3_600_000,
  }),
  QISCUS_SYNC_CALM_MS: Type.Integer({
    description: 'How often to ask Qiscus for its agents otherwise, in milliseconds.',
    default: 30_000,
    minimum: 200,
    maximum: 3_600_000,
  }),
  QISCUS_SYNC_ROOMS_MS: Type.Integer({
    description: 'How often to ask Qiscus for rooms whose webhook was lost, in milliseconds.',
    default: 60_000,
    minimum: 200,
    maximum: 3_600_000,
  }),
};
