// Ends the waiting conversations that the hours or a limit of their plan have ended, and tells the contacts.
import { closeConversations } from '../store/close-conversations.ts';
import { lockToEnd } from '../store/end-by-plan.ts';
import { type PlanSaid, sayingWords } from '../store/say-words.ts';
import { run } from '../store/sql.ts';
import { commit, type Telling } from './commit.ts';
import type { Desk } from './context.ts';
import { saidTo } from './greet-assigned.ts';

const SILENT = { note: null, tags: null, meta: null, categories: null, closeMeta: null };

/**
 * Answers how many. They stand in a group of their own until then, so none is lost with a node that
 * dies before. The words come before the end: nothing is said to a closed conversation.
 */
export function endByPlan(desk: Pick<Desk, 'db'> & Telling, workspaceId: string): Promise<number> {
  return commit(desk, workspaceId, async (tx, after) => {
    const found = await lockToEnd(tx, workspaceId);
    if (found.length === 0) return 0;
    const sayings = found.flatMap(({ conversationId, ends }) =>
      ends.says.map((one) => ({ conversationId, ...one })),
    );
    const said: PlanSaid[] = [];
    if (sayings.length > 0) {
      said.push(...(await run(after(saidTo(said)), sayingWords(workspaceId, sayings))));
    }
    const ended = after({
      wake: true,
      send: true,
      conversation: found.map(({ conversationId }) => conversationId),
    });
    const rows = await closeConversations(
      ended,
      workspaceId,
      found.map(({ conversationId, ends: { reason } }) => {
        return { ...SILENT, conversationId, reason, actor: 'policy', tellRemote: true };
      }),
    );
    return rows.length;
  });
}
