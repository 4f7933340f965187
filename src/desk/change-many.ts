// Does something with many conversations, one after the other: each by its own verb, so that each is refused or done by itself.
import type { Acting } from '../access/acting.ts';
import { BULK_SECONDS, type BulkAction, type BulkOutcome } from '../contract/bulk.ts';
import { Refused } from '../errors.ts';
import { lockConversation } from '../store/conversations.ts';
import { findSeen } from '../store/sight.ts';
import { changeConversation, changeWithin } from './change-conversation.ts';
import { closeConversation } from './close-conversation.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { reopenConversation } from './reopen-conversation.ts';
import { requeueConversation } from './requeue-conversation.ts';
import { transferConversation } from './transfer-conversation.ts';

export interface Many {
  workspaceId: string;
  actor: string;
  acting: Acting;
  takesOver: boolean;
  /** Whose conversations the others are hidden from; null: sees all. */
  seenBy: string | null;
  wanted: readonly { id: string; action: BulkAction }[];
}

/** Answers each of them in order, at the latest when its time is over and the one under way has ended. */
export async function changeMany(desk: Desk, many: Many): Promise<BulkOutcome[]> {
  const { workspaceId, seenBy: agentId, wanted } = many;
  const ids = wanted.map(({ id }) => id);
  const seen = new Set(await findSeen(desk.db, 'conversation', { workspaceId, ids, agentId }));
  const begun = desk.clock.elapsed();
  const outcomes: BulkOutcome[] = [];
  for (const { id, action } of wanted) {
    const isOver = desk.clock.elapsed() - begun >= BULK_SECONDS * 1000;
    outcomes.push(
      isOver
        ? { id, result: 'not-begun', problem: null }
        : await judge(id, async () => {
            if (!seen.has(id)) throw new Refused('conversation.not-found');
            await change(desk, { ...many, conversationId: id }, action);
          }),
    );
  }
  return outcomes;
}

async function judge(id: string, work: () => Promise<void>): Promise<BulkOutcome> {
  try {
    await work();
    return { id, result: 'done', problem: null };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { id, result: 'refused', problem: { code: error.code, detail: error.message } };
  }
}

type Changing = Omit<Many, 'wanted' | 'seenBy'> & { conversationId: string };

async function change(
  desk: Desk,
  { workspaceId, conversationId, actor, acting, takesOver }: Changing,
  action: BulkAction,
): Promise<void> {
  const key = { workspaceId, conversationId, actor };
  if ('close' in action) {
    await closeConversation(desk, { ...action.close, ...key, acting, tellRemote: true });
  } else if ('reopen' in action) await reopenConversation(desk, { ...key, acting });
  else if ('transfer' in action) {
    await transferConversation(desk, { ...key, acting, takesOver, to: action.transfer });
  } else if ('requeue' in action) {
    const { reason = 'requeued', skillIds } = action.requeue;
    const skills = skillIds === undefined ? {} : { skillIds };
    await requeueConversation(desk, { ...key, acting, reason, ...skills });
  } else if ('priority' in action) {
    await changeConversation(desk, { ...key, priority: action.priority });
  } else await changeTags(desk, key, action.tags);
}

const MOST_TAGS = 50;

/** What it has beside these stays. */
async function changeTags(
  desk: Desk,
  key: { workspaceId: string; conversationId: string; actor: string },
  { add = [], remove = [] }: { add?: readonly string[]; remove?: readonly string[] },
): Promise<void> {
  await commit(desk, key.workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, key);
    if (conversation === null) throw new Refused('conversation.not-found');
    const before = conversation.tags;
    const tags = [...new Set([...before.filter((tag) => !remove.includes(tag)), ...add])];
    if (tags.length > MOST_TAGS) throw new Refused('conversation.too-many-tags');
    if (`${tags}` !== `${before}`) await changeWithin(tx, after, { ...key, tags });
  });
}
