// What leaves the house: rows of the store as the API's values, and nothing else.
import type { Agent, Channel } from '../contract/api.ts';
import type { Conversation } from '../contract/conversation.ts';
import type { AgentRow } from '../store/agents.ts';
import type { ChannelRow } from '../store/channels.ts';
import type { ConversationRow } from '../store/conversations.ts';

export function presentAgent(row: AgentRow): Agent {
  const { agentId: id, availabilityChangedAt: _, lastAssignedAt, ...rest } = row;
  return { id, ...rest, lastAssignedAt: lastAssignedAt?.toISOString() ?? null };
}

export function presentConversation(
  row: ConversationRow,
  place: { position: number | null; estimatedWait: number | null },
): Conversation {
  return {
    id: row.conversationId,
    channelId: row.channelId,
    externalId: row.externalId,
    contact: {
      id: row.contactId,
      externalId: row.contactExternalId,
      name: row.contactName,
      email: row.contactEmail,
      phone: row.contactPhone,
      avatarUrl: row.contactAvatarUrl,
    },
    state: row.state,
    priority: row.priority,
    agentId: row.agentId,
    teamId: row.teamId,
    queuedAt: row.queuedAt.toISOString(),
    assignedAt: row.assignedAt?.toISOString() ?? null,
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    closeReason: row.closeReason,
    heldUntil: row.heldUntil instanceof Date ? row.heldUntil.toISOString() : null,
    holdReason: row.holdReason,
    ...place,
    tags: row.tags,
    meta: row.meta,
  };
}

/** Secrets never leave; the addresses show where a secret goes. */
export function presentChannel(row: ChannelRow, publicUrl: string): Channel {
  const { channelId: id, workspaceId: _, syncedAt, ...rest } = row;
  const { kind, name, config, teamId, weight, syncError } = rest;
  // RapidPro's own address for events is nobody's business but ours.
  const { webhookUrl, ...shown } = config;
  return {
    id,
    kind,
    name,
    config: shown,
    teamId,
    weight,
    urls: urlsOf(row, publicUrl),
    connected: typeof webhookUrl === 'string' ? new URL(webhookUrl).host : null,
    syncedAt: syncedAt?.toISOString() ?? null,
    syncError,
  };
}

/** To be pasted into the other system. */
function urlsOf({ kind, channelId }: ChannelRow, publicUrl: string): Record<string, string> {
  if (kind === 'rapidpro') return { baseUrl: `${publicUrl}/api/apps/public/${channelId}` };
  if (kind !== 'qiscus') return {};
  return {
    agentAllocation: `${publicUrl}/api/v1/webhook/agent_allocation/<secret>`,
    markAsResolved: `${publicUrl}/api/v1/webhook/mark_as_resolved/<secret>`,
  };
}
