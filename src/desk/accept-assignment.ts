// An agent accepts or declines an assignment, where the channel's acceptance is manual (chimp-assist.md §5.3).
import { Refused } from '../errors.ts';
import { findPendingAssignment } from '../store/assignments.ts';
import { confirmAssignment } from './confirm-assignment.ts';
import type { Desk } from './context.ts';
import { undoAssignment } from './requeue-conversation.ts';

interface Offer {
  workspaceId: string;
  conversationId: string;
  agentId: string;
}

/**
 * false, and nothing happens: the agent no longer has it, or it counted as accepted from the start.
 */
export async function acceptAssignment(
  desk: Desk,
  args: Offer & { accepted: boolean },
): Promise<boolean> {
  const { accepted, ...key } = args;
  const assignmentId = await findPendingAssignment(desk.db, key);
  if (assignmentId === null) return false;
  if (accepted) return confirmAssignment(desk, { ...key, assignmentId });
  await undoAssignment(desk, { ...key, reason: 'declined', excludeAgent: true, holdMs: 0 });
  return true;
}

/** Refuses `conversation.not-offered`. */
export async function answerOffer(desk: Desk, offer: Offer, accepted: boolean): Promise<void> {
  if (!(await acceptAssignment(desk, { ...offer, accepted }))) {
    throw new Refused('conversation.not-offered');
  }
}
