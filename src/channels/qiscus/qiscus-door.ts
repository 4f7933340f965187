// The door of the Qiscus routes: admits them, calls the desk's verbs, waits for outcomes.

import type { ConversationRequested, ConversationResolved } from '../../contract/inbound.ts';
import type { ChannelDirectory } from '../../desk/channel-directory.ts';
import { resolveConversation } from '../../desk/close-conversation.ts';
import type { Desk } from '../../desk/context.ts';
import { impliedBy } from '../../desk/find-wanted.ts';
import { equalSecrets } from '../../desk/hash-secret.ts';
import { describePassing, retryAfterOf } from '../../desk/retry-after.ts';
import { changeDefaultCapacity } from '../../desk/update-agent.ts';
import { Refused } from '../../errors.ts';
import { requireActor } from '../../http/authenticate.ts';
import { externalIdOfAgent } from '../../store/agent-identities.ts';
import { findAssignmentSince } from '../../store/assignments.ts';
import type { ChannelOf } from '../../store/channels.ts';
import { readClock } from '../../store/clock.ts';
import { getConversation } from '../../store/conversations.ts';
import { lastAnswer } from '../../store/deliveries.ts';
import { readQueueFigures } from '../../store/queue-figures.ts';
import { getDefaultCapacity } from '../../store/workspaces.ts';
import type { QiscusClient } from './client.ts';
import type { Assigned, ChannelRef, QiscusDoor } from './door.ts';
import { letInUnlessBlocked } from './let-in-unless-blocked.ts';

export type QiscusClients = (channelId: string) => QiscusClient | null;

interface Means {
  desk: Desk;
  directory: ChannelDirectory;
  clients: QiscusClients;
}

const PATIENCE_MS = 1000;
const LOOK_EVERY_MS = 25;

export function makeQiscusDoor(means: Means): QiscusDoor {
  const { desk, directory } = means;
  return {
    enter: ({ workspaceId }) => desk.gate.enter(workspaceId),
    retryAfter: retryAfterOf,
    describePassing,
    mayEnter: (secret) =>
      secret === null ? unguarded(directory).length > 0 : bySecret(directory, secret) !== null,
    admit: (key) => admit(directory, key),
    open: async (channel, news) => {
      await open(means, channel, news);
    },
    openAndWait: async (channel, news) => {
      const conversationId = await open(means, channel, news);
      if (conversationId === null) return null;
      return waitFor(() => readConfirmed(desk, channel.workspaceId, conversationId));
    },
    resolve: async (channel, news) => {
      await resolve(desk, channel, news);
    },
    resolveAndWait: (channel, news) => resolveAndWait(desk, channel, news),
    authorize: (authorization, access) => authorize(means, authorization, access),
    getMaxCustomers: (workspaceId) => getDefaultCapacity(desk.db, workspaceId),
    setMaxCustomers: (workspaceId, capacity) =>
      changeDefaultCapacity(desk, { workspaceId, capacity }),
    registerResolveWebhook: (workspaceId, args) => register(means, workspaceId, args),
  };
}

/** Compared in constant time with every channel's secret. */
function bySecret(directory: ChannelDirectory, secret: string): ChannelOf<'qiscus'> | null {
  let found: ChannelOf<'qiscus'> | null = null;
  for (const channel of directory.ofKind('qiscus')) {
    const { webhookSecret: expected } = channel.secrets;
    if (expected && equalSecrets(expected, secret)) found = channel;
  }
  return found;
}

function unguarded(directory: ChannelDirectory): ChannelOf<'qiscus'>[] {
  return directory.ofKind('qiscus').filter(({ secrets }) => !secrets.webhookSecret);
}

function admit(
  directory: ChannelDirectory,
  { secret, appIds }: { secret: string | null; appIds: readonly string[] },
): ChannelRef | 'unauthenticated' | 'unknown-app' {
  // A secret that matches nothing is refused, even when the app is right.
  if (secret !== null) return bySecret(directory, secret) ?? 'unauthenticated';
  const open = unguarded(directory);
  if (open.length === 0) return 'unauthenticated';
  if (appIds.length === 0) return open.length === 1 ? (open[0] as ChannelRef) : 'unknown-app';
  return open.find(({ config }) => appIds.every((id) => id === config.appId)) ?? 'unknown-app';
}

