import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePause } from './make-pause.ts';
import { readAgent } from './read-agent.ts';
import { readAppAnswer, readLogin } from './read-app.ts';
import { readFailure } from './read-failure.ts';
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

  it('asks for a pause of a quarter of an hour at most', () => {
    expect(makePause().note({ status: 429, retryAfter: '999999', body: '' })).toBe(900_000);
  });
});

function stringify(value: unknown): string {
  return JSON.stringify(value);
}
