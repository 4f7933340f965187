// The failure of a call that was answered with success and something else than promised.
import type { Failure } from './types.ts';

export function unreadable(
  status: number,
  kind: Failure['kind'] = 'unavailable',
): { ok: false; failure: Failure } {
  const text = 'the answer could not be read';
  return { ok: false, failure: { kind, status, text, retryAfterMs: null } };
}
