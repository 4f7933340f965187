// Asks Qiscus which agents suit a room's channel, when neither the webhook nor the list of agents says so (qiscus.md §5.10).

import type { PendingAssignment } from '../../store/assignments.ts';
import type { Delivery } from '../../store/delivery-claims.ts';
import type { QiscusClient } from './client.ts';
import type { Failure } from './types.ts';

/**
 * `later`: ask again. Without any answer the agent counts as fit: a wrong agent is better than none
 * for ever.
 */
export type ChannelFit = { fit: 'yes' } | { fit: 'no' } | { fit: 'later'; failure: Failure };

/** If every failure asked again, an account without this call would assign nothing. */
const MAX_QUESTIONS = 3;

export async function askChannelFit(
  client: Pick<QiscusClient, 'agentsForRoom'>,
  { delivery, pending, agent }: { delivery: Delivery; pending: PendingAssignment; agent: string },
): Promise<ChannelFit> {
  // Qiscus does not offer an agent who may be in the room already.
  const mayBeThere = delivery.uncertain || pending.remoteAgentId === pending.agentId;
  if (pending.channelFitIsKnown || mayBeThere) return { fit: 'yes' };
  if (delivery.attempts > MAX_QUESTIONS) return { fit: 'yes' };
  const offered = await client.agentsForRoom(pending.externalId);
  if (offered.ok) {
    // Availability comes from the list of all agents, not from this one.
    return { fit: offered.value.some(({ externalId }) => externalId === agent) ? 'yes' : 'no' };
  }
  const { failure } = offered;
  const isPassing = failure.kind === 'unavailable' || failure.kind === 'unknown';
  return isPassing ? { fit: 'later', failure } : { fit: 'yes' };
}
