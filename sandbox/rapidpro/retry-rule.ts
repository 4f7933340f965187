// When mailroom's HTTP client tries again, and whether it still has a body to send then.

export interface RetryRule {
  /** One for each retry. */
  backoffsMs: number[];
  /** 0.25: each is up to a quarter longer or shorter. */
  jitter: number;
}

/** Of the calls to ticketing services. */
export const MAILROOM_RETRIES: RetryRule = { backoffsMs: [5000, 10_000], jitter: 0.25 };

/** Of the fetches of attachments. */
export const FILE_RETRIES: RetryRule = { backoffsMs: [5000, 10_000], jitter: 0 };

export const NO_RETRIES: RetryRule = { backoffsMs: [], jitter: 0 };

export interface Outcome {
  /** null: no response. */
  status: number | null;
  retryAfter: string | undefined;
}

/** null: that was the last attempt. `retry` counts from 0; `random` answers from 0 up to 1. */
export function nextBackoff(
  rule: RetryRule,
  { method, retry, outcome, random, now }: RetryQuestion,
): number | null {
  const base = rule.backoffsMs[retry];
  if (base === undefined) return null;
  const backoff = base * (1 + rule.jitter * (2 * random() - 1));
  const asked = readRetryAfter(outcome.retryAfter, now);
  if (asked > 0 && asked <= backoff) return backoff;
  const failed = outcome.status === null || outcome.status > 501;
  return method === 'GET' && failed ? backoff : null;
}

interface RetryQuestion {
  method: string;
  retry: number;
  outcome: Outcome;
  random: () => number;
  now: number;
}

/** Milliseconds; 0 for none, nonsense and the past. */
function readRetryAfter(value: string | undefined, now: number): number {
  if (value === undefined) return 0;
  if (/^[+-]?\d+$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? 0 : Math.max(0, at - now);
}

/**
 * Older clients read the body once: it is gone after an answer with a body or a timeout, and still
 * there after an answer without one or when nothing could be sent.
 */
export function spendsBody({
  sent,
  bodyBytes,
}: {
  sent: boolean;
  bodyBytes: number | null;
}): boolean {
  return sent && bodyBytes !== 0;
}
