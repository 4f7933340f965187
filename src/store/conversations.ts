// Conversations as they stand: one, a page of them, and one locked for a change.

import type { ChannelKind } from '../contract/channel-kinds.ts';
import type { ConversationState } from '../contract/conversation-states.ts';
import type { Exclusion } from '../contract/exclusion.ts';
import type { SilenceState } from '../contract/silence.ts';
import type { TargetState } from '../contract/targets.ts';
import type { Transfer } from './move-conversation.ts';
import type { Route } from './read-for-placing.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface ConversationRow {
  conversationId: string;
  channelId: string;
  channelKind: ChannelKind;
  externalId: string;
  externalChannelId: string | null;
  state: ConversationState;
  priority: 'low' | 'normal' | 'high' | 'urgent';
  weight: number;
  agentId: string | null;
  agentName: string | null;
  agentKind: 'human' | 'bot' | null;
  teamId: string | null;
  skillIds: string[];
  /** The least level of each; shorter: 1. */
  skillLevels: number[];
  excludedAgentIds: string[];
  exclusions: Exclusion[];
  exclusionEndsAt: Date | null;
  needsKey: string;
  queuedAt: Date;
  rankAt: Date;
  activeAt: Date;
  /** Infinity: until an event ends the hold. */
  heldUntil: Date | number | null;
  /** The plan by which it waits or waited; null: the policy had none. */
  plan: string | null;
  planSince: Date | null;
  /** From 0. */
  planStep: number | null;
  routerDueAt: Date | null;
  /** null: its plan has none. */
  targets: TargetState | null;
  /** null: its plan has no limits of it. */
  silence: SilenceState | null;
  route: Route | null;
  holdReason: string | null;
  /** While it waits: the department of a mirror that was given it, as channel:department; null: none. */
  handedTo: string | null;
  /** Until then that one decides alone, Infinity: without end; null: our routing may decide as well. */
  handedUntil: Date | number | null;
  assignedAt: Date | null;
  confirmedAt: Date | null;
  /** While it is assigned: until when the agent may accept it; null: it is not, or no longer, an offer. */
  offeredUntil: Date | null;
  /** While it is parked: since when, until when (null: until the contact writes), and by whom. */
  parkedAt: Date | null;
  parkedUntil: Date | null;
  parkedBy: string | null;
  remoteAgentId: string | null;
  closedAt: Date | null;
  closeReason: string | null;
  tags: string[];
  meta: Record<string, unknown>;
  /** How it was given on last; null: it was not, since it came or was put back into the queue. */
  transfer: Transfer | null;
  /** The latest note that was whispered to an agent of it. */
  whisper: { seq: number; agentId: string; by: string; at: string } | null;
  contactId: string;
  /** Into which that one was merged, else itself; the names are its. */
  keptContactId: string;
  /** As the channel knows who talks here. */
  contactExternalId: string;
  contactName: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
  contactAvatarUrl: string | null;
}

export const conversationColumns = `c.conversation_id as "conversationId", c.channel_id as "channelId", h.kind as "channelKind",
  c.external_id as "externalId", c.external_channel_id as "externalChannelId", c.state, c.priority, c.weight,
  c.agent_id as "agentId", g.name as "agentName", g.kind as "agentKind", c.team_id as "teamId", c.skill_ids as "skillIds",
  c.excluded_agent_ids as "excludedAgentIds", c.exclusions, c.exclusion_ends_at as "exclusionEndsAt", c.needs as "needsKey", c.queued_at as "queuedAt",
  c.plan, c.plan_since as "planSince", c.plan_step as "planStep", c.router_due_at as "routerDueAt", c.targets, c.silence, c.route, c.skill_levels as "skillLevels",
  c.rank_at as "rankAt", c.active_at as "activeAt", c.held_until as "heldUntil", c.hold_reason as "holdReason",
  c.handed_to as "handedTo", c.handed_until as "handedUntil",
  c.assigned_at as "assignedAt", c.confirmed_at as "confirmedAt", c.offered_until as "offeredUntil",
  c.parked_at as "parkedAt", c.parked_until as "parkedUntil", c.parked_by as "parkedBy", c.remote_agent_id as "remoteAgentId",
  c.closed_at as "closedAt", c.close_reason as "closeReason", c.tags, c.meta, c.transfer, c.whisper, c.contact_id as "contactId",
  coalesce(k.merged_into, c.contact_id) as "keptContactId", k.external_id as "contactExternalId",
  case when k.merged_into is null then k.name else kept.name end as "contactName",
  case when k.merged_into is null then k.email else kept.email end as "contactEmail",
  case when k.merged_into is null then k.phone else kept.phone end as "contactPhone",
  case when k.merged_into is null then k.avatar_url else kept.avatar_url end as "contactAvatarUrl"`;
export const conversationJoins = `join channel h on h.workspace_id = $1 and h.channel_id = c.channel_id
  join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
  left join contact kept on kept.workspace_id = $1 and kept.contact_id = k.merged_into
  left join agent g on g.workspace_id = $1 and g.agent_id = c.agent_id`;

export interface ConversationKey {
  workspaceId: string;
  conversationId: string;
}

const getConversation_ = statement<ConversationRow>(
  'get-conversation',
  `select ${conversationColumns} from conversation c ${conversationJoins} where c.workspace_id = $1 and c.conversation_id = $2`,
);

