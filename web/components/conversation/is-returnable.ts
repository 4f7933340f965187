// How a conversation came to whoever has it, and whether it can go back.
import type { Conversation } from '../../api/shapes.ts';

/** There is an agent to whom it can be given back. */
export function isReturnable({ state, transfer, agentId }: Conversation): boolean {
  const from = transfer?.fromAgentId ?? null;
  return (state === 'assigned' || state === 'parked') && from !== null && from !== agentId;
}

/** This agent has it because somebody else gave it. */
export function wasHandedTo(
  { state, transfer, agentId }: Conversation,
  ownId: string | null,
): boolean {
  const isMine = state === 'assigned' && agentId !== null && agentId === ownId;
  return isMine && transfer !== null && transfer.by !== `agent:${ownId}`;
}
