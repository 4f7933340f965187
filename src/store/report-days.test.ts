// Packed days and raw rows together say what a plain recount of the stored rows says, whatever changes afterwards.
import fc from 'fast-check';
import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import {
  agents,
  channels,
  DAYS,
  instant,
  pastConversation,
  START,
  seldom,
  teams,
  writePast,
  zones,
} from '../../test/makers/random-past.ts';
import { recountRows } from '../../test/makers/recount-rows.ts';
import { factsOf, within } from '../../test/makers/slow-details.ts';
import { reportSlowly } from '../../test/makers/slow-report.ts';
import { readDistribution } from './distribution.ts';
import { packDays, packDueDays } from './pack-days.ts';
import { putDay, readDayStates } from './report-days.ts';
import type { FigureRow } from './report-facts.ts';
import { readReport } from './reports.ts';
import { readWeek } from './week-report.ts';
import { insertWorkspace } from './workspaces.ts';

const FIRST = START / 86_400_000;
const toTheMicrosecond = (row: FigureRow) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'number' && !Number.isInteger(value) ? expect.closeTo(value, 6) : value,
    ]),
  );
const byKey = (one: { key: string | null }, other: { key: string | null }) =>
  (one.key ?? '').localeCompare(other.key ?? '');

/** Nobody is given what has not come, nor answers it. */
const LATER =
  '(select greatest(queued_at, $3) from conversation where workspace_id = $1 and conversation_id = $2)';
/** Messages are numbered in the order of their times. */
const LAST_SAID =
  '(select max(created_at) from message where workspace_id = $1 and conversation_id = $2)';
/** $1 the workspace, $2 one of its conversations, $3 a moment. */
const changes = {
  'goes to another agent': `update conversation set agent_id = '${agents[0]}' where workspace_id = $1 and conversation_id = $2 and $3::timestamptz is not null and state <> 'waiting'`,
  'goes to another team': `update conversation set team_id = '${teams[1]}' where workspace_id = $1 and conversation_id = $2 and $3::timestamptz is not null`,
  'goes by another plan': `update conversation set plan = 'Night' where workspace_id = $1 and conversation_id = $2 and $3::timestamptz is not null`,
  'is opened again': `update conversation set state = 'waiting', agent_id = null, closed_at = null where workspace_id = $1 and conversation_id = $2 and $3::timestamptz is not null and state = 'closed'`,
  'is closed': `update conversation set state = 'closed', closed_at = $3 where workspace_id = $1 and conversation_id = $2`,
  'is rated': `update conversation set rating_score = 2, rated_at = $3 where workspace_id = $1 and conversation_id = $2`,
  'has its assignments undone': `update assignment set state = 'undone' where workspace_id = $1 and conversation_id = $2 and assigned_at < $3`,
  'has its assignment ended': `update assignment set state = 'ended', ended_at = $3 where workspace_id = $1 and conversation_id = $2 and ended_at is null and assigned_at <= $3`,
  'is given to somebody': `insert into assignment (workspace_id, conversation_id, assignment_id, agent_id, weight, state, assigned_by, assigned_at, ended_at)
    values ($1, $2, gen_random_uuid(), '${agents[1]}', 1, 'ended', 'router', ${LATER}, ${LATER})`,
  'hears something late': `insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, author_id, text, created_at)
    values ($1, $2, (select coalesce(max(seq), 0) + 1 from message where workspace_id = $1 and conversation_id = $2), gen_random_uuid(), 'text', 'agent', '${agents[2]}', 'x', greatest(${LATER}, ${LAST_SAID}))`,
  'loses its messages': `delete from message where workspace_id = $1 and conversation_id = $2 and created_at < $3`,
  'loses its targets': `delete from target_result where workspace_id = $1 and conversation_id = $2 and decided_at < $3`,
  'has its targets missed': `update target_result set met = false where workspace_id = $1 and conversation_id = $2 and decided_at < $3`,
  'is erased': `with a as (delete from message where workspace_id = $1 and conversation_id = $2), b as (delete from assignment where workspace_id = $1 and conversation_id = $2),
    c as (delete from target_result where workspace_id = $1 and conversation_id = $2) delete from conversation where workspace_id = $1 and conversation_id = $2 and $3::timestamptz is not null`,
};

