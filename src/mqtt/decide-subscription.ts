// Whether a filter may be subscribed, where that takes a look at who holds what.
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

/** Whoever listens to what is not theirs is on record before they hear anything. */
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
  // An agent who had it to the end has no part in what comes on its topic next.
  const isHolder = identity.kind === 'agent' && view?.agentId === identity.agentId;
  return isHolder && view?.state === 'assigned';
}

const MOST_CHARACTERS = 200;

/** Of a supervisor to a session, and of a program to whatever it likes. */
async function noteListening(
  { desk, noteRead }: Means,
  identity: Identity,
  filter: string,
): Promise<void> {
  if (identity.kind !== 'agent' && identity.kind !== 'service') return;
  const { workspaceId } = identity;
  const topic = parseTopic(filter);
  // That somebody types is nothing to read, nor is what is an agent's own.
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
