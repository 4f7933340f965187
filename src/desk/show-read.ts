// Tells the other side how far somebody has read.
import { markWebRead } from '../store/mark-web-read.ts';
import { markProgramRead } from '../store/program-reads.ts';
import { commitOne } from './commit.ts';
import type { Desk } from './context.ts';

export interface ReadMark {
  workspaceId: string;
  conversationId: string;
  /** Of agents, only the one who has the conversation. */
  by: 'contact' | { agentId: string };
  upToSeq: number;
}

/** Over the web. A mark never goes back; a number beyond the last message means the last. */
export async function showRead(desk: Desk, mark: ReadMark): Promise<void> {
  await note(desk, mark, markWebRead);
}

/** As above, where a program stands between contact and agent. */
export async function showReadToProgram(desk: Desk, mark: ReadMark): Promise<void> {
  await note(desk, mark, markProgramRead);
}

/** As above, for whoever is on the other side. */
export async function showReadBeyond(desk: Desk, mark: ReadMark): Promise<void> {
  if (!(await note(desk, mark, markWebRead))) await note(desk, mark, markProgramRead);
}

/** false: nothing new was read there. */
async function note(
  desk: Desk,
  mark: ReadMark,
  put: typeof markWebRead & typeof markProgramRead,
): Promise<boolean> {
  const { workspaceId, conversationId: id } = mark;
  return commitOne(desk, workspaceId, async (after) => {
    let seq: number | null = null;
    const read = () => (seq === null ? [] : [{ id, seq }]);
    seq = await put(after({ read }), mark);
    return seq !== null;
  });
}
