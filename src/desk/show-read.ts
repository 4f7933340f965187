// Somebody has read up to a message: the other side sees it.
import { markWebRead } from '../store/mark-web-read.ts';
import type { Desk } from './context.ts';

/** A mark never goes back; a number beyond the last message means the last. */
export async function showRead(
  desk: Pick<Desk, 'db' | 'changed'>,
  mark: {
    workspaceId: string;
    conversationId: string;
    /** Of agents only whoever has it. */
    by: 'contact' | { agentId: string };
    upToSeq: number;
  },
): Promise<void> {
  const { workspaceId, conversationId: id } = mark;
  const seq = await markWebRead(desk.db, mark);
  if (seq !== null) desk.changed(workspaceId, [{ kind: 'read', id, seq }]);
}
