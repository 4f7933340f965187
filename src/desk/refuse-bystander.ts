// Refuses to act in a conversation that a colleague has: taking it over comes first, and is on record.
import { type Acting, mayActIn } from '../access/acting.ts';
import { Refused } from '../errors.ts';

export interface Holder {
  agentId: string | null;
  agentName: string | null;
}

/**
 * `acting`: null is no person, but an outside system or a rule. Refuses
 * `conversation.held-by-another`.
 */
export function refuseBystander(holder: Holder, acting: Acting | null): void {
  if (acting !== null && !mayActIn(acting, holder.agentId)) throw heldByAnother(holder);
}

export function heldByAnother({ agentName }: Pick<Holder, 'agentName'>): Refused {
  return new Refused(
    'conversation.held-by-another',
    `${agentName ?? 'Another agent'} has this conversation. Take it over first: POST /api/v1/conversations/{id}/take-over. You can add a note without that.`,
  );
}
