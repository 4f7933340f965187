// Brings back what is parked: by hand, by time, and when the contact writes. The router then gives it to its agent first.
import type { Acting } from '../access/acting.ts';
import { Refused } from '../errors.ts';
import { getAgent } from '../store/agents.ts';
import { lockConversation } from '../store/conversations.ts';
import { readNextReturn, returnDue, returnParked } from '../store/parked.ts';
import { settleReleased } from '../store/roster.ts';
import type { Tx } from '../store/tx.ts';
import { assigned, bringBackTo } from './assign-conversation.ts';
import { type After, commitLocked, commitOne } from './commit.ts';
import type { Desk } from './context.ts';
import { refuseBystander } from './refuse-bystander.ts';

/**
 * Its own agent gets it at once, and is refused with `agent.at-capacity` where there is no room. Whoever else asks: it
 * is as if its time had come. Refuses `conversation.not-found`, `conversation.closed`, `conversation.held-by-another`
 * and `conversation.not-parked`.
 */
export async function unparkConversation(
  desk: Desk,
  args: { workspaceId: string; conversationId: string; actor: string; acting: Acting },
): Promise<void> {
  const { workspaceId, conversationId, actor, acting } = args;
  await commitLocked(desk, workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, args);
    if (conversation === null) throw new Refused('conversation.not-found');
    if (conversation.state === 'closed') throw new Refused('conversation.closed');
    refuseBystander(conversation, acting);
    const { state, agentId } = conversation;
    if (state !== 'parked' || agentId === null) throw new Refused('conversation.not-parked');
    const assigning = { workspaceId, conversationId, agentId, force: false, actor };
    const writing = after(assigned(assigning));
    // What has ended must not count against the agent.
    await settleReleased(writing, workspaceId);
    const agent = acting.agentId === agentId ? await getAgent(tx, { workspaceId, agentId }) : null;
    if (agent !== null) await bringBackTo(writing, assigning, { conversation, agent });
    else await returnParked(writing, { ...args, conversationIds: [conversationId], cause: 'hand' });
  });
}

/** The contact has written to these: those that are parked come back in the same transaction. */
export async function returnWritten(
  after: After<Tx>,
  { workspaceId, conversationIds }: { workspaceId: string; conversationIds: readonly string[] },
): Promise<void> {
  const writing = after({ wake: true, send: true, conversation: conversationIds });
  const how = { cause: 'contact', actor: 'system' } as const;
  await returnParked(writing, { workspaceId, conversationIds, ...how });
}

/** Answers in how many milliseconds the next one comes back by time; null: none does. */
export async function returnParkedDue(desk: Desk, workspaceId: string): Promise<number | null> {
  let back: string[] = [];
  await commitOne(desk, workspaceId, async (after) => {
    const writing = after({
      wake: () => back.length > 0,
      send: () => back.length > 0,
      conversation: () => back,
    });
    back = await returnDue(writing, workspaceId);
  });
  return readNextReturn(desk.db, workspaceId);
}
