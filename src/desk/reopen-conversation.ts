// Opens what was closed again: to the agent who had the conversation, or to the queue.
import type { Acting } from '../access/acting.ts';
import { canReopen, channelKinds } from '../contract/channel-kinds.ts';
import { Refused } from '../errors.ts';
import { askedBefore } from '../routing/exclusions.ts';
import { needsKey } from '../routing/needs-key.ts';
import { getAgent } from '../store/agents.ts';
import { reopenRow } from '../store/change-conversations.ts';
import { UNIQUE_VIOLATION } from '../store/constraint-codes.ts';
import { getContact } from '../store/contacts.ts';
import { type LockedConversation, lockConversation } from '../store/conversations.ts';
import { settleReleased } from '../store/roster.ts';
import type { RoutingTx, Tx } from '../store/tx.ts';
import { isVisitorReachable, reviveWebConversation } from '../store/web-presence.ts';
import { endWrapUps } from '../store/wrap-ups.ts';
import { claimFor } from './assign-conversation.ts';
import { type After, commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { greetAssigned } from './greet-assigned.ts';
import { hasRoom } from './judge-room.ts';
import { refuseBystander } from './refuse-bystander.ts';

/** Until then it is as if it had never been closed; later its plan begins anew. */
const UNDO_MS = 30_000;

/**
 * Refuses `conversation.not-found`, `conversation.held-by-another`, `conversation.not-closed`, `contact.blocked`,
 * `conversation.closed-elsewhere`, `conversation.visitor-gone` and `conversation.superseded`. An agent who is now full
 * or gone does not get it back, nor, after a while, one who is not online: then it waits at its old rank.
 */
export async function reopenConversation(
  desk: Desk,
  args: { workspaceId: string; conversationId: string; actor: string; acting: Acting },
): Promise<void> {
  const { workspaceId } = args;
  await commitLocked(desk, workspaceId, async (tx, after) => {
    const { conversationId } = args;
    const writing = after({ wake: true, send: true, conversation: conversationId });
    // What goes on is not wrapped up any more, and its agent may have it back.
    await endWrapUps(after({ wake: true, agent: null }), { workspaceId, conversationId });
    await settleReleased(writing, workspaceId);
    const conversation = await lockConversation(tx, args);
    if (conversation === null) throw new Refused('conversation.not-found');
    refuseBystander(conversation, args.acting);
    if (conversation.closedAt === null) throw new Refused('conversation.not-closed');
    const contact = await getContact(tx, { workspaceId, contactId: conversation.contactId });
    if (contact?.blockedAt != null) throw new Refused('contact.blocked');
    // The outside system has been told that it ended, and that cannot be taken back.
    if (!canReopen(conversation.channelKind)) throw new Refused('conversation.closed-elsewhere');
    const late = conversation.now.getTime() - conversation.closedAt.getTime() > UNDO_MS;
    if (late) await refuseUnreachable(tx, workspaceId, conversation);
    const remote = channelKinds[conversation.channelKind].desk === 'remote';
    const askedAgentIds = askedBefore(conversation.exclusions);
    const key = needsKey({ ...conversation, remote, askedAgentIds });
    await reopenRow(writing, { ...args, needsKey: key, late }).catch(refuseSuperseded);
    await reviveWebConversation(tx, { ...args, late });
    await giveBack(after, { ...args, late }, conversation);
  });
}

/** To the agent who had it, if they may have it now. */
async function giveBack(
  after: After<RoutingTx>,
  args: { workspaceId: string; conversationId: string; actor: string; late: boolean },
  conversation: LockedConversation,
): Promise<void> {
  const { workspaceId, conversationId, actor, late } = args;
  const tx = after({});
  const { agentId } = conversation;
  const agent = agentId === null ? null : await getAgent(tx, { workspaceId, agentId });
  if (agent === null || agentId === null || !hasRoom(agent, conversation)) return;
  if (late && agent.availability !== 'online') return;
  const claiming = after({ send: true, conversation: conversationId, agent: agentId });
  await claimFor(claiming, { ...args, agentId, force: false, actor }, { conversation, agent });
  await greetAssigned(after, args);
}

/** A visitor whose sessions are all over would never see it. */
async function refuseUnreachable(
  tx: Tx,
  workspaceId: string,
  conversation: LockedConversation,
): Promise<void> {
  const { channelKind, channelId, externalId: customerId } = conversation;
  if (channelKinds[channelKind].visitors !== 'here') return;
  if (await isVisitorReachable(tx, { workspaceId, channelId, customerId })) return;
  throw new Refused('conversation.visitor-gone');
}

function refuseSuperseded(error: { code?: string }): never {
  if (error.code === UNIQUE_VIOLATION) throw new Refused('conversation.superseded');
  throw error;
}
