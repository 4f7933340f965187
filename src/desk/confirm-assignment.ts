// The outside system has accepted the agent: the assignment is no longer pending.
import { confirmAssignmentRow } from '../store/assignments.ts';
import { lockConversation } from '../store/conversations.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

/** false: it had ended meanwhile; whom the outside system has in the room is remembered all the same. */
export function confirmAssignment(
  desk: Pick<Desk, 'db'>,
  key: { workspaceId: string; conversationId: string; assignmentId: string },
): Promise<boolean> {
  return withTx(desk.db, async (tx) => {
    await lockConversation(tx, key);
    return confirmAssignmentRow(tx, key);
  });
}
