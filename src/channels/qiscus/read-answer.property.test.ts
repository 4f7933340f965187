import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAgent } from './read-agent.ts';
import { readAppAnswer, readLogin } from './read-app.ts';
import { readFailure, readRetryAfter } from './read-failure.ts';
import { readPage } from './read-page.ts';
import { readRoom, readRoomAnswer } from './read-room.ts';

const body = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.record({ data: fc.jsonValue(), meta: fc.jsonValue(), errors: fc.jsonValue() }).map(stringify),
  fc
    .record({ agents: fc.jsonValue(), user: fc.jsonValue(), customer_room: fc.jsonValue() })
    .map((data) => stringify({ data })),
);

describe('whatever Qiscus answers', () => {
  it('is read without a throw', () => {
    fc.assert(
      fc.property(body, fc.anything(), (text, row) => {
        readAgent(row);
        readRoom(row);
        readRoomAnswer(text);
        readPage(text, 'agents')?.rows.map(readAgent);
        readLogin(text);
        readAppAnswer(text);
      }),
    );
  });

  it('makes a failure of some short words', () => {
    fc.assert(
      fc.property(body, fc.integer({ min: 300, max: 599 }), (text, status) => {
        const failure = readFailure({ status, body: text, retryAfterMs: null, secrets: [] });
        expect(failure.text).not.toBe('');
        expect(failure.text.length).toBeLessThanOrEqual(400);
        expect(failure.text).not.toContain('\n');
      }),
    );
  });

  it.each([
    [null, null],
    ['3', 3000],
    [' 0.5 ', 500],
    ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['999999', 900_000],
    ['soon', null],
  ])('Retry-After %s means %s ms', (header, ms) => {
    expect(readRetryAfter(header, Date.UTC(2026, 0, 1))).toBe(ms);
  });
});

function stringify(value: unknown): string {
  return JSON.stringify(value);
}
