// An agent accepts or declines what is offered to them: explicitly, or by answering the contact (routing.md, offers).
import { Refused } from '../errors.ts';
import { refusals } from '../routing/exclusions.ts';
import { confirmAssignmentRow } from '../store/assignments.ts';
import { appendConversationEvent } from '../store/conversation-events.ts';
import { type LockedConversation, lockConversation } from '../store/conversations.ts';
import { findLastOffer, type LastOffer, noteDeclineReason } from '../store/offers.ts';
import type { Tx } from '../store/tx.ts';
import { type After, commit } from './commit.ts';
import type { Desk } from './context.ts';
import { greetAssigned } from './greet-assigned.ts';
import { givenBack, undo } from './requeue-conversation.ts';

export interface Offer {
  workspaceId: string;
  conversationId: string;
  agentId: string;
}

/**
 * Accepting it twice changes nothing. Refuses `conversation.not-found`, `conversation.not-offered` and
 * `conversation.offer-late`.
 */
export async function acceptOffer(desk: Desk, offer: Offer): Promise<void> {
  await commit(desk, offer.workspaceId, async (tx, after) => {
    const { conversation, last } = await lockOffer(tx, offer);
    if (last.state === 'confirmed') return;
    refuseOver(last, conversation);
    await confirm(after, { offer, assignmentId: last.assignmentId, byAnswering: false });
  });
}

/**
 * Back to its old rank, for somebody else. Refuses `conversation.not-found`,
 * `conversation.not-offered` and `conversation.offer-late`.
 */
export async function declineOffer(
  desk: Desk,
  { reason, ...offer }: Offer & { reason: string | null },
): Promise<void> {
  await commit(desk, offer.workspaceId, async (tx, after) => {
    const { conversation, last } = await lockOffer(tx, offer);
    if (last.state === 'confirmed') {
      throw new Refused('conversation.not-offered', 'It was accepted before, so it stays.');
    }
    refuseOver(last, conversation);
    const { assignmentId } = last;
    const { agentId } = offer;
    const writing = after(givenBack(offer));
    if (reason !== null) await noteDeclineReason(writing, { ...offer, assignmentId, reason });
    const data = { agentId, assignmentId, reason };
    const told = { ...offer, type: 'conversation.declined' as const, data };
    await appendConversationEvent(writing, told);
    const ended = { reason: refusals.declined, excludeAgent: true, holdMs: 0 };
    await undo(writing, { ...offer, ...ended }, conversation);
  });
}

/**
 * With the conversation locked. An answer that has reached the contact accepts while the agent
 * still has it, however late it came.
 */
export async function acceptByAnswering(
  tx: Tx,
  after: After<Tx>,
  { conversation, ...offer }: Offer & { conversation: LockedConversation },
): Promise<void> {
  const { state, agentId, offeredUntil } = conversation;
  if (state !== 'assigned' || offeredUntil === null || agentId !== offer.agentId) return;
  const last = await findLastOffer(tx, offer);
  if (last?.state !== 'pending') return;
  await confirm(after, { offer, assignmentId: last.assignmentId, byAnswering: true });
}

/** As acceptByAnswering, where the answer was stored before. */
export async function acceptAnswered(desk: Desk, offer: Offer): Promise<void> {
  await commit(desk, offer.workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, offer);
    if (conversation !== null) await acceptByAnswering(tx, after, { ...offer, conversation });
  });
}

/** The last that this agent was offered of it, which may be over; refuses what never was. */
async function lockOffer(
  tx: Tx,
  offer: Offer,
): Promise<{ conversation: LockedConversation; last: LastOffer }> {
  const conversation = await lockConversation(tx, offer);
  if (conversation === null) throw new Refused('conversation.not-found');
  const last = await findLastOffer(tx, offer);
  const isTheirs = conversation.agentId === offer.agentId && conversation.state === 'assigned';
  const stands = isTheirs && (last?.state === 'pending' || last?.state === 'confirmed');
  if (last !== null && stands) return { conversation, last };
  if (last?.endReason === refusals.missed) throw new Refused('conversation.offer-late');
  throw new Refused('conversation.not-offered', whyNot(conversation, last));
}

function whyNot({ state, agentName }: LockedConversation, last: LastOffer | null): string {
  if (state === 'closed') return 'The conversation has ended.';
  if (last?.endReason === refusals.declined) return 'You have declined it.';
  if (agentName !== null) return `${agentName} has it.`;
  return 'It waits for another agent.';
}

/** The deadline holds also before anybody has taken it back. */
function refuseOver(
  { state }: LastOffer,
  { offeredUntil, now }: Pick<LockedConversation, 'offeredUntil' | 'now'>,
): void {
  if (state === 'pending' && offeredUntil !== null && offeredUntil <= now) {
    throw new Refused('conversation.offer-late');
  }
}

async function confirm(
  after: After<Tx>,
  args: { offer: Offer; assignmentId: string; byAnswering: boolean },
): Promise<void> {
  const { offer, assignmentId, byAnswering } = args;
  const writing = after({ send: true, conversation: offer.conversationId });
  await confirmAssignmentRow(writing, { ...offer, assignmentId });
  const data = { agentId: offer.agentId, assignmentId, byAnswering };
  await appendConversationEvent(writing, { ...offer, type: 'conversation.accepted', data });
  await greetAssigned(after, offer);
}
