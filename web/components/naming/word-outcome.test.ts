// Every way a delivery can end has words in every language.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeAnswer } from '../../../src/channels/rapidpro/judge-answer.ts';
import { makeI18n } from '../../../test/makers/make-i18n.ts';
import { inboxKo } from '../../i18n/inbox-ko.ts';
import { wordOutcome } from './word-outcome.ts';

const i18n = await makeI18n('ko', inboxKo);
const word = (outcome: string) => wordOutcome(outcome, i18n.t);

test('whatever RapidPro answers', () => {
  const status = fc.option(fc.integer({ min: 300, max: 599 }));
  const error = fc.constantFrom(null, 'no such ticketer: x', 'no such ticket');
  const [day, minute] = [86_400_000, 60_000];
  const evidence = fc.record({
    type: fc.constantFrom('agent-message' as const, 'close-room' as const),
    attempts: fc.integer({ min: 1, max: 9 }),
    ...{ status, error, blocked: fc.boolean() },
    ticketAgeMs: fc.constantFrom(minute, day),
    eventAgeMs: fc.constantFrom(minute, 2 * day),
  });
  const run = fc.property(evidence, (given) => {
    const judged = judgeAnswer(given);
    if (judged.verdict === 'failed') expect(word(judged.reason)).toMatch(/[가-힣]/);
  });
  fc.assert(run, { numRuns: 2000 });
});

test('what an admin must mend of a RapidPro channel', () => {
  const given = { type: 'agent-message' as const, attempts: 1, blocked: false };
  const ages = { ticketAgeMs: 86_400_000, eventAgeMs: 0 };
  for (const answer of [
    { status: 401, error: null },
    { status: 404, error: 'no such ticketer: x' },
  ]) {
    const judged = judgeAnswer({ ...given, ...ages, ...answer });
    const alert = 'alert' in judged ? (judged.alert ?? '') : '';
    expect(alert).not.toBe('');
    expect(word(alert)).toMatch(/[가-힣]/);
  }
});

test.each([
  ...['dns', 'refused', 'unreachable', 'timeout', 'tls', 'blocked', 'reset', 'protocol', 'aborted'],
  ...['delivered', 'answered 503', 'unknown', 'the endpoint was removed', 'the channel is gone'],
  ...['cancelled: no longer bound', 'cancelled: the endpoint was removed'],
  'dropped while switched off',
  'Department Billing does not exist',
  'Department Billing is switched off',
  'Department Billing has no agents',
  'Conversations wait for a department: no-agent-online',
  'The channel has no credentials.',
  'the connection failed',
  'no answer in time',
  'there is no safe connection to the address: check its certificate',
  'the address may not be called: it is not on the public internet',
])('%s', (outcome) => {
  expect(word(outcome)).toMatch(/[가-힣]/);
});

test('a program’s own words stay as they are, whatever they are', () => {
  expect(word('constructor')).toBe('constructor');
  expect(word('answered 12')).toBe('answered 12');
});
