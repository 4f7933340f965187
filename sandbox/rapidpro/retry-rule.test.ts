// The retry rule of mailroom's client, case by case.
import { expect, test } from 'vitest';
import { MAILROOM_RETRIES, NO_RETRIES, nextBackoff, spendsBody } from './retry-rule.ts';

const now = Date.parse('2030-01-01T00:00:00Z');

function ask(
  status: number | null,
  change: { method?: string; retry?: number; random?: number; retryAfter?: string } = {},
) {
  const { method = 'GET', retry = 0, random = 0.5, retryAfter } = change;
  const outcome = { status, retryAfter };
  return nextBackoff(MAILROOM_RETRIES, { method, retry, outcome, random: () => random, now });
}

test('waits 5 s and then 10 s, and gives up after two retries', () => {
  expect([0, 1, 2].map((retry) => ask(503, { retry }))).toEqual([5000, 10_000, null]);
});

test('each wait is up to a quarter shorter or longer', () => {
  expect([0, 1].map((retry) => ask(null, { retry, random: 0 }))).toEqual([3750, 7500]);
  expect([0, 1].map((retry) => ask(null, { retry, random: 1 }))).toEqual([6250, 12_500]);
});

test.each([
  [null, true],
  [502, true],
  [503, true],
  [504, true],
  [599, true],
  [501, false],
  [500, false],
  [429, false],
  [408, false],
  [404, false],
  [302, false],
  [200, false],
])('a GET after %s is retried: %s', (status, retried) => {
  expect(ask(status) !== null).toBe(retried);
});

test.each([null, 502, 503, 200])('a POST after %s is never retried', (status) => {
  expect(ask(status, { method: 'POST' })).toBeNull();
  expect(ask(status, { method: 'PUT' })).toBeNull();
});

test.each([
  ['1', true],
  ['5', true],
  ['6', false],
  ['0', false],
  ['-1', false],
  ['soon', false],
  ['Tue, 01 Jan 2030 00:00:04 GMT', true],
  ['Tue, 01 Jan 2030 00:00:06 GMT', false],
  ['Mon, 31 Dec 2029 23:59:59 GMT', false],
])('Retry-After %s repeats even a POST that was answered well: %s', (retryAfter, retried) => {
  expect(ask(201, { method: 'POST', retryAfter }) !== null).toBe(retried);
});

test('Retry-After is held against the coming wait, jitter and all', () => {
  expect(ask(201, { retryAfter: '5', random: 0.4 })).toBeNull();
  expect(ask(201, { retryAfter: '10', retry: 1 })).toBe(10_000);
  expect(ask(201, { retryAfter: '1', retry: 2 })).toBeNull();
});

test('without retries nothing is retried', () => {
  const outcome = { status: null, retryAfter: '1' };
  const question = { method: 'GET', retry: 0, outcome, random: () => 0, now };
  expect(nextBackoff(NO_RETRIES, question)).toBeNull();
});

test('a body is spent once it was sent, unless an answer without body came', () => {
  expect(spendsBody({ sent: true, bodyBytes: 12 })).toBe(true);
  expect(spendsBody({ sent: true, bodyBytes: null })).toBe(true);
  expect(spendsBody({ sent: true, bodyBytes: 0 })).toBe(false);
  expect(spendsBody({ sent: false, bodyBytes: null })).toBe(false);
});
