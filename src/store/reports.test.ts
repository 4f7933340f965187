import fc from 'fast-check';
import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { type PastConversation, reportSlowly } from '../../test/makers/slow-report.ts';
import type { FigureRow } from './report-facts.ts';
import { readReport } from './reports.ts';
import { insertWorkspace } from './workspaces.ts';

// Around two changes of the clock: March 2026 in Europe and America, and at half past in Lord Howe's April.
const START = Date.UTC(2026, 2, 6);
const DAYS = 40;
const zones = [
  'UTC',
  'Asia/Jakarta',
  'Asia/Kolkata',
  'America/New_York',
  'Europe/Lisbon',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Chatham',
];
const ids = (n: number) => Array.from({ length: n }, () => uuid());
const agents = ids(3);
const teams = ids(2);
const channels = ids(2);
const plans = ['Billing', 'Night'];

const instant = fc.integer({ min: 0, max: DAYS * 86_400_000 }).map((ms) => START + ms);
const pause = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100_000_000 }));
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });

const seldom = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof(fc.constant(null), fc.constant(null), fc.constant(null), one);

const message = fc.record({
  after: pause,
  kind: fc.constantFrom('text' as const, 'text' as const, 'note' as const),
  author: fc.constantFrom('contact' as const, 'agent' as const, 'user' as const, 'system' as const),
  authorId: maybe(fc.constantFrom(...agents)),
  history: fc.boolean(),
});
const assignment = fc.record({
  agentId: fc.constantFrom(...agents),
  after: pause,
  held: maybe(pause),
  state: fc.constantFrom('ended' as const, 'ended' as const, 'undone' as const),
});

const result = fc.record({
  kind: fc.constantFrom('firstAnswer' as const, 'nextAnswer' as const, 'end' as const),
  at: instant,
  met: fc.boolean(),
  agentId: maybe(fc.constantFrom(...agents)),
  plan: fc.constantFrom(...plans),
});

const conversation = fc
  .record({
    queuedAt: instant,
    open: maybe(pause),
    agentId: maybe(fc.constantFrom(...agents)),
    teamId: maybe(fc.constantFrom(...teams)),
    channelId: fc.constantFrom(...channels),
    plan: maybe(fc.constantFrom(...plans)),
    results: fc.array(result, { maxLength: 4 }),
    given: fc.array(assignment, { maxLength: 3 }),
    said: fc.array(message, { maxLength: 5 }),
    rated: maybe(fc.record({ score: fc.integer({ min: 1, max: 5 }), after: pause })),
  })
  .map(({ queuedAt, open, given, said, rated, ...whose }): PastConversation => {
    let at = queuedAt;
    const assignments = given.map(({ agentId, after, held, state }, place) => {
      at += after + place;
      const last = place === given.length - 1;
      const endedAt = last && held === null ? null : at + (held ?? 0);
      const assigned = {
        agentId,
        at,
        endedAt,
        state: endedAt === null ? ('confirmed' as const) : state,
      };
      at = endedAt ?? at;
      return assigned;
    });
    let saidAt = queuedAt;
    const messages = said.map(({ after, ...rest }) => {
      saidAt += after;
      return { ...rest, at: saidAt };
    });
    const closedAt = open === null ? null : queuedAt + open;
    const rating = rated && { score: rated.score, at: queuedAt + rated.after };
    return { ...whose, queuedAt, closedAt, assignments, messages, rating };
  });

async function write(
  db: Pool,
  workspaceId: string,
  past: readonly PastConversation[],
): Promise<void> {
  const time = (ms: number | null) => (ms === null ? null : new Date(ms));
  for (const [place, one] of past.entries()) {
    const id = uuid();
    const state = one.closedAt !== null ? 'closed' : one.agentId === null ? 'waiting' : 'assigned';
    await db.query(
      `insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, state, needs,
        queued_at, rank_at, closed_at, agent_id, team_id, rating_score, rated_at, plan)
      values ($1, $2, $3, $4, $2, $5, '', $6, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[
          workspaceId,
          id,
          one.channelId,
          `room-${place}`,
          state,
          time(one.queuedAt),
          time(one.closedAt),
        ],
        ...[one.agentId, one.teamId, one.rating?.score ?? null, time(one.rating?.at ?? null)],
        one.plan,
      ],
    );
    for (const { agentId, at, endedAt, state } of one.assignments) {
      await db.query(
        `insert into assignment (workspace_id, conversation_id, assignment_id, agent_id, weight, state, assigned_by,
          assigned_at, ended_at) values ($1, $2, $3, $4, 1, $5, 'router', $6, $7)`,
        [workspaceId, id, uuid(), agentId, state, time(at), time(endedAt)],
      );
    }
    for (const [nth, { kind, at, met, agentId, plan }] of one.results.entries()) {
      await db.query(
        `insert into target_result (workspace_id, conversation_id, kind, since, plan, due_at, decided_at, met, agent_id)
        values ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
        [workspaceId, id, kind, time(one.queuedAt + nth), plan, time(at), met, agentId],
      );
    }
    for (const [seq, { at, kind, author, authorId, history }] of one.messages.entries()) {
      await db.query(
        `insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, author_id, text,
          created_at, history) values ($1, $2, $3, $4, $5, $6, $7, 'x', $8, $9)`,
        [workspaceId, id, seq + 1, uuid(), kind, author, authorId, time(at), history],
      );
    }
  }
}

/** Two ways to halve the same seconds may differ in the sixteenth digit. */
const toTheMicrosecond = (row: FigureRow) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'number' && !Number.isInteger(value) ? expect.closeTo(value, 7) : value,
    ]),
  );

const byKey = (one: { key: string | null }, other: { key: string | null }) =>
  (one.key ?? '').localeCompare(other.key ?? '');

test('a report says the same as going through everything one by one, however it is grouped', async () => {
  const { pool } = await makeDatabase();
  const report = fc.record({
    by: fc.constantFrom(
      'day' as const,
      'hour' as const,
      'agent' as const,
      'team' as const,
      'channel' as const,
      'plan' as const,
    ),
    timeZone: fc.constantFrom(...zones),
    from: fc.oneof(fc.constant(START), instant),
    length: fc.oneof(
      fc.constant(DAYS * 86_400_000),
      fc.integer({ min: 1, max: DAYS * 86_400_000 }),
    ),
    agentId: seldom(fc.constantFrom(...agents)),
    teamId: seldom(fc.constantFrom(...teams)),
    channelId: seldom(fc.constantFrom(...channels)),
  });
  let counted = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(conversation, { minLength: 3, maxLength: 12 }),
      fc.array(report, { minLength: 10, maxLength: 10 }),
      async (past, reports) => {
        const workspaceId = uuid();
        await insertWorkspace(pool, { workspaceId, name: 'Past', defaultCapacity: 1 });
        await write(pool, workspaceId, past);
        for (const { by, from, length, ...rest } of reports) {
          const span = { workspaceId, ...rest, from: new Date(from), to: new Date(from + length) };
          const found = await readReport(pool, by, span);
          const slow = reportSlowly(past, by, span);
          counted += slow.length - 1;
          expect(found.toSorted(byKey)).toEqual(slow.toSorted(byKey).map(toTheMicrosecond));
        }
      },
    ),
    { numRuns: 25 },
  );
  // Otherwise it would have compared nothing with nothing.
  expect(counted).toBeGreaterThan(100);
}, 60_000);
