// Somebody has read a conversation up to a message.
import { Refused } from '../errors.ts';
import { putReadMark } from '../store/read-marks.ts';
import type { Desk } from './context.ts';

/** Answers how far it is read now. Refuses `conversation.not-found`. */
export async function markRead(
  { db }: Pick<Desk, 'db'>,
  mark: { workspaceId: string; userId: string; conversationId: string; upToSeq: number },
): Promise<number> {
  const upToSeq = await putReadMark(db, mark);
  if (upToSeq === null) throw new Refused('conversation.not-found');
  return upToSeq;
}
