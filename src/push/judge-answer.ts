// What the answer of a push service means for a push and its device. Pure.
import type { OutboundAnswer } from '../outbound/open-guarded-outbound.ts';
import { readRetryAfter } from '../outbound/read-retry-after.ts';

export type PushOutcome =
  | { is: 'sent' }
  /** The push service knows the device no more. */
  | { is: 'gone' }
  | { is: 'retry'; inMs: number }
  | { is: 'failed'; why: string };

const MOST_ATTEMPTS = 4;
const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 120_000;

/**
 * Tried again is only what was surely not taken: a refusal, or a request that never left. What may
 * have arrived is given up, so that nobody is told twice.
 */
export function judgePushAnswer(
  answer: OutboundAnswer,
  { attempts, now }: { attempts: number; now: number },
): PushOutcome {
  if (!answer.ok) {
    const isHopeless = answer.sent || answer.error === 'blocked' || answer.error === 'aborted';
    return isHopeless ? { is: 'failed', why: answer.error } : again(attempts, null, answer.error);
  }
  const { status, headers } = answer;
  if (status < 300) return { is: 'sent' };
  if (status === 404 || status === 410) return { is: 'gone' };
  const why = `answered ${status}`;
  if (status !== 429 && status < 500) return { is: 'failed', why };
  return again(attempts, readRetryAfter(headers['retry-after'], now), why);
}

function again(attempts: number, askedMs: number | null, why: string): PushOutcome {
  if (attempts >= MOST_ATTEMPTS) return { is: 'failed', why };
  const ownMs = FIRST_RETRY_MS * 4 ** (attempts - 1);
  return { is: 'retry', inMs: Math.min(LONGEST_RETRY_MS, Math.max(ownMs, askedMs ?? 0)) };
}
