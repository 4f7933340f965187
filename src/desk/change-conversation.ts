// Tags and priority of a conversation, as people see fit.
import type { Priority } from '../contract/conversation.ts';
import { Refused } from '../errors.ts';
import { updateConversation } from '../store/change-conversations.ts';
import { lockConversation } from '../store/conversations.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

/** What is absent stays. Refuses `conversation.not-found`, and `conversation.closed` for a priority. */
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
  await withTx(desk.db, async (tx) => {
    const conversation = await lockConversation(tx, change);
    if (conversation === null) throw new Refused('conversation.not-found');
    if (priority !== undefined && conversation.state === 'closed') {
      throw new Refused('conversation.closed');
    }
    await updateConversation(tx, change);
  });
  desk.send(workspaceId);
  desk.changed(workspaceId, [{ kind: 'conversation', id: change.conversationId }]);
  if (priority !== undefined) desk.wake(workspaceId);
}
