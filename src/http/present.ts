// Turns rows of the store into values of the API; nothing else leaves the server.
import type { Agent } from '../contract/agents.ts';
import type { Channel } from '../contract/channels.ts';
import type { Conversation } from '../contract/conversation.ts';
import { displayName } from '../contract/display-name.ts';
import { findFirst } from '../contract/targets.ts';
import type { AgentRow } from '../store/agents.ts';
import type { ChannelRow } from '../store/channels.ts';
import type { InboxRow } from '../store/inbox.ts';

export function presentAgent(row: AgentRow): Agent {
  const { agentId: id, availabilityChangedAt: _, lastAssignedAt, statusSince, ...rest } = row;
  return {
    ...{ id, ...rest },
    statusSince: statusSince.toISOString(),
    lastAssignedAt: lastAssignedAt?.toISOString() ?? null,
  };
}

export type PlaceInQueue = Pick<
  Conversation,
  'position' | 'estimatedWait' | 'waitRange' | 'opensAt'
>;

export function presentConversation(row: InboxRow, place: PlaceInQueue): Conversation {
  return {
    id: row.conversationId,
    channelId: row.channelId,
    channelKind: row.channelKind,
    externalId: row.externalId,
    contact: {
      id: row.contactId,
      externalId: row.contactExternalId,
      displayName: displayName({
        name: row.contactName,
        email: row.contactEmail,
        phone: row.contactPhone,
        externalId: row.contactExternalId,
      }),
      name: row.contactName,
      email: row.contactEmail,
      phone: row.contactPhone,
      avatarUrl: row.contactAvatarUrl,
      verified: row.contactVerified,
    },
    state: row.state,
    priority: row.priority,
    agentId: row.agentId,
    agentName: row.agentName,
    teamId: row.teamId,
    skillIds: row.skillIds,
    teamName: row.teamName,
    queuedAt: row.queuedAt.toISOString(),
    rankAt: row.rankAt.toISOString(),
    activeAt: row.activeAt.toISOString(),
    assignedAt: row.assignedAt?.toISOString() ?? null,
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    offeredUntil: row.state === 'assigned' ? (row.offeredUntil?.toISOString() ?? null) : null,
    closedAt: row.closedAt?.toISOString() ?? null,
    closeReason: row.closeReason,
    heldUntil: row.heldUntil instanceof Date ? row.heldUntil.toISOString() : null,
    holdReason: row.holdReason,
    ...place,
    plan: row.plan,
    step: row.planStep === null ? null : row.planStep + 1,
    due: nextDue(row),
    tags: row.tags,
    meta: row.meta,
    lastMessage: row.lastMessage && presentLast(row.lastMessage),
    unread: row.unread,
    rating: row.rating,
    contactReadSeq: row.contactReadSeq,
  };
}

/** What has ended owes nothing. */
function nextDue({ state, targets }: InboxRow): Conversation['due'] {
  if (state === 'closed' || targets === null) return null;
  const first = findFirst(targets);
  return first === null
    ? null
    : {
        target: first.kind,
        soonAt: new Date(first.soonAt).toISOString(),
        dueAt: new Date(first.dueAt).toISOString(),
      };
}

function presentLast({ at, authorKind, ...rest }: NonNullable<InboxRow['lastMessage']>) {
  type Author = NonNullable<Conversation['lastMessage']>['authorKind'];
  return { ...rest, authorKind: authorKind as Author, at: new Date(at).toISOString() };
}

/** Secrets are never sent; the addresses show where a secret goes. */
export function presentChannel(row: ChannelRow, urls: Channel['urls']): Channel {
  const { channelId: id, workspaceId: _, syncedAt, ...rest } = row;
  const { kind, name, config, teamId, weight, syncError } = rest;
  // The address at which the outside system takes our events stays here.
  const { webhookUrl, ...shown } = config;
  return {
    id,
    kind,
    name,
    config: shown,
    teamId,
    weight,
    urls,
    connected: typeof webhookUrl === 'string' ? new URL(webhookUrl).host : null,
    syncedAt: syncedAt?.toISOString() ?? null,
    syncError,
  };
}