async function open(
  { desk, directory }: Means,
  ref: ChannelRef,
  news: ConversationRequested,
): Promise<string | null> {
  const channel = directory.byId(ref.channelId);
  if (channel === null) throw new Refused('channel.not-found');
  const { workspaceId, channelId, weight } = channel;
  const { wants, externalId, externalChannelId, contact, previousSessionId, source, extras } = news;
  const opened = await letInUnlessBlocked(desk, {
    workspaceId,
    channel: { channelId, weight, remote: true, ...impliedBy(channel) },
    wants,
    externalId,
    externalChannelId,
    contact,
    priority: 'normal',
    previousSessionId,
    meta: { source, extras, ...(wants.team !== null && { department: wants.team }) },
  });
  return opened?.conversationId ?? null;
}

async function resolve(
  desk: Desk,
  { workspaceId, channelId }: ChannelRef,
  news: ConversationResolved,
) {
  const { externalId, sessionId, note } = news;
  const reason = 'resolved';
  return resolveConversation(desk, workspaceId, { channelId, externalId, sessionId, reason, note });
}

async function resolveAndWait(
  desk: Desk,
  channel: ChannelRef,
  news: ConversationResolved,
): Promise<Assigned | 'nothing-waits' | null> {
  const { workspaceId } = channel;
  // By the clock that stamps assignments.
  const since = await readClock(desk.db);
  const closed = await resolve(desk, channel, news);
  const agentId = closed?.agentId ?? null;
  const findNext = () => findAssignmentSince(desk.db, { workspaceId, agentId, since });
  return waitFor(async () => {
    const next = await findNext();
    if (next !== null) return readConfirmed(desk, workspaceId, next);
    const { waiting } = await readQueueFigures(desk.db, workspaceId);
    // Or nobody waits because the waiting conversation was assigned since the first look.
    return waiting === 0 && (await findNext()) === null ? 'nothing-waits' : null;
  });
}

async function readConfirmed(
  desk: Desk,
  workspaceId: string,
  conversationId: string,
): Promise<Assigned | null> {
  const row = await getConversation(desk.db, { workspaceId, conversationId });
  if (row === null || row.agentId === null || row.confirmedAt === null) return null;
  const { channelId, agentId, externalId: roomId } = row;
  const external = await externalIdOfAgent(desk.db, { workspaceId, channelId, agentId });
  const stream = { workspaceId, subscriberId: channelId, streamId: conversationId, type: 'assign' };
  const rawBody = await lastAnswer(desk.db, stream);
  if (external === null || rawBody === null) return null;
  return { roomId, agentId: external, rawBody };
}

/** Looks until there is an answer or the caller's time is over. */
async function waitFor<T>(look: () => Promise<T | null>): Promise<T | null> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== null || Date.now() >= until) return found;
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  }
}

async function authorize(
  { desk }: Means,
  authorization: string | undefined,
  access: 'read' | 'write',
): Promise<{ workspaceId: string } | 'unauthenticated' | 'forbidden'> {
  try {
    const action = access === 'read' ? 'settings.read' : 'settings.write';
    return await requireActor(desk, authorization, action);
  } catch (error) {
    if (!(error instanceof Refused) || retryAfterOf(error) !== null) throw error;
    return error.status === 403 ? 'forbidden' : 'unauthenticated';
  }
}

async function register(
  { directory, clients }: Means,
  workspaceId: string,
  args: { url: string; enabled: boolean },
): ReturnType<QiscusDoor['registerResolveWebhook']> {
  const channel = directory.ofKind('qiscus').find((one) => one.workspaceId === workspaceId);
  const client = channel === undefined ? null : clients(channel.channelId);
  if (client === null) return { ok: false, error: 'No Qiscus channel is configured.' };
  const answer = await client.registerResolveWebhook(args);
  if (!answer.ok) return { ok: false, error: answer.failure.text };
  const { markAsResolvedWebhookUrl: url, isAllocateAgentWebhookEnabled } = answer.value;
  return { ok: true, url, isAllocateAgentWebhookEnabled };
}
