// People change the tags and the priority of a conversation.
import type { Priority } from '../contract/conversation.ts';
import { Refused } from '../errors.ts';
import { updateConversation } from '../store/change-conversations.ts';
import { lockConversation } from '../store/conversations.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';

/**
 * Absent fields stay. Refuses `conversation.not-found`, and `conversation.closed` for a priority.
 */
export async function changeConversation(
  desk: Desk,
  change: {
    workspaceId: string;
    conversationId: string;
    tags?: string[] | undefined;
    priority?: Priority | undefined;
    actor: string;
  },
): Promise<void> {
  const { workspaceId, priority } = change;
  await commit(desk, workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, change);
    if (conversation === null) throw new Refused('conversation.not-found');
    if (priority !== undefined && conversation.state === 'closed') {
      throw new Refused('conversation.closed');
    }
    const wake = priority !== undefined;
    const writing = after({ wake, send: true, conversation: change.conversationId });
    await updateConversation(writing, change);
  });
}
