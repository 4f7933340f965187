// Somebody wants to see a conversation as unread again.
import { Refused } from '../errors.ts';
import { takeReadMarkBack } from '../store/read-marks.ts';
import type { Desk } from './context.ts';

/**
 * From the message `fromSeq` on; null: from the contact's last one on. Refuses
 * `conversation.nothing-unread`.
 */
export async function markUnread(
  { db }: Pick<Desk, 'db'>,
  mark: { workspaceId: string; userId: string; conversationId: string; fromSeq: number | null },
): Promise<void> {
  const upToSeq = await takeReadMarkBack(db, mark);
  if (upToSeq === null) throw new Refused('conversation.nothing-unread');
}
