// Held conversations whose silence must be looked at: which they are, and what comes of it.

import type { ChannelKind } from '../contract/channel-kinds.ts';
import type { SilenceState } from '../contract/silence.ts';
import { batch } from './batch.ts';
import { isBot } from './bots.ts';
import type { Writing } from './effects.ts';
import { unindexed } from './guide-planner.ts';
import { type PlacingRow, placingValues, selectForPlacing } from './read-for-placing.ts';
import { isOnline } from './roster.ts';
import { type Db, query, statement } from './sql.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';
import type { Tx } from './tx.ts';
import { listing } from './workspaces-with.ts';

const HELD = `state = 'assigned' and silence_at is not null`;

const listSilent_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-silence',
  listing({
    table: 'conversation',
    where: HELD,
    due: `select from conversation c where c.workspace_id = w.workspace_id and c.state = 'assigned'
    and c.silence_at <= statement_timestamp()`,
  }),
);

export async function listWorkspacesWithSilence(db: Db): Promise<string[]> {
  return (await query(db, listSilent_, [])).map(({ workspaceId }) => workspaceId);
}

export interface SilentRow {
  conversationId: string;
  channelKind: ChannelKind;
  plan: string | null;
  agentId: string | null;
  agentName: string | null;
  /** A program has it. */
  isBot: boolean;
  isOnline: boolean;
  /** In milliseconds since 1970, as all here. */
  queuedAt: number;
  /** null: the agent has not accepted it yet. */
  confirmedAt: number | null;
  messageSeq: number;
  silence: SilenceState | null;
  now: number;
}

const ms = (at: string) => `floor(extract(epoch from ${at}) * 1000)::float8`;

const lockSilent_ = statement<SilentRow>(
  'lock-silent',
  `select c.conversation_id as "conversationId", h.kind as "channelKind", c.plan, c.agent_id as "agentId",
    (select name from agent g where g.workspace_id = $1 and g.agent_id = c.agent_id) as "agentName",
    ${isBot('c.agent_id')} as "isBot",
    exists (select from agent g where g.workspace_id = $1 and g.agent_id = c.agent_id and ${isOnline('g')}) as "isOnline",
    ${ms('c.queued_at')} as "queuedAt", ${ms('c.confirmed_at')} as "confirmedAt", c.message_seq as "messageSeq", c.silence,
    ${ms('clock_timestamp()')} as now
  from conversation c join channel h on h.workspace_id = $1 and h.channel_id = c.channel_id
  where c.workspace_id = $1 and c.state = 'assigned' and c.silence_at <= statement_timestamp()
  order by c.silence_at limit 200 for update of c skip locked`,
);

/** Locked until the transaction ends: the most urgent; those that somebody else changes are left to the next look. */
export function lockSilent(tx: Tx, workspaceId: string): Promise<SilentRow[]> {
  return query(tx, lockSilent_, [workspaceId]);
}

const readListeners_ = statement<PlacingRow>(
  'read-listeners',
  selectForPlacing({ which: `${unindexed('state')} = 'assigned'` }),
);

/** Whom words are for: contact, channel and language. */
export function readListeners(
  db: Db,
  args: { workspaceId: string; conversationIds: readonly string[] },
): Promise<PlacingRow[]> {
  return query(db, readListeners_, placingValues({ ...args, facts: [] }));
}

export interface SilenceWrite {
  conversationId: string;
  /** null: nothing is counted. */
  silence: SilenceState | null;
  awaits: 'agent' | 'contact' | 'acceptance' | 'bot' | null;
  nextAt: Date | null;
  /** Since when supervisors know of it; null: they need not. */
  unansweredAt: Date | null;
}

const writes = batch<SilenceWrite>(2, {
  conversation_id: ['uuid', (one) => one.conversationId],
  silence: ['jsonb', (one) => one.silence],
  awaits: ['text', (one) => one.awaits],
  next_at: ['timestamptz', (one) => one.nextAt],
  unanswered_at: ['timestamptz', (one) => one.unansweredAt],
});

const write_ = statement<never>(
  'write-silence',
  `update conversation c set silence = t.silence, silence_awaits = t.awaits, silence_at = t.next_at,
    unanswered_at = t.unanswered_at
  from ${writes.rows} t where c.workspace_id = $1 and c.conversation_id = t.conversation_id`,
).needs('conversation');

/** Needs the rows locked. */
export async function writeSilence(
  tx: Writing<typeof write_, Tx>,
  workspaceId: string,
  rows: readonly SilenceWrite[],
): Promise<void> {
  await query(tx, write_, [workspaceId, ...writes.values(rows)]);
}

export interface SilenceToTell {
  conversationId: string;
  data: { agentId: string | null; plan: string; since: string; dueAt: string | null };
}

const told = batch<SilenceToTell>(3, {
  conversation_id: ['uuid', ({ conversationId }) => conversationId],
  data: ['jsonb', ({ data }) => data],
});

const tell_ = statement<never>(
  'tell-silence',
  `with counted as (
    update conversation c set event_seq = c.event_seq + 1 from ${told.rows} t
    where c.workspace_id = $1 and c.conversation_id = t.conversation_id
    returning ${eventFacts('c')}, clock_timestamp() as told_at, t.data as fact
  ), ${appendAndTell({ source: 'counted', type: '$2::text', at: 'told_at', data: 'fact' })}
  select from counted`,
).needs('send');

/** An event of each. */
export async function tellSilence(
  tx: Writing<typeof tell_, Tx>,
  args: {
    workspaceId: string;
    type: 'conversation.unanswered' | 'conversation.reminded';
    rows: readonly SilenceToTell[];
  },
): Promise<void> {
  await query(tx, tell_, [args.workspaceId, args.type, ...told.values(args.rows)]);
}

// In the order of the ids, as claims lock them.
const lookAtHeld_ = statement<never>(
  'look-at-held-silence',
  `with held as (
    select conversation_id from conversation where workspace_id = $1 and state = 'assigned'
      and (silence is not null or $2 and plan is not null) order by conversation_id for update
  )
  update conversation c set silence_at = clock_timestamp() from held
  where c.workspace_id = $1 and c.conversation_id = held.conversation_id`,
);

/** A new policy is in force: what agents hold is looked at. `any`: some plan limits silence. */
export async function lookAtHeldSilence(
  tx: Tx,
  { workspaceId, any }: { workspaceId: string; any: boolean },
): Promise<void> {
  await query(tx, lookAtHeld_, [workspaceId, any]);
}
