// Fetches an attachment of an agent's message with the ticketer's admin headers, as mailroom does.
import { call } from './call.ts';
import { FILE_RETRIES } from './retry-rule.ts';
import type { StoredFile, Ticketer } from './state.ts';
import type { ClientRules } from './world.ts';
import { goHeaders } from './write-request.ts';

export const MAX_FILE_BYTES = 10 * 1024 * 1024;

export type Fetched = { ok: true; file: StoredFile } | { ok: false; error: string };

export async function fetchFile(
  { type, url }: { type: string; url: string },
  { ticketer, rules }: { ticketer: Ticketer; rules: ClientRules },
): Promise<Fetched> {
  const refuse = (reason: string): Fetched => ({
    ok: false,
    error: `error fetching ticket file '{${type} ${url}}': ${reason}`,
  });
  if (!URL.canParse(url) || !/^https?:/.test(url)) return refuse('unsupported protocol scheme');
  const headers = { 'X-Auth-Token': ticketer.adminAuthToken, 'X-User-Id': ticketer.adminUserId };
  const answer = await call({
    ...rules,
    method: 'GET',
    url: new URL(url),
    headers: goHeaders(headers, null),
    body: null,
    retries: FILE_RETRIES,
    maxBodyBytes: MAX_FILE_BYTES,
  });
  if (answer.error === 'too-large' || answer.body.length > MAX_FILE_BYTES) {
    return refuse(`webhook response body exceeds ${MAX_FILE_BYTES} bytes limit`);
  }
  if (answer.status === null || answer.error !== null) return refuse(answer.error ?? 'no response');
  if (answer.status < 200 || answer.status > 299) return refuse('fetch returned non-200 response');
  const contentType = (answer.headers['content-type'] ?? '').split(';', 1)[0]?.trim() ?? '';
  const file = { url, type, contentType: contentType.toLowerCase(), bytes: answer.body };
  return { ok: true, file: { ...file, extension: extensionOf(url) } };
}

/** A query is part of it: `photo.jpg?x=1` becomes `.jpg?x=1`. */
function extensionOf(url: string): string {
  return /\.[^./]*$/.exec(url)?.[0] ?? '';
}
