// The report on answers where what was said is not all within the span, or not all said by people.
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { storeSideWorld } from '../../test/makers/store-side-world.ts';
import { readAnswers } from './answer-report.ts';

const FROM = Date.UTC(2025, 2, 10);
const SECOND = 1000;

type Line = [by: 'contact' | 'agent' | 'user', afterFrom: number];

/** One conversation that came a minute before the span, with its messages in the order of their numbers. */
async function store(lines: readonly Line[]) {
  const { pool } = await makeDatabase();
  const [agentId, conversationId, channelId] = [uuid(), uuid(), uuid()];
  const life = { agentId, teamIds: [], statuses: [], capacities: [], shifts: [] };
  const talk = { conversationId, channelId, queuedAt: FROM - 60 * SECOND };
  const said = lines.map(([by, after], index) => {
    const author = by === 'agent' ? agentId : null;
    return { conversationId, seq: index + 1, at: FROM + after, by, agentId: author };
  });
  const talks = [{ ...talk, teamId: null, plan: null }];
  const workspaceId = await storeSideWorld(pool, { lives: [life], talks, held: [], said }, 0);
  const span = {
    ...{ workspaceId, from: new Date(FROM), to: new Date(FROM + 3600 * SECOND) },
    ...{ timeZone: 'UTC', byDay: false, agentId: null, teamId: null },
  };
  const read = async () => (await readAnswers(pool, { by: 'all', withinMs: 60_000 }, span))[0];
  const change = (seq: number, set: string) =>
    pool.query(`update message set ${set} where workspace_id = $1 and seq = $2`, [
      workspaceId,
      seq,
    ]);
  return { read, change };
}

test('what the house says and what people note is no answer and no question', async () => {
  const { read, change } = await store([
    ['contact', 1 * SECOND],
    ['user', 2 * SECOND],
    ['agent', 3 * SECOND],
    ['agent', 10 * SECOND],
    ['contact', 11 * SECOND],
    ['user', 12 * SECOND],
    ['agent', 15 * SECOND],
  ]);
  await change(2, `author_kind = 'system'`);
  await change(3, `kind = 'note'`);
  await change(6, 'history = true');
  expect(await read()).toMatchObject({ firsts: 1, firstMsP50: 70 * SECOND });
  expect(await read()).toMatchObject({ nexts: 1, nextMsP50: 4 * SECOND });
});

test('an answer to what was written before the span counts since then', async () => {
  const { read } = await store([
    ['contact', -50 * SECOND],
    ['agent', -40 * SECOND],
    ['contact', -5 * SECOND],
    ['contact', 1 * SECOND],
    ['agent', 3 * SECOND],
  ]);
  expect(await read()).toMatchObject({ firsts: 0, nexts: 1, nextMsP50: 8 * SECOND });
});

test('an answer that is dated before the span keeps the one after it from being the first', async () => {
  const { read } = await store([
    ['contact', 1 * SECOND],
    ['agent', -5 * SECOND],
    ['contact', 2 * SECOND],
    ['agent', 3 * SECOND],
  ]);
  expect(await read()).toMatchObject({ firsts: 0, nexts: 1, nextMsP50: 1 * SECOND });
});
