// People change the tags and the priority of a conversation.
import type { Priority } from '../contract/conversation.ts';
import { Refused } from '../errors.ts';
import { updateConversation } from '../store/change-conversations.ts';
import { lockConversation } from '../store/conversations.ts';
import type { Tx } from '../store/tx.ts';
import { type After, commit } from './commit.ts';
import type { Desk } from './context.ts';

export interface ConversationChange {
  workspaceId: string;
  conversationId: string;
  tags?: string[] | undefined;
  priority?: Priority | undefined;
  actor: string;
}

/**
 * Absent fields stay. Refuses `conversation.not-found`, and `conversation.closed` for a priority.
 */
export async function changeConversation(desk: Desk, change: ConversationChange): Promise<void> {
  await commit(desk, change.workspaceId, (tx, after) => changeWithin(tx, after, change));
}

/** In the transaction of the caller. Refuses as changeConversation does. */
export async function changeWithin(
  tx: Tx,
  after: After<Tx>,
  change: ConversationChange,
): Promise<void> {
  const { priority } = change;
  const conversation = await lockConversation(tx, change);
  if (conversation === null) throw new Refused('conversation.not-found');
  if (priority !== undefined && conversation.state === 'closed') {
    throw new Refused('conversation.closed');
  }
  const wake = priority !== undefined;
  const writing = after({ wake, send: true, conversation: change.conversationId });
  await updateConversation(writing, change);
}
