// Reads the app from the two answers that show it, and drops its secret key.
import { isObject, readFlag, readObject, readText } from './read-field.ts';
import { readJson } from './read-json.ts';
import type { RemoteApp } from './types.ts';

export interface Login {
  /** null: the login was refused, or a second factor is required. */
  token: string | null;
  needsSecondFactor: boolean;
  app: RemoteApp | null;
}

export function readLogin(body: string): Login {
  const data = readObject(readObject(readJson(body)).data);
  const user = readObject(data.user);
  return {
    token: readText(user.authentication_token, 4096) ?? readText(data.authentication_token, 4096),
    needsSecondFactor: readFlag(data.use_2fa) === true,
    app: readApp([user.app, readObject(data.details).app, data.app].find(isObject)),
  };
}

/** From the answer to a webhook registration, whose `data` is the app. */
export function readAppAnswer(body: string): RemoteApp | null {
  const data = readObject(readObject(readJson(body)).data);
  return readApp(isObject(data.app) ? data.app : data);
}

function readApp(value: unknown): RemoteApp | null {
  if (!isObject(value)) return null;
  return {
    appId: readText(value.app_code) ?? readText(value.app_id) ?? '',
    allocateAgentWebhookUrl: readText(value.allocate_agent_webhook_url, 2048),
    isAllocateAgentWebhookEnabled: readFlag(value.is_allocate_agent_webhook_enabled),
    markAsResolvedWebhookUrl: readText(value.mark_as_resolved_webhook_url, 2048),
    isMarkAsResolvedWebhookEnabled: readFlag(value.is_mark_as_resolved_webhook_enabled),
  };
}
