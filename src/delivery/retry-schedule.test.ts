// The table of retries, and who leaves it early (gitple-events.md §7).
import { expect, test } from 'vitest';
import { type FailedAttempt, scheduleRetry } from './retry-schedule.ts';

const MIDDLE = 0.5;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const failed = (change: Partial<FailedAttempt> = {}): FailedAttempt => ({
  type: 'session_state_open',
  attempts: 1,
  status: 500,
  refusals: 0,
  retryAfterMs: null,
  hopeless: false,
  ...change,
});

/** The delays until it is given up. */
function delaysOf(type: string, random: number): number[] {
  const delays: number[] = [];
  for (let attempts = 1; ; attempts += 1) {
    const next = scheduleRetry(failed({ type, attempts }), random);
    if (next.state === 'failed') return delays;
    delays.push(next.afterMs);
  }
}

test('without jitter the attempts stand where the contract has them, the last after 75 h 35 min 5 s', () => {
  const delays = delaysOf('session_state_open', MIDDLE);
  const table = [5000, 5 * MINUTE, 30 * MINUTE, ...[2, 5, 10, 14, 20, 24].map((n) => n * HOUR)];
  expect(delays.map(Math.round)).toEqual(table);
  const total = delays.reduce((sum, one) => sum + one, 0);
  expect(Math.round(total)).toBe(75 * HOUR + 35 * MINUTE + 5000);
});

test('jitter moves a delay by a tenth at most, either way', () => {
  const [least, middle, most] = [0, MIDDLE, 1 - Number.EPSILON].map((random) =>
    delaysOf('conversation.closed', random),
  );
  for (const [index, delay] of (middle ?? []).entries()) {
    expect((least?.[index] ?? 0) / delay).toBeCloseTo(0.9, 10);
    expect((most?.[index] ?? 0) / delay).toBeCloseTo(1.1, 10);
  }
});

test.each(['send_external_message', 'external-message.sent'])(
  '%s is given up after the fourth attempt, 35 min 5 s after the first',
  (type) => {
    const delays = delaysOf(type, MIDDLE);
    expect(delays.map(Math.round)).toEqual([5000, 5 * MINUTE, 30 * MINUTE]);
  },
);

test('410 and an address that can never be called are given up at once', () => {
  expect(scheduleRetry(failed({ status: 410 }), MIDDLE)).toEqual({ state: 'failed' });
  const hopeless = failed({ status: null, hopeless: true });
  expect(scheduleRetry(hopeless, MIDDLE)).toEqual({ state: 'failed' });
});

test('whoever asks for time gets it, never less than the schedule and never more than a day', () => {
  const after = (retryAfterMs: number) =>
    scheduleRetry(failed({ status: 429, retryAfterMs }), MIDDLE);
  expect(after(120_000)).toMatchObject({ afterMs: 120_000 });
  expect(after(1000)).toMatchObject({ afterMs: 5000 });
  expect(after(Number.POSITIVE_INFINITY)).toMatchObject({ afterMs: DAY });
});

test('from the fourth refusal on it is parked, and keeps its schedule', () => {
  const next = (refusals: number) =>
    scheduleRetry(failed({ status: 400, attempts: 4, refusals }), MIDDLE);
  expect(next(3)).toEqual({ state: 'retry', afterMs: 2 * HOUR, parked: false });
  expect(next(4)).toEqual({ state: 'retry', afterMs: 2 * HOUR, parked: true });
  expect(next(5)).toMatchObject({ parked: true });
});