export function getConversation(db: Db, key: ConversationKey): Promise<ConversationRow | null> {
  return queryOne(db, getConversation_, [key.workspaceId, key.conversationId]);
}

/** With the time at which it was locked, by the clock that stamps every row. */
export type LockedConversation = ConversationRow & { now: Date };

const lockConversation_ = statement<LockedConversation>(
  'lock-conversation',
  `select ${conversationColumns}, clock_timestamp() as now from conversation c ${conversationJoins}
  where c.workspace_id = $1 and c.conversation_id = $2 for update of c`,
);

/** Locks it until the transaction ends. */
export function lockConversation(tx: Tx, key: ConversationKey): Promise<LockedConversation | null> {
  return queryOne(tx, lockConversation_, [key.workspaceId, key.conversationId]);
}

// In the order of the ids, as a claim locks them, so that the two cannot deadlock.
const lockConversations_ = statement<HeldConversation>(
  'lock-conversations',
  `select conversation_id as "conversationId", state, agent_id as "agentId" from conversation
  where workspace_id = $1 and conversation_id = any ($2::uuid[]) order by conversation_id for update`,
);

export type HeldConversation = Pick<ConversationRow, 'conversationId' | 'state' | 'agentId'>;

/** Locks them until the transaction ends. Answers those that exist. */
export function lockConversations(
  tx: Tx,
  workspaceId: string,
  conversationIds: readonly string[],
): Promise<HeldConversation[]> {
  return query(tx, lockConversations_, [workspaceId, conversationIds]);
}

const findOpen_ = statement<{ conversationId: string }>(
  'find-open-conversation',
  `select conversation_id as "conversationId" from conversation
  where workspace_id = $1 and channel_id = $2 and external_id = $3 and state <> 'closed'`,
);

export async function findOpenConversation(
  db: Db,
  key: { workspaceId: string; channelId: string; externalId: string },
): Promise<string | null> {
  const row = await queryOne(db, findOpen_, [key.workspaceId, key.channelId, key.externalId]);
  return row?.conversationId ?? null;
}

export interface NamedConversation {
  conversationId: string;
  contactId: string;
  agentId: string | null;
  isOpen: boolean;
}

const NAMED = `conversation_id as "conversationId", contact_id as "contactId", agent_id as "agentId",
    state <> 'closed' as "isOpen"`;
const OF_NAME = 'workspace_id = $1 and channel_id = $2 and external_id = $3';

const findLatest_ = statement<NamedConversation>(
  'find-latest-conversation',
  `select * from (
    (select ${NAMED} from conversation where ${OF_NAME} and state <> 'closed')
    union all
    (select ${NAMED} from conversation where ${OF_NAME} and state = 'closed' order by closed_at desc limit 1)
  ) named order by "isOpen" desc limit 1`,
);

/** The open one, else the one that was closed last. */
export function findLatestConversation(
  db: Db,
  key: { workspaceId: string; channelId: string; externalId: string },
): Promise<NamedConversation | null> {
  return queryOne(db, findLatest_, [key.workspaceId, key.channelId, key.externalId]);
}

// Open and closed ones have an index each.
const findNamed_ = statement<NamedConversation & { place: 'this' | 'next' }>(
  'find-named-conversations',
  `with this as (
    select * from conversation where ${OF_NAME} and conversation_id = $4
  ), others as (
    select * from conversation where ${OF_NAME} and state <> 'closed' and conversation_id <> $4
    union all
    select * from conversation where ${OF_NAME} and state = 'closed' and conversation_id <> $4
      and (queued_at, conversation_id) > (select queued_at, conversation_id from this)
  )
  select ${NAMED}, 'this' as place from this
  union all
  (select ${NAMED}, 'next' from others where exists (select from this) order by queued_at, conversation_id limit 1)`,
);

/** One by its id, with the one that was opened next under the same name, or is open again. null: there is none. */
export async function findNamedConversation(
  db: Db,
  key: { workspaceId: string; channelId: string; externalId: string; conversationId: string },
): Promise<{ found: NamedConversation; next: NamedConversation | null } | null> {
  const { workspaceId, channelId, externalId, conversationId } = key;
  const rows = await query(db, findNamed_, [workspaceId, channelId, externalId, conversationId]);
  const found = rows.find(({ place }) => place === 'this');
  if (found === undefined) return null;
  return { found, next: rows.find(({ place }) => place === 'next') ?? null };
}

const position_ = statement<{ position: number }>(
  'queue-position',
  `select count(*)::integer + 1 as position from conversation w
  join conversation c on c.workspace_id = $1 and c.conversation_id = $2
  where w.workspace_id = $1 and w.state = 'waiting'
    and (w.rank_at, w.conversation_id) < (c.rank_at, c.conversation_id)`,
);

/** From 1, among all that wait in the workspace. */
export async function queuePosition(db: Db, key: ConversationKey): Promise<number> {
  return (await queryOne(db, position_, [key.workspaceId, key.conversationId]))?.position ?? 1;
}

const heldBy_ = statement<{ conversationId: string }>(
  'conversations-held-by',
  `select conversation_id as "conversationId" from conversation
  where workspace_id = $1 and state in ('assigned', 'parked') and agent_id = $2 order by rank_at`,
);

export async function conversationsHeldBy(
  db: Db,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<string[]> {
  return (await query(db, heldBy_, [workspaceId, agentId])).map((row) => row.conversationId);
}
