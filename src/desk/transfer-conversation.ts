// A conversation is given to an agent, to a team, to whoever has skills, or into a plan.
import type { Static } from 'typebox';
import type { Acting } from '../access/acting.ts';
import type { Transfer } from '../contract/conversation.ts';
import { Refused } from '../errors.ts';
import { takeOverConversation, transferToAgent } from './assign-conversation.ts';
import type { Desk } from './context.ts';
import { transferToPlan, transferToTeam } from './requeue-conversation.ts';

export interface Transferring {
  workspaceId: string;
  conversationId: string;
  actor: string;
  acting: Acting;
  to: Static<typeof Transfer>;
  /** May have it transferred to themselves, whoever has it: a transfer to oneself is a take-over. */
  takesOver: boolean;
}

/** Refuses `request.invalid`, `role.insufficient`, and as the verb of each destination does. */
export async function transferConversation(desk: Desk, transferring: Transferring): Promise<void> {
  const { to, takesOver, ...rest } = transferring;
  const { acting, ...given } = rest;
  const note = readNote(to.note);
  if ('plan' in to) {
    await transferToPlan(desk, { ...rest, note, plan: to.plan });
    return;
  }
  if (!('agentId' in to)) {
    const { teamId, skillIds } = to;
    if (teamId === undefined && skillIds === undefined) {
      throw new Refused('request.invalid', 'Name an agentId, a teamId, skillIds or a plan.');
    }
    await transferToTeam(desk, { ...rest, note, teamId, skillIds });
    return;
  }
  const { agentId, force = false } = to;
  if (force && !acting.directs) throw new Refused('role.insufficient');
  if (agentId !== acting.agentId) {
    await transferToAgent(desk, { ...rest, note, agentId, force });
    return;
  }
  if (!takesOver) throw new Refused('role.insufficient');
  await takeOverConversation(desk, { ...given, note, agentId, force });
}

/** What is blank is no note. */
export function readNote(note: string | null | undefined): string | null {
  return note?.trim() || null;
}
