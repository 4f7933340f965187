// Who acts in a conversation that somebody has: whoever has it, and those who direct the others. Pure.
import { can, type Rights } from './can.ts';

export interface Acting {
  /** null: no agent. */
  agentId: string | null;
  /** Whatever a colleague has, without taking it over. */
  directs: boolean;
}

export function actingOf({ agentId, ...rights }: Rights & { agentId: string | null }): Acting {
  return { agentId, directs: can(rights, 'conversations.force') };
}

/** Whether they may close, transfer or requeue it. What nobody has is everybody's who sees it. */
export function mayActIn({ agentId, directs }: Acting, holder: string | null): boolean {
  return directs || holder === null || holder === agentId;
}
