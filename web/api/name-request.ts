// Gives each request that changes something a key, so that the server runs it once; a retry after a lost answer repeats the key.

import { v4 as uuid } from 'uuid';

const KEPT_MS = 120_000;

interface Named {
  key: string;
  path: string;
  at: number;
}
/** By what was asked: those whose answer has not come. */
const unanswered = new Map<string, Named>();

export const KEY_HEADER = 'Idempotency-Key';

/** What may be done twice by mistake: anything else is the same when it is done again. */
export async function nameRequest(request: Request, now = performance.now()): Promise<void> {
  if (['GET', 'HEAD'].includes(request.method) || request.headers.has(KEY_HEADER)) return;
  const what = await describe(request);
  const before = what === null ? undefined : unanswered.get(what);
  const isRepeat = before !== undefined && now - before.at < KEPT_MS;
  const key = isRepeat ? before.key : uuid();
  request.headers.set(KEY_HEADER, key);
  if (what === null) return;
  unanswered.delete(what);
  unanswered.set(what, { key, path: request.url, at: now });
  for (const [old, { at }] of unanswered) if (now - at >= KEPT_MS) unanswered.delete(old);
}

/** The same words are a new wish from now on. `status`: 0, when no answer came. */
export function noteAnswer(request: Request, status: number): void {
  if (status === 0 || status >= 500) return;
  for (const [what, { path }] of unanswered) if (path === request.url) unanswered.delete(what);
}

async function describe(request: Request): Promise<string | null> {
  if (request.method !== 'POST') return null;
  const type = request.headers.get('content-type');
  if (request.body !== null && type !== 'application/json') return null;
  return `${request.url} ${await request.clone().text()}`;
}
