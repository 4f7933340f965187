// Names that a sender chooses freely: a thousand of them, and odd ones, are refused and break nothing.
import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../src/contract/policy/policy.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

const text = JSON.stringify;
/** As JSON is written, because __proto__ in an object of ours would be none of its names. */
const names: readonly [title: string, one: (value: unknown) => string][] = [
  [
    'a thousand',
    (value) =>
      text(Object.fromEntries(Array.from({ length: 1000 }, (_, nth) => [`a${nth}`, value]))),
  ],
  ['__proto__', (value) => `{"__proto__":${text(value)}}`],
  ['a NUL', (value) => `{"a\\u0000":${text(value)}}`],
  ['half a character', (value) => `{"\\ud83d":${text(value)}}`],
  ['two lines, over something of another kind', () => '{"a\\nb":[]}'],
  ['no characters', (value) => `{"":${text(value)}}`],
];

/** Where such names are taken, around them. */
const bodies: Record<string, (named: string) => string> = {
  words: (named) => wrap({ name: 'Odd', steps: [{ after: 0 }], words: { queued: '@' } }, named),
  skills: (named) => wrap({ name: 'Odd', steps: [{ after: 0, skills: '@' }] }, named),
};
const wrap = (plan: object, named: string) =>
  text({ policy: { ...defaultPolicy, plans: [plan] } }).replace('"@"', named);

const send = (usher: TestUsher, method: string, path: string, body: string) =>
  usher.call(method, path, { body, headers: { 'content-type': 'application/json' } });

describe.each(Object.entries(bodies))('%s of a plan', (_, bodyOf) => {
  test('under odd names are faults of the policy, or no JSON of ours', async () => {
    const usher = await startTestUsher();
    for (const [title, named] of names) {
      const body = bodyOf(named(bodyOf === bodies.words ? 'Hello' : 1));
      const checked = await send(usher, 'POST', '/api/v1/policy/check', body);
      const { faults } = checked.body as { faults?: unknown[] };
      if (checked.status !== 400) expect([checked.status, faults?.length], title).toEqual([200, 1]);
      const document = text((JSON.parse(body) as { policy: object }).policy);
      const put = await send(usher, 'PUT', '/api/v1/policy', document);
      expect(put.status, title).toBe(400);
    }
  });
});

test('levels of an agent under what are no ids are refused', async () => {
  const usher = await startTestUsher();
  const made = await usher.call('POST', '/api/v1/agents', { body: { name: 'Ana' } });
  const { id } = made.body as { id: string };
  for (const [title, named] of names) {
    const body = `{"skillLevels":${named(1)}}`;
    const answer = await send(usher, 'PATCH', `/api/v1/agents/${id}`, body);
    expect(answer.status, `${title}: ${answer.text}`).toBe(400);
  }
});
