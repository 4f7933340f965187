// Offers: assignments that the agent must accept before a deadline. Which stand, which are over, and how they ended.

import type { ChannelKind } from '../contract/channel-kinds.ts';
import type { Priority } from '../contract/conversation.ts';
import { type AssignmentRow, assignmentColumns, assignmentJoins } from './assignments.ts';
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { RoutingTx, Tx } from './tx.ts';
import { listing } from './workspaces-with.ts';

export interface StandingOffer {
  conversationId: string;
  agentId: string;
  /** Zero and less: its time is over. */
  leftMs: number;
}

const listSoonOver_ = statement<StandingOffer>(
  'list-offers-soon-over',
  `select conversation_id as "conversationId", agent_id as "agentId",
    extract(epoch from offered_until - clock_timestamp())::float8 * 1000 as "leftMs"
  from conversation where workspace_id = $1 and state = 'assigned' and offered_until is not null
  order by offered_until limit 500`,
);

/** The first of them, the soonest over first. */
export function listSoonOver(db: Db, workspaceId: string): Promise<StandingOffer[]> {
  return query(db, listSoonOver_, [workspaceId]);
}

const listWithEnding_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-ending-offers',
  listing({
    table: 'conversation',
    where: `t.state = 'assigned' and t.offered_until is not null`,
    due: `select from conversation c where c.workspace_id = w.workspace_id and c.state = 'assigned'
    and c.offered_until <= statement_timestamp() + make_interval(secs => $1 / 1000.0)`,
  }),
);

/** Workspaces with an offer that is over within that time. */
export async function listWorkspacesWithEndingOffers(db: Db, withinMs: number): Promise<string[]> {
  return (await query(db, listWithEnding_, [withinMs])).map(({ workspaceId }) => workspaceId);
}

export interface LastOffer {
  assignmentId: string;
  state: 'pending' | 'confirmed' | 'ended' | 'undone';
  endReason: string | null;
}

const findLast_ = statement<LastOffer>(
  'find-last-offer',
  `select assignment_id as "assignmentId", state, end_reason as "endReason" from assignment
  where workspace_id = $1 and conversation_id = $2 and agent_id = $3 and offered_until is not null
  order by assigned_at desc, assignment_id desc limit 1`,
);

/** null: it was never offered to this agent. */
export function findLastOffer(
  db: Db,
  key: { workspaceId: string; conversationId: string; agentId: string },
): Promise<LastOffer | null> {
  return queryOne(db, findLast_, [key.workspaceId, key.conversationId, key.agentId]);
}

const noteDeclined_ = statement<never>(
  'note-decline-reason',
  `update assignment set decline_reason = $4
  where workspace_id = $1 and conversation_id = $2 and assignment_id = $3`,
).needs('conversation');

export async function noteDeclineReason(
  tx: Writing<typeof noteDeclined_, Tx>,
  args: { workspaceId: string; conversationId: string; assignmentId: string; reason: string },
): Promise<void> {
  const { workspaceId, conversationId, assignmentId, reason } = args;
  await query(tx, noteDeclined_, [workspaceId, conversationId, assignmentId, reason]);
}

// A conversation that ended or was taken while it was offered says nothing about the agent.
const countMissed_ = statement<{ missed: number }>(
  'count-missed-in-a-row',
  `select count(*)::integer as missed from assignment a
  join agent g on g.workspace_id = $1 and g.agent_id = $2 and a.assigned_at >= g.availability_changed_at
  where a.workspace_id = $1 and a.agent_id = $2 and a.offered_until is not null and a.end_reason = $3
    and a.assigned_at > coalesce((select max(b.assigned_at) from assignment b
      where b.workspace_id = $1 and b.agent_id = $2 and b.offered_until is not null
        and (b.confirmed_at is not null or b.end_reason = $4)), '-infinity')`,
);

/** Since the agent came, and since the last offer that the agent answered. */
export async function countMissedInARow(
  tx: RoutingTx,
  args: { workspaceId: string; agentId: string; missed: string; declined: string },
): Promise<number> {
  const { workspaceId, agentId, missed, declined } = args;
  const row = await queryOne(tx, countMissed_, [workspaceId, agentId, missed, declined]);
  return row?.missed ?? 0;
}

export interface OfferRow extends AssignmentRow {
  conversationId: string;
  channelId: string;
  channelKind: ChannelKind;
  channelName: string;
  priority: Priority;
  plan: string | null;
  queuedAt: Date;
  contactId: string;
  contactExternalId: string;
  contactName: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
  contactAvatarUrl: string | null;
  contactVerified: boolean | null;
  /** Its first 300 characters, and how many files came with it. */
  firstMessage: { text: string; files: number } | null;
}

const offerColumns = `${assignmentColumns}, c.conversation_id as "conversationId", c.channel_id as "channelId",
    h.kind as "channelKind", h.name as "channelName", c.priority, c.plan, c.queued_at as "queuedAt", c.contact_id as "contactId",
    k.external_id as "contactExternalId", k.name as "contactName", k.email as "contactEmail", k.phone as "contactPhone",
    k.avatar_url as "contactAvatarUrl", w.verified as "contactVerified", f.first as "firstMessage"`;
const offerJoins = `${assignmentJoins}
  join channel h on h.workspace_id = $1 and h.channel_id = c.channel_id
  join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
  left join web_conversation w on w.workspace_id = $1 and w.conversation_id = c.conversation_id
  left join lateral (select jsonb_build_object('text', left(m.text, 300), 'files', jsonb_array_length(m.attachments)) as first
    from message m where m.workspace_id = $1 and m.conversation_id = c.conversation_id and m.kind = 'text'
      and m.author_kind = 'contact' and not m.history order by m.seq limit 1) f on true`;

const listStanding_ = statement<OfferRow>(
  'list-standing-offers',
  `select ${offerColumns} from conversation c
  join assignment a on a.workspace_id = $1 and a.conversation_id = c.conversation_id and a.ended_at is null
  ${offerJoins}
  where c.workspace_id = $1 and c.agent_id = $2 and c.state = 'assigned' and c.offered_until is not null
  order by c.offered_until, c.conversation_id limit 50`,
);

/** The agent's, the soonest over first; one whose time is over stands until it is taken back. */
export function listStandingOffers(
  db: Db,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<OfferRow[]> {
  return query(db, listStanding_, [workspaceId, agentId]);
}

// No offer stands for more than ten minutes.
const listMissed_ = statement<OfferRow>(
  'list-missed-offers',
  `select ${offerColumns} from assignment a
  join conversation c on c.workspace_id = $1 and c.conversation_id = a.conversation_id
  ${offerJoins}
  where a.workspace_id = $1 and a.agent_id = $2 and a.offered_until is not null and a.end_reason = $3
    and a.assigned_at >= statement_timestamp() - make_interval(secs => $4 + 600)
    and a.ended_at >= statement_timestamp() - make_interval(secs => $4)
  order by a.ended_at desc, a.assignment_id limit 20`,
);

/** What the agent let pass in the last seconds, the latest first. */
export function listMissedOffers(
  db: Db,
  args: { workspaceId: string; agentId: string; missed: string; withinSeconds: number },
): Promise<OfferRow[]> {
  const { workspaceId, agentId, missed, withinSeconds } = args;
  return query(db, listMissed_, [workspaceId, agentId, missed, withinSeconds]);
}