const step = fc.oneof(
  fc.record({
    does: fc.constant('pack' as const),
    from: fc.integer({ min: 0, max: DAYS - 1 }),
    length: fc.integer({ min: 1, max: DAYS }),
  }),
  fc.record({ does: fc.constant('repack' as const) }),
  fc.record({
    does: fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[])),
    which: fc.nat(),
    at: instant,
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const question = fc.record({
  by: fc.constantFrom('day', 'hour', 'agent', 'team', 'channel', 'plan' as const),
  timeZone: fc.constantFrom(...zones),
  from: fc.oneof(
    fc.constant(START),
    instant,
    instant.map((ms) => ms - (ms % 900_000)),
  ),
  length: fc.integer({ min: 1, max: DAYS * 86_400_000 }),
  agentId: seldom(fc.constantFrom(...agents)),
  teamId: seldom(fc.constantFrom(...teams)),
  channelId: seldom(fc.constantFrom(...channels)),
});

async function makePast(past: Parameters<typeof writePast>[2], pool: Pool): Promise<string> {
  const workspaceId = uuid();
  await insertWorkspace(pool, { workspaceId, name: 'Past', defaultCapacity: 1 });
  await writePast(pool, workspaceId, past);
  return workspaceId;
}

async function take(pool: Pool, workspaceId: string, one: Step) {
  if (one.does === 'repack') return packDueDays(pool, workspaceId, () => true);
  if (one.does === 'pack') {
    const first = FIRST + one.from;
    return packDays(pool, { workspaceId, first, last: first + one.length - 1 });
  }
  const { rows } = await pool.query(
    'select conversation_id as id from conversation where workspace_id = $1 order by external_id',
    [workspaceId],
  );
  const id = rows[one.which % rows.length]?.id;
  if (id === undefined) return;
  return pool.query(changes[one.does], [workspaceId, id, new Date(one.at)]);
}

test('reports are right whatever is packed, changed and packed again, in any zone and across the border', async () => {
  const { pool } = await makeDatabase();
  let [counted, stored] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(pastConversation, { minLength: 3, maxLength: 8 }),
      fc.array(step, { minLength: 4, maxLength: 10 }),
      fc.array(question, { minLength: 4, maxLength: 4 }),
      async (past, steps, questions) => {
        const workspaceId = await makePast(past, pool);
        for (const one of steps) await take(pool, workspaceId, one);
        const { rows } = await pool.query(
          `select count(*) as days from report_day d where workspace_id = $1 and not exists
            (select from report_day_change x where x.workspace_id = $1 and x.day = d.day)`,
          [workspaceId],
        );
        stored += rows[0].days;
        const now = await recountRows(pool, workspaceId);
        for (const { by, from, length, ...rest } of questions) {
          const span = { workspaceId, ...rest, from: new Date(from), to: new Date(from + length) };
          const slow = reportSlowly(now, by, span);
          counted += slow.length - 1;
          const found = await readReport(pool, by, span);
          expect(found.toSorted(byKey)).toEqual(slow.toSorted(byKey).map(toTheMicrosecond));
          const facts = within(factsOf(now), span);
          const waits = facts.filter(({ figure }) => figure === 'waits').length;
          const opened = facts.filter(({ figure }) => figure === 'opened').length;
          const spread = await readDistribution(pool, { figure: 'waits', edges: [60, 600] }, span);
          expect(spread.find(({ kind }) => kind === 'total')?.count).toBe(waits);
          const week = await readWeek(pool, span);
          expect(week.reduce((sum, hour) => sum + hour.opened, 0)).toBe(opened);
        }
      },
    ),
    { numRuns: 40, endOnFailure: true },
  );
  // Otherwise it would have compared nothing, or raw rows alone.
  expect(counted).toBeGreaterThan(200);
  expect(stored).toBeGreaterThan(200);
}, 180_000);

const aConversation = {
  ...{ queuedAt: START + 3_600_000, closedAt: START + 7_200_000, agentId: agents[0] ?? null },
  ...{ teamId: null, channelId: channels[0] ?? '', plan: null, results: [], messages: [] },
  ...{ assignments: [], rating: null },
};
const firstDay = (workspaceId: string) => ({ workspaceId, first: FIRST, last: FIRST });
const opened = async (pool: Pool, workspaceId: string) => {
  const span = { workspaceId, from: new Date(START), to: new Date(START + 86_400_000) };
  const all = { ...span, timeZone: 'UTC', agentId: null, teamId: null, channelId: null };
  return (await readReport(pool, 'day', all)).find(({ key }) => key === null)?.opened;
};

test('a packed day is read instead of its rows', async () => {
  const { pool } = await makeDatabase();
  const workspaceId = await makePast([aConversation], pool);
  expect(await packDays(pool, firstDay(workspaceId))).toBe(1);
  // A change without its mark, which only a hand behind the product's back can make.
  await pool.query(
    `alter table conversation disable trigger user; delete from conversation; alter table conversation enable trigger user`,
  );
  expect(await opened(pool, workspaceId)).toBe(1);
  await pool.query(
    'insert into report_day_change (workspace_id, day) select workspace_id, day from report_day',
  );
  expect(await opened(pool, workspaceId)).toBe(0);
});

test('a change that commits while its day is packed is not lost', async () => {
  const { pool } = await makeDatabase();
  const workspaceId = await makePast([aConversation], pool);
  await packDays(pool, firstDay(workspaceId));
  const writer = await pool.connect();
  await writer.query('begin; delete from conversation');
  await packDays(pool, firstDay(workspaceId));
  expect(await opened(pool, workspaceId)).toBe(1);
  await writer.query('commit');
  writer.release();
  expect(await opened(pool, workspaceId)).toBe(0);
});

test('of two that pack a day, the one that read first does not overwrite the other', async () => {
  const { pool } = await makeDatabase();
  const workspaceId = await makePast([aConversation], pool);
  const [state] = await readDayStates(pool, firstDay(workspaceId));
  if (state === undefined) throw new Error('The day has no state.');
  await packDays(pool, firstDay(workspaceId));
  const none = { codes: [], quarters: [], places: [], times: [] };
  const portion = { base: FIRST * 96, places: [], counts: none, times: {} };
  expect(await putDay(pool, { workspaceId, state, portion })).toBe(false);
  expect(await opened(pool, workspaceId)).toBe(1);
});

test('a day is not packed while an open conversation of a later day has a message of it', async () => {
  const { pool } = await makeDatabase();
  const message = { kind: 'text', author: 'contact', authorId: null, history: false } as const;
  const early = { ...aConversation, queuedAt: START + 90_000_000, closedAt: null };
  const workspaceId = await makePast(
    [{ ...early, messages: [{ ...message, at: START + 80_000_000 }] }],
    pool,
  );
  expect(await packDays(pool, firstDay(workspaceId))).toBe(0);
  await pool.query(`update conversation set state = 'closed', closed_at = now()`);
  expect(await packDays(pool, firstDay(workspaceId))).toBe(1);
});
