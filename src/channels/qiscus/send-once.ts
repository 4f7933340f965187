// Makes one HTTP exchange and tells a request that never left from one whose answer was lost.
import type { Outbound } from '../../outbound/open-guarded-outbound.ts';
import type { Failure, Outcome } from './types.ts';

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

export interface HttpAnswer {
  status: number;
  retryAfter: string | null;
  body: string;
}

/** How we call a typed address: guarded, bounded, one attempt, no redirects followed. */
export type Outside = Pick<Outbound, 'send'>;

/** An agents' page of 100 rows has about 100 kB. */
const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** The time limit covers everything from connecting to the last byte. */
export async function sendOnce(
  { outside, timeoutMs }: { outside: Outside; timeoutMs: number },
  { method, url, headers, body }: HttpRequest,
): Promise<Outcome<HttpAnswer>> {
  const answer = await outside.send({
    ...{ url, method, headers, timeoutMs },
    ...(body === null ? {} : { body }),
    verifyTls: true,
    maxAnswerBytes: MAX_BODY_BYTES,
  });
  if (!answer.ok) {
    const text = words[answer.error] ?? 'the connection failed';
    return lose(answer.sent ? 'unknown' : 'unavailable', text);
  }
  if (answer.truncated) return lose('unknown', 'the answer is too large');
  const retryAfter = answer.headers['retry-after'] ?? null;
  const value = { status: answer.status, retryAfter, body: answer.body.toString('utf8') };
  return { ok: true, value };
}

/**
 * Coarse on purpose: the person who typed the address reads this, and must not learn what listens
 * where, nor where an internal name leads.
 */
const words: Record<string, string> = {
  blocked:
    'the address may not be called: it is not on the public internet; USHER_ALLOW_PRIVATE_NETWORKS can make an exception',
  tls: 'there is no safe connection to the address: check its certificate',
  timeout: 'no answer in time',
};

function lose(kind: Failure['kind'], text: string): { ok: false; failure: Failure } {
  return { ok: false, failure: { kind, status: null, text, retryAfterMs: null } };
}
