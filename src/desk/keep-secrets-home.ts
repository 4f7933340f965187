// A channel's secrets are for the server they were given for: an address elsewhere needs its own.
import { Refused } from '../errors.ts';
import type { KeptChannel } from '../store/channels.ts';

interface Moving {
  /** null: the channel is new. */
  before: KeptChannel | null;
  config: Record<string, unknown>;
  /** Anew, with the change. */
  given: Record<string, string>;
}

/** What every call of Qiscus carries, or a sign-in there; a webhook's secret is Qiscus' to send to us. */
const SENT_TO_QISCUS = ['secretKey', 'password'];

/** Refuses `request.invalid` where what was kept would be sent to another server than before. */
export function refuseMovingSecrets({ before, config, given }: Moving): void {
  if (before === null || staysAt(before.config.baseUrl, config.baseUrl)) return;
  const kept = SENT_TO_QISCUS.filter((name) => before.secretNames.includes(name));
  const missing = kept.filter((name) => given[name] === undefined);
  if (missing.length === 0) return;
  throw new Refused(
    'request.invalid',
    `body/config/baseUrl: it is another server, which is not told the secrets of the one before. Send with it, for the new one: ${missing.join(', ')}`,
  );
}

export const TOKEN_DROPPED =
  'RapidPro has connected from another address, which is not told the API token of the one before. Set the token again to show what was said before a ticket.';

/** RapidPro connects itself by its secret, which more people know than the token of its API. */
export function dropForeignToken({ before, config, given }: Moving): { apiToken?: string } {
  const { webhookUrl } = before?.config ?? {};
  if (webhookUrl === undefined || staysAt(webhookUrl, config.webhookUrl)) return {};
  const isKept = before?.secretNames.includes('apiToken') === true && given.apiToken === undefined;
  return isKept ? { apiToken: '' } : {};
}

function staysAt(before: unknown, after: unknown): boolean {
  return originOf(before) === originOf(after);
}

function originOf(url: unknown): string | null {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : null;
}
