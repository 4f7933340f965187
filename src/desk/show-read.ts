// Tells the other side how far somebody has read.
import { markWebRead } from '../store/mark-web-read.ts';
import { commitOne } from './commit.ts';
import type { Desk } from './context.ts';

/** A mark never goes back; a number beyond the last message means the last. */
export async function showRead(
  desk: Desk,
  mark: {
    workspaceId: string;
    conversationId: string;
    /** Of agents, only the one who has the conversation. */
    by: 'contact' | { agentId: string };
    upToSeq: number;
  },
): Promise<void> {
  const { workspaceId, conversationId: id } = mark;
  await commitOne(desk, workspaceId, async (after) => {
    let seq: number | null = null;
    const read = () => (seq === null ? [] : [{ id, seq }]);
    seq = await markWebRead(after({ read }), mark);
  });
}
