// Decides about filters whose grant depends on who holds a conversation.
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import type { NoteReads } from '../desk/note-reads.ts';
import { findWebConversationByTopic } from '../store/web-conversations.ts';
import { doesStand } from './does-stand.ts';
import type { Identity } from './identity.ts';
import { maySubscribe } from './may.ts';
import { parseTopic } from './topics.ts';
import { callGuest } from './visitor-call.ts';

interface Means {
  desk: Desk;
  directory: ChannelDirectory;
  noteRead: NoteReads;
}

/** Listening to others' conversations is recorded before anything is heard. */
export async function decideSubscription(
  means: Means,
  identity: Identity,
  filter: string,
): Promise<boolean> {
  const may = maySubscribe(identity, filter);
  if (may !== 'refused' && identity.kind === 'visitor' && !(await doesStand(means, identity))) {
    return false;
  }
  if (may === 'granted') await noteListening(means, identity, filter);
  if (typeof may === 'string') return may === 'granted';
  if ('ifNamed' in may) {
    return identity.kind === 'visitor' && callGuest(means, identity.session, may.ifNamed);
  }
  const { workspaceId } = identity;
  const key = { workspaceId, sessionTopic: may.ifHolds };
  const view = await findWebConversationByTopic(means.desk.db, key);
  // An agent who had it to the end has no right to the topic's next conversation.
  const isHolder = identity.kind === 'agent' && view?.agentId === identity.agentId;
  return isHolder && view?.state === 'assigned';
}

const MOST_CHARACTERS = 200;

/** For a supervisor listening to a session, and a program listening to anything. */
async function noteListening(
  { desk, noteRead }: Means,
  identity: Identity,
  filter: string,
): Promise<void> {
  if (identity.kind !== 'agent' && identity.kind !== 'service') return;
  const { workspaceId } = identity;
  const topic = parseTopic(filter);
  // Typing holds nothing to read, and neither do an agent's own topics.
  const isSession = topic?.kind === 'session' && topic.end !== 'typing';
  if (identity.kind === 'agent' && !isSession) return;
  const sessionTopic = isSession ? filter.slice(0, -(topic.end.length + 1)) : null;
  const key = sessionTopic !== null && !/[+#]/.test(filter) ? { workspaceId, sessionTopic } : null;
  const view = key && (await findWebConversationByTopic(desk.db, key));
  const isOwn = identity.kind === 'agent' && view?.agentId === identity.agentId;
  if (isOwn) return;
  const name = identity.kind === 'agent' ? `agent:${identity.agentId}` : identity.name;
  const details = { topic: (sessionTopic ?? filter).slice(0, MOST_CHARACTERS) };
  const objectId = view?.conversationId ?? workspaceId;
  await noteRead({ workspaceId, name }, 'conversation.listened', objectId, details);
}
