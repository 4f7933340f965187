// Takes back what nobody accepted in time, for somebody else; who misses several in a row becomes away.
import type { PolicyDocument } from '../contract/policy/document.ts';
import { eachAlone } from '../loops/each-alone.ts';
import { refusals } from '../routing/exclusions.ts';
import { appendConversationEvent } from '../store/conversation-events.ts';
import { lockConversation } from '../store/conversations.ts';
import { countMissedInARow, findLastOffer, listSoonOver } from '../store/offers.ts';
import type { RoutingTx } from '../store/tx.ts';
import { getPolicy } from '../store/workspaces.ts';
import type { Offer } from './answer-offer.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { givenBack, undo } from './requeue-conversation.ts';
import { setAway } from './set-away.ts';
import { agentChanged } from './update-agent.ts';

/** Answers in how many milliseconds the next offer is over; null: none stands. */
export async function endMissedOffers(desk: Desk, workspaceId: string): Promise<number | null> {
  const offers = await listSoonOver(desk.db, workspaceId);
  const over = offers.filter(({ leftMs }) => leftMs <= 0);
  await eachAlone(over, (one) => endMissed(desk, { workspaceId, ...one }));
  const [next] = offers.slice(over.length);
  return next?.leftMs ?? null;
}

/** Nothing happens when it was answered meanwhile. */
async function endMissed(desk: Desk, offer: Offer): Promise<void> {
  const { workspaceId, agentId } = offer;
  await commitLocked(desk, workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, offer);
    if (conversation?.state !== 'assigned' || conversation.agentId !== agentId) return;
    const { offeredUntil, now, plan } = conversation;
    if (offeredUntil === null || offeredUntil > now) return;
    const last = await findLastOffer(tx, offer);
    if (last?.state !== 'pending') return;
    const writing = after(givenBack(offer));
    let isAway = false;
    const { conversationId: id } = offer;
    after({ conversation: () => ({ id, missed: { agentId, isAway } }) });
    const before = await countMissedInARow(tx, { workspaceId, agentId, ...refusals });
    const inARow = before + 1;
    const data = { agentId, assignmentId: last.assignmentId, inARow };
    await appendConversationEvent(writing, { ...offer, type: 'conversation.missed', data });
    const ended = { reason: refusals.missed, excludeAgent: true, holdMs: 0 };
    await undo(writing, { ...offer, ...ended }, conversation);
    const most = await readMost(tx, { workspaceId, plan });
    if (most === null || inARow < most) return;
    isAway = await setAway(after(agentChanged({ agentId })), offer, 'missed-offers');
  });
}

/** After how many misses in a row an agent becomes away; null: however many. */
async function readMost(
  tx: RoutingTx,
  { workspaceId, plan }: { workspaceId: string; plan: string | null },
): Promise<number | null> {
  if (plan === null) return null;
  const { plans = [] } = (await getPolicy(tx, workspaceId)) as PolicyDocument;
  return plans.find(({ name }) => name === plan)?.offer?.misses ?? null;
}
