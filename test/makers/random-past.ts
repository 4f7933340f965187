// A random past of a workspace, around changes of the clocks, and how it is stored.
import fc from 'fast-check';
import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import type { PastConversation } from './slow-report.ts';

// Around two changes of the clock: March 2026 in Europe and America, and at half past in Lord Howe's April.
export const START = Date.UTC(2026, 2, 6);
export const DAYS = 40;
export const zones = [
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
export const agents = ids(3);
export const teams = ids(2);
export const channels = ids(2);
const plans = ['Billing', 'Night'];

export const instant = fc.integer({ min: 0, max: DAYS * 86_400_000 }).map((ms) => START + ms);
const pause = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100_000_000 }));
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });

export const seldom = <T>(one: fc.Arbitrary<T>) =>
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

export const pastConversation = fc
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

/** Stores them as the product would have. */
export async function writePast(
  db: Pool,
  workspaceId: string,
  past: readonly PastConversation[],
): Promise<void> {
  const time = (ms: number | null) => (ms === null ? null : new Date(ms));
  for (const channelId of channels) {
    await db.query(
      `insert into channel (workspace_id, channel_id, kind, name) values ($1, $2, 'api', 'Past')`,
      [workspaceId, channelId],
    );
  }
  for (const [place, one] of past.entries()) {
    const id = uuid();
    await db.query(
      'insert into contact (workspace_id, contact_id, channel_id, external_id) values ($1, $2, $3, $4)',
      [workspaceId, id, one.channelId, `room-${place}`],
    );
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
