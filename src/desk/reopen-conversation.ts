// Takes a closing back while nobody has acted on it: to the agent who had the conversation, or to
// the queue.
import type { Acting } from '../access/acting.ts';
import { canReopen, channelKinds } from '../contract/channel-kinds.ts';
import { Refused } from '../errors.ts';
import { askedBefore } from '../routing/exclusions.ts';
import { needsKey } from '../routing/needs-key.ts';
import { getAgent } from '../store/agents.ts';
import { reopenRow } from '../store/change-conversations.ts';
import { UNIQUE_VIOLATION } from '../store/constraint-codes.ts';
import { lockConversation } from '../store/conversations.ts';
import { settleReleased } from '../store/roster.ts';
import { reviveWebConversation } from '../store/web-presence.ts';
import { endWrapUps } from '../store/wrap-ups.ts';
import { claimFor } from './assign-conversation.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { greetAssigned } from './greet-assigned.ts';
import { hasRoom } from './judge-room.ts';
import { refuseBystander } from './refuse-bystander.ts';

const UNDO_MS = 30_000;

/**
 * Refuses `conversation.not-found`, `conversation.held-by-another`, `conversation.not-closed`,
 * `conversation.closed-too-long-ago`, `conversation.closed-elsewhere` and
 * `conversation.superseded`. An agent who is now full or gone does not get it back: then it waits
 * at its old rank.
 */
export async function reopenConversation(
  desk: Desk,
  args: { workspaceId: string; conversationId: string; actor: string; acting: Acting },
): Promise<void> {
  const { workspaceId, actor } = args;
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
    // The outside system has been told that it ended, and that cannot be taken back.
    if (!canReopen(conversation.channelKind)) throw new Refused('conversation.closed-elsewhere');
    if (conversation.now.getTime() - conversation.closedAt.getTime() > UNDO_MS) {
      throw new Refused('conversation.closed-too-long-ago');
    }
    const remote = channelKinds[conversation.channelKind].desk === 'remote';
    const askedAgentIds = askedBefore(conversation.exclusions);
    const key = needsKey({ ...conversation, remote, askedAgentIds });
    await reopenRow(writing, { ...args, needsKey: key }).catch(refuseSuperseded);
    await reviveWebConversation(tx, args);
    const { agentId } = conversation;
    const agent = agentId === null ? null : await getAgent(tx, { workspaceId, agentId });
    if (agent === null || agentId === null || !hasRoom(agent, conversation)) return;
    const claiming = after({ send: true, conversation: conversationId, agent: agentId });
    await claimFor(claiming, { ...args, agentId, force: false, actor }, { conversation, agent });
    await greetAssigned(after, args);
  });
}

function refuseSuperseded(error: { code?: string }): never {
  if (error.code === UNIQUE_VIOLATION) throw new Refused('conversation.superseded');
  throw error;
}
