// Targets whose moment has come: which conversations they belong to, what was said there, and what comes of it.
import type { ConversationState } from '../contract/conversation-states.ts';
import type { Line, TargetKind, TargetState } from '../contract/targets.ts';
import { batch } from './batch.ts';
import type { Writing } from './effects.ts';
import { lookedUp } from './guide-planner.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import {
  isLine,
  lineOf,
  type StandingTargets,
  setTargets,
  targetColumns,
} from './target-columns.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';
import type { Tx } from './tx.ts';
import { listing } from './workspaces-with.ts';

const listTurning_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-turning-targets',
  listing({
    table: 'conversation',
    where: 't.target_turn_at is not null',
    due: `select from conversation c where c.workspace_id = w.workspace_id and c.target_turn_at <= statement_timestamp()`,
  }),
);

export async function listWorkspacesWithTurningTargets(db: Db): Promise<string[]> {
  return (await query(db, listTurning_, [])).map(({ workspaceId }) => workspaceId);
}

export interface TurningRow {
  conversationId: string;
  state: ConversationState;
  plan: string | null;
  agentId: string | null;
  /** In milliseconds since 1970, as all here. */
  queuedAt: number;
  closedAt: number | null;
  messageSeq: number;
  targets: TargetState | null;
  now: number;
}

const ms = (at: string) => `floor(extract(epoch from ${at}) * 1000)::float8`;

const lockTurning_ = statement<TurningRow>(
  'lock-turning-targets',
  `select conversation_id as "conversationId", state, plan, agent_id as "agentId", ${ms('queued_at')} as "queuedAt",
    ${ms('closed_at')} as "closedAt", message_seq as "messageSeq", targets, ${ms('clock_timestamp()')} as now
  from conversation where workspace_id = $1 and target_turn_at <= statement_timestamp()
  order by target_turn_at limit 500 for update skip locked`,
);

/** Locked until the transaction ends: the most urgent; those that somebody else changes are left to the next look. */
export function lockTurning(tx: Tx, workspaceId: string): Promise<TurningRow[]> {
  return query(tx, lockTurning_, [workspaceId]);
}

const listen = batch<Pick<TurningRow, 'conversationId'> & { afterSeq: number }>(2, {
  conversation_id: ['uuid', ({ conversationId }) => conversationId],
  after_seq: ['integer', ({ afterSeq }) => afterSeq],
});

const readLines_ = statement<{ conversationId: string; lines: Line[] }>(
  'read-lines-for-targets',
  `select g.conversation_id as "conversationId", jsonb_agg(m.line) as lines from ${listen.rows} g
  cross join ${lookedUp(`select ${lineOf('m')} as line from message m
    where ${isLine('m', 'g.conversation_id')} and m.seq > g.after_seq`)} m
  group by g.conversation_id`,
);

/** What was said after these numbers. Run it once the rows are locked: then nothing is missing. */
export async function readLines(
  tx: Tx,
  workspaceId: string,
  from: readonly { conversationId: string; afterSeq: number }[],
): Promise<Map<string, Line[]>> {
  const rows = await query(tx, readLines_, [workspaceId, ...listen.values(from)]);
  return new Map(rows.map(({ conversationId, lines }) => [conversationId, lines]));
}

export interface TargetWrite {
  conversationId: string;
  /** null: its plan has none. */
  targets: StandingTargets | null;
  /** Its new place in line; null: it stays. */
  rankAt: Date | null;
}

const writes = batch<TargetWrite>(2, {
  conversation_id: ['uuid', (one) => one.conversationId],
  ...targetColumns<TargetWrite>((one) => one.targets),
  rank_at: ['timestamptz', (one) => one.rankAt],
});

const write_ = statement<{ conversationId: string }>(
  'write-targets',
  `update conversation c set ${setTargets('t')},
    rank_at = case when c.state = 'waiting' then coalesce(t.rank_at, c.rank_at) else c.rank_at end
  from ${writes.rows} t where c.workspace_id = $1 and c.conversation_id = t.conversation_id
  returning c.conversation_id as "conversationId"`,
).needs('wake', 'conversation');

export async function writeTargets(
  tx: Writing<typeof write_, Tx>,
  workspaceId: string,
  rows: readonly TargetWrite[],
): Promise<void> {
  await query(tx, write_, [workspaceId, ...writes.values(rows)]);
}

