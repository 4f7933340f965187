// The failure of a call that succeeded with an answer other than promised.
import type { Failure } from './types.ts';

export function unreadable(
  status: number,
  kind: Failure['kind'] = 'unavailable',
): { ok: false; failure: Failure } {
  const text = 'the answer could not be read';
  return { ok: false, failure: { kind, status, text, retryAfterMs: null } };
}
