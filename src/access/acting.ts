// Who acts in a conversation that an agent has: that agent, and supervisors. Pure.
import { can, type Rights } from './can.ts';

export interface Acting {
  /** null: no agent. */
  agentId: string | null;
  /** May act in what a colleague has, without taking it over. */
  directs: boolean;
}

export function actingOf({ agentId, ...rights }: Rights & { agentId: string | null }): Acting {
  return { agentId, directs: can(rights, 'conversations.force') };
}

/**
 * Whether they may close, transfer or requeue it. A conversation that no agent has is open to
 * everybody who sees it.
 */
export function mayActIn({ agentId, directs }: Acting, holder: string | null): boolean {
  return directs || holder === null || holder === agentId;
}
