// The outside system has accepted the agent: the assignment is no longer pending.
import { confirmAssignmentRow } from '../store/assignments.ts';
import { lockConversation } from '../store/conversations.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { greetAssigned } from './greet-assigned.ts';

/**
 * false: it had ended meanwhile. Which agent the outside system has in the room is stored all the
 * same.
 */
export async function confirmAssignment(
  desk: Desk,
  key: { workspaceId: string; conversationId: string; assignmentId: string },
): Promise<boolean> {
  return commit(desk, key.workspaceId, async (tx, after) => {
    await lockConversation(tx, key);
    const writing = after({ send: true, conversation: key.conversationId });
    const confirmed = await confirmAssignmentRow(writing, key);
    if (confirmed) await greetAssigned(after, key);
    return confirmed;
  });
}
