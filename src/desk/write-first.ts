// An agent writes to a contact first: the conversation begins with their words, and is theirs.
import { v7 as uuid } from 'uuid';
import type { ReachObstacle } from '../contract/contacts.ts';
import { Refused } from '../errors.ts';
import { getAgent } from '../store/agents.ts';
import { listReach, type ReachRow } from '../store/contact-reach.ts';
import { getContact } from '../store/contacts.ts';
import { lockConversation } from '../store/conversations.ts';
import { openConversations } from '../store/open-conversations.ts';
import { putWebConversation } from '../store/put-web-conversation.ts';
import { settleReleased } from '../store/roster.ts';
import type { RoutingTx } from '../store/tx.ts';
import { awaitVisitor } from '../store/web-presence.ts';
import { appendMessage } from './append-message.ts';
import { claimFor } from './assign-conversation.ts';
import type { ChannelDirectory } from './channel-directory.ts';
import { type After, commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { findWanted, impliedBy } from './find-wanted.ts';
import { findObstacle, nameToOpen } from './judge-reach.ts';
import { toRow } from './open-conversation.ts';

export interface Beginning {
  workspaceId: string;
  contactId: string;
  /** As one of the contact's channels knows them. */
  identityId: string;
  /** Who writes, and has it from then on. */
  agentId: string;
  text: string;
  /** May exceed the capacity; only for supervisors, and recorded. */
  force: boolean;
  actor: string;
}

const words: Record<ReachObstacle, string> = {
  'no-call':
    'Over this channel the customer writes first: it has no call that begins a conversation.',
  'visitor-gone':
    'The visitor has no session any more, so nothing that is written there would reach them.',
  'unknown-name':
    'The program of this channel has had no conversation with this contact yet, so it would not know whom it is for.',
  blocked: 'The contact is blocked.',
  open: 'The contact has an open conversation there: go on in that one.',
};

/**
 * Answers its id. Refuses `message.empty`, `contact.not-found`, `contact.unreachable`, `contact.already-open`,
 * `contact.blocked`, `agent.at-capacity`, `agent.is-bot` and `agent.not-found`.
 */
export async function writeFirst(
  desk: Desk & { directory: Pick<ChannelDirectory, 'byId'> },
  beginning: Beginning,
): Promise<string> {
  const { workspaceId, text } = beginning;
  if (text.trim() === '') throw new Refused('message.empty');
  const reach = await requireReach(desk, beginning);
  const row = await readOpening(desk, workspaceId, reach);
  return commitLocked(desk, workspaceId, (tx, after) =>
    startWithin(tx, after, { beginning, reach, row }),
  );
}

type Row = Awaited<ReturnType<typeof readOpening>>;

async function startWithin(
  tx: RoutingTx,
  after: After<RoutingTx>,
  { beginning, reach, row }: { beginning: Beginning; reach: ReachRow; row: Row },
): Promise<string> {
  const { workspaceId, agentId, text, actor, force } = beginning;
  const { conversationId } = row;
  const key = { workspaceId, conversationId };
  const writing = after({
    ...{ wake: true, send: true },
    ...{ conversation: conversationId, agent: agentId },
  });
  // What has ended must not count against the agent.
  await settleReleased(writing, workspaceId);
  const agent = await getAgent(tx, { workspaceId, agentId });
  if (agent === null) throw new Refused('agent.not-found');
  if (agent.kind === 'bot') throw new Refused('agent.is-bot', 'A bot begins no conversations.');
  const [opened] = await openConversations(writing, workspaceId, [row]);
  // Whoever was faster is answered as the list of channels would answer now.
  if (opened?.blocked) throw new Refused('contact.blocked');
  if (opened?.opened !== true) throw new Refused('contact.already-open');
  if (reach.session !== null) {
    const { sessionId, verified } = reach.session;
    const topic = `server/sessions/${reach.externalId}/${sessionId}`;
    const web = { sessionId, requestId: null, wantedTopic: topic, ownTopic: topic, verified };
    await putWebConversation(writing, { ...key, ...web });
    await awaitVisitor(tx, key);
  }
  const conversation = await lockConversation(tx, key);
  if (conversation === null) throw new Refused('conversation.not-found');
  await claimFor(writing, { ...key, agentId, force, actor }, { conversation, agent });
  await appendMessage(after, {
    ...{ ...key, messageId: uuid(), kind: 'text', authorKind: 'agent', authorId: agentId },
    ...{ text, attachments: [], late: false },
  });
  return conversationId;
}

async function requireReach(
  { db }: Pick<Desk, 'db'>,
  { workspaceId, contactId: id, identityId }: Beginning,
): Promise<ReachRow> {
  const contact = await getContact(db, { workspaceId, contactId: id });
  if (contact === null) throw new Refused('contact.not-found');
  const { contactId } = contact;
  const all = await listReach(db, { workspaceId, contactId, seenBy: null });
  const reach = all.find((one) => one.identityId === identityId);
  if (reach === undefined) throw new Refused('contact.not-found');
  const obstacle = findObstacle(reach);
  if (obstacle === 'open') throw new Refused('contact.already-open');
  if (obstacle === 'blocked') throw new Refused('contact.blocked');
  if (obstacle !== null) throw new Refused('contact.unreachable', words[obstacle]);
  return reach;
}

async function readOpening(
  desk: Desk & { directory: Pick<ChannelDirectory, 'byId'> },
  workspaceId: string,
  reach: ReachRow,
) {
  const channel = desk.directory.byId(reach.channelId);
  if (channel?.workspaceId !== workspaceId) throw new Refused('channel.not-found');
  const { channelId, weight } = channel;
  const implied = impliedBy(channel);
  const wanted = await findWanted(desk, { workspaceId, channel: implied });
  const contact = { externalId: reach.externalId, attributes: {} };
  return toRow({
    ...{ workspaceId, wanted, channel: { channelId, weight, remote: false, ...implied } },
    ...{ externalId: nameToOpen(reach), externalChannelId: null },
    contact: { ...contact, name: null, email: null, phone: null, avatarUrl: null },
    ...{ priority: 'normal', previousSessionId: null, meta: {} },
  });
}
