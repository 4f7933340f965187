// What a colleague has is the colleague's: whoever wants to act in it takes it over first, which is on record.
import { type Acting, mayActIn } from '../access/acting.ts';
import { Refused } from '../errors.ts';

export interface Holder {
  agentId: string | null;
  agentName: string | null;
}

/** `acting`: null is nobody at work, but an outside system or a rule. Refuses `conversation.held-by-another`. */
export function refuseBystander(holder: Holder, acting: Acting | null): void {
  if (acting !== null && !mayActIn(acting, holder.agentId)) throw heldByAnother(holder);
}

export function heldByAnother({ agentName }: Pick<Holder, 'agentName'>): Refused {
  return new Refused(
    'conversation.held-by-another',
    `${agentName ?? 'Another agent'} has this conversation. Take it over first: POST /api/v1/conversations/{id}/take-over. A note can be made all the same.`,
  );
}
