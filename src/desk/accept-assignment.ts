// An agent says yes or no to what was assigned, where the channel waits for that (chimp-assist.md §5.3).
import { findPendingAssignment } from '../store/assignments.ts';
import { confirmAssignment } from './confirm-assignment.ts';
import type { Desk } from './context.ts';
import { undoAssignment } from './requeue-conversation.ts';

/** Nothing happens when it is the agent's no longer, or was taken as accepted from the start. */
export async function acceptAssignment(
  desk: Desk,
  args: { workspaceId: string; conversationId: string; agentId: string; accepted: boolean },
): Promise<void> {
  const { accepted, ...key } = args;
  const assignmentId = await findPendingAssignment(desk.db, key);
  if (assignmentId === null) return;
  if (accepted) await confirmAssignment(desk, { ...key, assignmentId });
  else await undoAssignment(desk, { ...key, reason: 'declined', excludeAgent: true, holdMs: 0 });
}
