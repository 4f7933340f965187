// What mailroom's answer to an event means for us (rapidpro.md §4, answers).

export interface Evidence {
  type: 'agent-message' | 'close-room';
  /** Including this one. */
  attempts: number;
  /** null: no answer. */
  status: number | null;
  /** Its JSON's `error`, if it has one. */
  error: string | null;
  /** Our own guard refuses the address. */
  blocked: boolean;
  /** How long ago the ticket was opened, and the event written. */
  ticketAgeMs: number;
  eventAgeMs: number;
}

export type Judgement =
  | { verdict: 'done' }
  | { verdict: 'failed'; reason: string }
  /** `alert`: what an admin must fix. */
  | { verdict: 'retry'; afterMs: number; alert?: string };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const delays = [SECOND, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE];
const LAST_DELAY = 30 * MINUTE;
const GIVE_UP_AFTER = 24 * HOUR;
// RapidPro stores a ticket only after we have answered its opening.
const TICKET_MAY_COME = 5 * MINUTE;
const ATTEMPTS_WHEN_REFUSED = 3;

export function judgeAnswer(evidence: Evidence): Judgement {
  const { status, error } = evidence;
  if (status !== null && status >= 200 && status < 300) return { verdict: 'done' };
  if (evidence.blocked) {
    return { verdict: 'failed', reason: 'RapidPro’s address may not be called' };
  }
  if (status === 404) return judgeMissing(evidence);
  if (status === 401) {
    const alert = 'RapidPro refuses the secret: paste its present secret into the channel.';
    return again(evidence, 'the secret is refused', alert);
  }
  if (status === 400) {
    const reason = `RapidPro refused it: ${error ?? 'no reason given'}`;
    if (evidence.attempts >= ATTEMPTS_WHEN_REFUSED) return { verdict: 'failed', reason };
    return again(evidence, reason);
  }
  const passing = status === null || status === 408 || status === 429 || status >= 500;
  if (passing) {
    return again(evidence, status === null ? 'RapidPro did not answer' : `answered ${status}`);
  }
  return { verdict: 'failed', reason: `RapidPro answered ${status}` };
}

function judgeMissing(evidence: Evidence): Judgement {
  const { type, error, ticketAgeMs } = evidence;
  if (error?.startsWith('no such ticketer')) {
    const alert = 'RapidPro does not know this channel any more: connect it again.';
    return again(evidence, 'RapidPro has disconnected the channel', alert);
  }
  if (ticketAgeMs < TICKET_MAY_COME)
    return again(evidence, 'RapidPro does not know the ticket yet');
  // A ticket that is gone needs no closing.
  if (type === 'close-room') return { verdict: 'done' };
  return { verdict: 'failed', reason: `RapidPro does not know the ticket (${error ?? '404'})` };
}

function again({ attempts, eventAgeMs }: Evidence, reason: string, alert?: string): Judgement {
  if (eventAgeMs >= GIVE_UP_AFTER) return { verdict: 'failed', reason };
  const afterMs = delays[attempts - 1] ?? LAST_DELAY;
  return { verdict: 'retry', afterMs, ...(alert === undefined ? {} : { alert }) };
}
