// Asks Qiscus whom a room's channel suits, where neither the webhook nor the list of agents told it (qiscus.md §5.10).

import type { PendingAssignment } from '../../store/assignments.ts';
import type { Delivery } from '../../store/delivery-claims.ts';
import type { QiscusClient } from './client.ts';
import type { Failure } from './types.ts';

/** `later`: ask again. No answer at all counts as fit: a wrong agent is better than none for ever. */
export type ChannelFit = { fit: 'yes' } | { fit: 'no' } | { fit: 'later'; failure: Failure };

/** Asking again for every failure would make an account without this call assign nothing. */
const MAX_QUESTIONS = 3;

export async function askChannelFit(
  client: Pick<QiscusClient, 'agentsForRoom'>,
  { delivery, pending, agent }: { delivery: Delivery; pending: PendingAssignment; agent: string },
): Promise<ChannelFit> {
  // An agent who may be in the room already is not offered for it.
  const mayBeThere = delivery.uncertain || pending.remoteAgentId === pending.agentId;
  if (pending.channelFitIsKnown || mayBeThere) return { fit: 'yes' };
  if (delivery.attempts > MAX_QUESTIONS) return { fit: 'yes' };
  const offered = await client.agentsForRoom(pending.externalId);
  if (offered.ok) {
    // Whether they are available is for the list of all agents to say.
    return { fit: offered.value.some(({ externalId }) => externalId === agent) ? 'yes' : 'no' };
  }
  const { failure } = offered;
  const isPassing = failure.kind === 'unavailable' || failure.kind === 'unknown';
  return isPassing ? { fit: 'later', failure } : { fit: 'yes' };
}
