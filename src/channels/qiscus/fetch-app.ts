// Asks for Qiscus' record of the app, and points its resolve webhook at us.
import type { Caller } from './open-caller.ts';
import { readAppAnswer } from './read-app.ts';
import { isForeignPage } from './read-json.ts';
import type { Outcome, RemoteApp } from './types.ts';
import { unreadable } from './unreadable.ts';

/** For fields that Qiscus leaves out, the requested values are answered. */
export async function registerResolveWebhook(
  caller: Caller,
  { url, enabled }: { url: string; enabled: boolean },
): Promise<Outcome<{ markAsResolvedWebhookUrl: string; isAllocateAgentWebhookEnabled: boolean }>> {
  const outcome = await caller.call({
    scheme: 'token',
    method: 'POST',
    path: '/api/v1/app/webhook/mark_as_resolved',
    form: { webhook_url: url, is_webhook_enabled: String(enabled) },
    encoding: 'multipart',
  });
  if (!outcome.ok) return outcome;
  const { body, status } = outcome.value;
  if (isForeignPage(body)) return unreadable(status, 'unknown');
  const app = readAppAnswer(body);
  return {
    ok: true,
    value: {
      markAsResolvedWebhookUrl: app?.markAsResolvedWebhookUrl ?? url,
      isAllocateAgentWebhookEnabled: app?.isAllocateAgentWebhookEnabled ?? enabled,
    },
  };
}

export async function fetchApp(caller: Caller): Promise<Outcome<RemoteApp>> {
  const outcome = await caller.login();
  if (!outcome.ok) return outcome;
  const { app } = outcome.value;
  return app === null ? unreadable(200) : { ok: true, value: app };
}
