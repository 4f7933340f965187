// Turns rows of the store into values of the API; nothing else leaves the server.
import type { Agent } from '../contract/agents.ts';
import type { Channel } from '../contract/channels.ts';
import type { Conversation } from '../contract/conversation.ts';
import { displayName } from '../contract/display-name.ts';
import { showSilence } from '../contract/silence.ts';
import { findFirst } from '../contract/targets.ts';
import type { AgentRow } from '../store/agents.ts';
import type { ChannelRow } from '../store/channels.ts';
import type { InboxRow } from '../store/inbox.ts';

export function presentAgent(row: AgentRow): Agent {
  const {
    agentId: id,
    availabilityChangedAt: _,
    lastAssignedAt,
    statusSince,
    webhook,
    ...rest
  } = row;
  return {
    ...{ id, ...rest },
    webhook: webhook && presentWebhook(webhook),
    pacedUntil: row.pacedUntil?.toISOString() ?? null,
    wrapUps: row.wrapUps.map(({ since, until, ...one }) => ({
      ...{ ...one, since: new Date(since).toISOString(), until: new Date(until).toISOString() },
    })),
    statusSince: statusSince.toISOString(),
    lastAssignedAt: lastAssignedAt?.toISOString() ?? null,
  };
}

/** The rest of the address may be secret. */
function presentWebhook({ url, ...rest }: NonNullable<AgentRow['webhook']>) {
  return { ...rest, host: new URL(url).host };
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
    contact: presentContact(row),
    state: row.state,
    priority: row.priority,
    agentId: row.agentId,
    agentName: row.agentName,
    agentKind: row.agentKind,
    teamId: row.teamId,
    skillIds: row.skillIds,
    teamName: row.teamName,
    queuedAt: row.queuedAt.toISOString(),
    rankAt: row.rankAt.toISOString(),
    activeAt: row.activeAt.toISOString(),
    assignedAt: row.assignedAt?.toISOString() ?? null,
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    offeredUntil: row.state === 'assigned' ? (row.offeredUntil?.toISOString() ?? null) : null,
    parked: presentParked(row),
    closedAt: row.closedAt?.toISOString() ?? null,
    closeReason: row.closeReason,
    heldUntil: row.heldUntil instanceof Date ? row.heldUntil.toISOString() : null,
    holdReason: row.holdReason,
    ...place,
    plan: row.plan,
    step: row.planStep === null ? null : row.planStep + 1,
    due: nextDue(row),
    silence: row.state === 'assigned' && row.confirmedAt !== null ? showSilence(row.silence) : null,
    tags: row.tags,
    meta: row.meta,
    lastMessage: row.lastMessage && presentLast(row.lastMessage),
    unread: row.unread,
    awaitedSince: row.awaitedSince?.toISOString() ?? null,
    rating: row.rating,
    closing: row.closing,
    ...presentCompany(row),
    contactReadSeq: row.contactReadSeq,
  };
}

function presentContact(row: InboxRow): Conversation['contact'] {
  const { contactExternalId: externalId, contactName: name } = row;
  const { contactEmail: email, contactPhone: phone } = row;
  return {
    ...{ id: row.keptContactId, externalId },
    displayName: displayName({ name, email, phone, externalId }),
    ...{ name, email, phone },
    avatarUrl: row.contactAvatarUrl,
    verified: row.contactVerified,
  };
}

/** What is kept of it afterwards says nothing any more. */
function presentParked(row: InboxRow): Conversation['parked'] {
  const { state, parkedAt, parkedUntil, parkedBy } = row;
  if (state !== 'parked' || parkedAt === null) return null;
  const until = parkedUntil?.toISOString() ?? null;
  return { since: parkedAt.toISOString(), until, by: parkedBy ?? 'system' };
}

function presentCompany({ transfer, consulted, whisper }: InboxRow) {
  return {
    transfer: transfer && presentTransfer(transfer),
    consulted: (consulted ?? []).map((one) => ({ ...one, at: readTime(one.at) })),
    whisper: whisper && { ...whisper, at: readTime(whisper.at) },
  };
}

/** What it asked for before is for giving it back. */
function presentTransfer({ before: _, ...rest }: NonNullable<InboxRow['transfer']>) {
  return rest;
}

/** As it stands in JSON of the database. */
function readTime(at: string): string {
  return new Date(at).toISOString();
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
  const { kind, name, config, teamId, weight, syncError, enabled } = rest;
  // The address at which the outside system takes our events stays here.
  const { webhookUrl, ...shown } = config;
  return {
    id,
    kind,
    name,
    config: shown,
    teamId,
    weight,
    enabled,
    urls,
    connected: typeof webhookUrl === 'string' ? new URL(webhookUrl).host : null,
    syncedAt: syncedAt?.toISOString() ?? null,
    syncError,
  };
}
