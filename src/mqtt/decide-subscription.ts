// Whether a filter may be subscribed, where that takes a look at who holds what.
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import { findWebConversationByTopic } from '../store/web-conversations.ts';
import type { Identity } from './identity.ts';
import { maySubscribe } from './may.ts';
import { callGuest } from './visitor-publishes.ts';

export async function decideSubscription(
  means: { desk: Desk; directory: ChannelDirectory },
  identity: Identity,
  filter: string,
): Promise<boolean> {
  const may = maySubscribe(identity, filter);
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
