import { expect, test } from 'vitest';
import type { OutboundAnswer } from '../outbound/open-guarded-outbound.ts';
import { judgePushAnswer } from './judge-answer.ts';

const answered = (status: number, headers = {}): OutboundAnswer => ({
  ...{ ok: true, status, headers, body: Buffer.alloc(0), truncated: false },
  ...{ address: null, durationMs: 1 },
});
const failed = (error: 'timeout' | 'refused' | 'blocked', sent: boolean): OutboundAnswer => ({
  ...{ ok: false, error, text: '', sent, literal: false, address: null, durationMs: 1 },
});
const judge = (answer: OutboundAnswer, attempts = 1) =>
  judgePushAnswer(answer, { attempts, now: Date.UTC(2026, 0, 1) });

test.each([
  [201, 'sent'],
  [404, 'gone'],
  [410, 'gone'],
  [400, 'failed'],
  [301, 'failed'],
  [429, 'retry'],
  [503, 'retry'],
])('an answer %s is %s', (status, is) => {
  expect(judge(answered(status))).toMatchObject({ is });
});

test('a refusal is tried again after growing times, or as the service asks, and four times at most', () => {
  const tries = [1, 2, 3, 4].map((attempts) => judge(answered(500), attempts));
  expect(tries).toEqual([
    { is: 'retry', inMs: 2000 },
    { is: 'retry', inMs: 8000 },
    { is: 'retry', inMs: 32_000 },
    { is: 'failed', why: 'answered 500' },
  ]);
  expect(judge(answered(429, { 'retry-after': '30' }))).toEqual({ is: 'retry', inMs: 30_000 });
  expect(judge(answered(429, { 'retry-after': '9000' }))).toEqual({ is: 'retry', inMs: 120_000 });
});

test('what may have arrived is not sent again, what never left is', () => {
  expect(judge(failed('timeout', true))).toMatchObject({ is: 'failed' });
  expect(judge(failed('refused', false))).toMatchObject({ is: 'retry' });
  expect(judge(failed('blocked', false))).toMatchObject({ is: 'failed' });
});