export interface TargetToTell {
  conversationId: string;
  data: { target: TargetKind; since: string; dueAt: string; plan: string; agentId: string | null };
}

const told = batch<TargetToTell>(3, {
  conversation_id: ['uuid', ({ conversationId }) => conversationId],
  data: ['jsonb', ({ data }) => data],
});

const tell_ = statement<never>(
  'tell-targets',
  `with news as (
    select t.*, row_number() over (partition by conversation_id order by place)::integer as n,
      count(*) over (partition by conversation_id)::integer as added
    from ${told.rows} t
  ), counted as (
    update conversation c set event_seq = c.event_seq + f.added
    from (select distinct conversation_id, added from news) f
    where c.workspace_id = $1 and c.conversation_id = f.conversation_id
    returning c.*, f.added, clock_timestamp() as told_at
  ), facts as materialized (
    select ${eventFacts('c', 'c.event_seq - c.added + n.n')}, c.told_at, n.data as fact
    from news n join counted c on c.conversation_id = n.conversation_id
  ), ${appendAndTell({ source: 'facts', type: '$2::text', at: 'told_at', data: 'fact' })}
  select from facts`,
).needs('send');

/** An event of each, in the order given. */
export async function tellTargets(
  tx: Writing<typeof tell_, Tx>,
  args: {
    workspaceId: string;
    type: 'conversation.due-soon' | 'conversation.overdue';
    rows: readonly TargetToTell[];
  },
): Promise<void> {
  await query(tx, tell_, [args.workspaceId, args.type, ...told.values(args.rows)]);
}

export interface ResultRow {
  conversationId: string;
  kind: TargetKind;
  since: Date;
  plan: string;
  dueAt: Date;
  decidedAt: Date;
  met: boolean;
  agentId: string | null;
}

const results = batch<ResultRow>(2, {
  conversation_id: ['uuid', (one) => one.conversationId],
  kind: ['text', (one) => one.kind],
  since: ['timestamptz', (one) => one.since],
  plan: ['text', (one) => one.plan],
  due_at: ['timestamptz', (one) => one.dueAt],
  decided_at: ['timestamptz', (one) => one.decidedAt],
  met: ['boolean', (one) => one.met],
  agent_id: ['uuid', (one) => one.agentId],
});

const COLUMNS = 'conversation_id, kind, since, plan, due_at, decided_at, met, agent_id';

const decide_ = statement<never>(
  'put-target-results',
  `insert into target_result (workspace_id, ${COLUMNS}) select $1, ${COLUMNS} from ${results.rows} t
  on conflict (workspace_id, conversation_id, kind, since) do update set plan = excluded.plan, due_at = excluded.due_at,
    decided_at = excluded.decided_at, met = excluded.met, agent_id = excluded.agent_id`,
);

/** Each target once: what is learnt later replaces what was taken for true. */
export async function putTargetResults(
  tx: Tx,
  workspaceId: string,
  rows: readonly ResultRow[],
): Promise<void> {
  await query(tx, decide_, [workspaceId, ...results.values(rows)]);
}

// In the order of the ids, as claims lock them.
const turnHeld_ = statement<never>(
  'turn-held-targets',
  `with held as (
    select conversation_id from conversation where workspace_id = $1 and state in ('assigned', 'parked')
      and (targets is not null or $2 and plan is not null) order by conversation_id for update
  )
  update conversation c set target_turn_at = clock_timestamp() from held
  where c.workspace_id = $1 and c.conversation_id = held.conversation_id`,
);

/** A new policy is in force: the targets of what agents hold are looked at. `any`: some plan has some. */
export async function turnHeldTargets(
  tx: Tx,
  { workspaceId, any }: { workspaceId: string; any: boolean },
): Promise<void> {
  await query(tx, turnHeld_, [workspaceId, any]);
}

export interface PolicySince {
  version: number;
  createdAt: Date;
  policy: unknown;
}

const policySince_ = statement<PolicySince>(
  'get-policy-since',
  `select version, created_at as "createdAt", case when version > $2 then body end as policy from policy
  where workspace_id = $1 order by version desc limit 1`,
);

/** The version in force, and its body unless that one is known; null: the workspace is gone. */
export function getPolicySince(
  db: Db,
  { workspaceId, version }: { workspaceId: string; version: number },
): Promise<PolicySince | null> {
  return queryOne(db, policySince_, [workspaceId, version]);
}
