// The outside system has accepted the agent: the assignment is no longer pending.
import { confirmAssignmentRow } from '../store/assignments.ts';
import { lockConversation } from '../store/conversations.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

/** false: it had ended meanwhile; whom the outside system has in the room is remembered all the same. */
export async function confirmAssignment(
  desk: Pick<Desk, 'db' | 'send' | 'changed'>,
  key: { workspaceId: string; conversationId: string; assignmentId: string },
): Promise<boolean> {
  const confirmed = await withTx(desk.db, async (tx) => {
    await lockConversation(tx, key);
    return confirmAssignmentRow(tx, key);
  });
  desk.send(key.workspaceId);
  desk.changed(key.workspaceId, [{ kind: 'conversation', id: key.conversationId }]);
  return confirmed;
}
