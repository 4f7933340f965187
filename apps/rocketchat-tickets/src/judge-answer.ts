// What RapidPro's answer to an event means (rapidpro.md §4, answers).

export interface Evidence {
  type: string;
  /** Including this one. */
  attempts: number;
  /** null: no answer. */
  status: number | null;
  /** Its JSON's `error`, if it has one. */
  error: string | null;
  ticketAgeMs: number;
  eventAgeMs: number;
  giveUpAfterMs: number;
}

export type Judgement =
  | { verdict: 'done' }
  | { verdict: 'failed'; reason: string }
  | { verdict: 'retry'; afterMs: number; reason: string };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const delays = [SECOND, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE];
const LAST_DELAY = 30 * MINUTE;
// RapidPro stores a ticket only after its opening has been answered.
const TICKET_MAY_COME = 5 * MINUTE;
const ATTEMPTS_WHEN_REFUSED = 3;

export function judgeAnswer(evidence: Evidence): Judgement {
  const { status, error, attempts } = evidence;
  if (status !== null && status >= 200 && status < 300) return { verdict: 'done' };
  if (status === 404) return judgeMissing(evidence);
  if (status === 401) return again(evidence, 'RapidPro refuses the App Secret');
  if (status === 400) {
    const reason = `RapidPro refused it: ${error ?? 'no reason given'}`;
    return attempts >= ATTEMPTS_WHEN_REFUSED
      ? { verdict: 'failed', reason }
      : again(evidence, reason);
  }
  if (status === null) return again(evidence, 'RapidPro did not answer');
  const passing = status === 408 || status === 429 || status >= 500;
  const reason = `RapidPro answered ${status}`;
  return passing ? again(evidence, reason) : { verdict: 'failed', reason };
}

function judgeMissing(evidence: Evidence): Judgement {
  const { type, error, ticketAgeMs } = evidence;
  if (error?.startsWith('no such ticketer')) {
    return again(evidence, 'RapidPro does not know this app any more: connect it again');
  }
  if (ticketAgeMs < TICKET_MAY_COME) {
    return again(evidence, 'RapidPro does not know the ticket yet');
  }
  // A ticket that is gone needs no closing.
  if (type === 'close-room') return { verdict: 'done' };
  return { verdict: 'failed', reason: `RapidPro does not know the ticket (${error ?? '404'})` };
}

function again(evidence: Evidence, reason: string): Judgement {
  if (evidence.eventAgeMs >= evidence.giveUpAfterMs) return { verdict: 'failed', reason };
  return { verdict: 'retry', afterMs: retryDelay(evidence.attempts), reason };
}

/** @param attempts how many there were. */
export function retryDelay(attempts: number): number {
  return delays[attempts - 1] ?? LAST_DELAY;
}
