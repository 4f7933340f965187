// Whoever was handed a conversation gives it back to who handed it over, where that agent is there and has room.
import type { Acting } from '../access/acting.ts';
import { Refused } from '../errors.ts';
import { type AgentRow, getAgent } from '../store/agents.ts';
import { type LockedConversation, lockConversation } from '../store/conversations.ts';
import { listGroups } from '../store/groups.ts';
import type { Before } from '../store/move-conversation.ts';
import { settleReleased } from '../store/roster.ts';
import type { Tx } from '../store/tx.ts';
import { appendNote } from './append-note.ts';
import { type Assigning, assigned, moveTo } from './assign-conversation.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { greetAssigned } from './greet-assigned.ts';
import { hasRoom, wordHeld } from './judge-room.ts';
import { refuseBystander } from './refuse-bystander.ts';

const REMEDY =
  'Put it back into the queue instead: POST /api/v1/conversations/{id}/requeue. A supervisor may send "force": true.';

/**
 * With the team and the skills that it had before. Refuses `conversation.not-found`, `conversation.closed`,
 * `conversation.not-assigned`, `conversation.held-by-another`, `conversation.not-returnable`,
 * `conversation.sender-unavailable` and `agent.unknown-to-channel`.
 */
export async function returnConversation(
  desk: Desk,
  args: Omit<Assigning, 'agentId'> & { acting: Acting; note: string | null },
): Promise<void> {
  const { workspaceId, conversationId, acting, note, force } = args;
  await commitLocked(desk, workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, args);
    const agentId = findSender(conversation, acting);
    const assigning = { ...args, agentId };
    const writing = after(assigned(assigning));
    // What has ended must not count against the sender.
    await settleReleased(writing, workspaceId);
    const agent = await getAgent(tx, { workspaceId, agentId });
    if (agent === null) throw notReturnable('Who handed it over is no agent any more.');
    if (!force) refuseUnavailable(agent, conversation as LockedConversation);
    const said = { writerId: acting.agentId, mark: 'transfer', text: note } as const;
    await appendNote(after, { workspaceId, conversationId, ...said, toAgentIds: [agentId] });
    const moved = { conversation: conversation as LockedConversation, agent };
    const before = await standing(tx, workspaceId, moved.conversation.transfer?.before);
    await moveTo(writing, assigning, {
      ...moved,
      how: 'given-back',
      note,
      giverId: acting.agentId,
      before,
    });
    await greetAssigned(after, args);
  });
}

/** Without the teams and skills that there are no more: nobody could be given what asks for them. */
async function standing(
  tx: Tx,
  workspaceId: string,
  before: Before | undefined,
): Promise<Before | undefined> {
  if (before === undefined) return undefined;
  const teams = (await listGroups(tx, 'team', workspaceId)).map(({ id }) => id);
  const skills = (await listGroups(tx, 'skill', workspaceId)).map(({ id }) => id);
  const kept = <T extends { teamId: string | null; skillIds: readonly string[] }>(
    wanted: T,
  ): T => ({
    ...wanted,
    teamId: wanted.teamId !== null && teams.includes(wanted.teamId) ? wanted.teamId : null,
    skillIds: wanted.skillIds.filter((id) => skills.includes(id)),
  });
  return { ...kept(before), route: { ...before.route, asked: kept(before.route.asked) } };
}

function findSender(conversation: LockedConversation | null, acting: Acting): string {
  if (conversation === null) throw new Refused('conversation.not-found');
  if (conversation.state === 'closed') throw new Refused('conversation.closed');
  refuseBystander(conversation, acting);
  const { agentId, transfer } = conversation;
  if (agentId === null) throw new Refused('conversation.not-assigned');
  const from = transfer?.fromAgentId ?? null;
  if (from === null || from === agentId) throw notReturnable('No agent has handed it over.');
  return from;
}

/** Whom the router could not give it either is not surprised with it. */
function refuseUnavailable(agent: AgentRow, conversation: LockedConversation): void {
  const { name, availability } = agent;
  if (availability !== 'online') {
    throw new Refused('conversation.sender-unavailable', `${name} is ${availability}. ${REMEDY}`);
  }
  if (hasRoom(agent, conversation)) return;
  const full = `${name} has no room: ${wordHeld(agent, conversation)}.`;
  throw new Refused('conversation.sender-unavailable', `${full} ${REMEDY}`);
}

function notReturnable(why: string): Refused {
  return new Refused('conversation.not-returnable', `${why} Transfer it, or requeue it.`);
}
