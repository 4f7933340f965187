// An agent's client answers what it was assigned: it accepts or declines an offer (chimp-assist.md §5).
import { readAcceptance } from '../channels/webchat/read.ts';
import { acceptOffer, declineOffer } from '../desk/answer-offer.ts';
import { Refused } from '../errors.ts';
import { type AgentCall, findBySession } from './agent-publishes.ts';
import type { Fields, Taken } from './publishing.ts';
import { agentControlTopicOf } from './topics.ts';

/** MQTT 3.1.1 has no negative answer to a publish, so the reason is told on the agent's control topic. */
export async function takeAcceptance(call: AgentCall, fields: Fields): Promise<Taken> {
  const { means, agent } = call;
  const { workspaceId, agentId } = agent;
  const { attendantId, sessionId, accepted, reason } = readAcceptance(fields);
  if (attendantId !== agentId) return 'forbidden';
  const view = await findBySession(means, { workspaceId, sessionId });
  if (view === null) return { ignored: 'there is no such session' };
  const offer = { workspaceId, conversationId: view.conversationId, agentId };
  try {
    if (accepted) await acceptOffer(means.desk, offer);
    else await declineOffer(means.desk, { ...offer, reason });
    return 'taken';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // Clients of the original answer every assignment, also one that was no offer.
    const isFormality = accepted && view.state === 'assigned' && view.agentId === agentId;
    if (isFormality && error.code === 'conversation.not-offered') return 'taken';
    const { code, message: text } = error;
    const told = { instruction: 'attendant/offer/refused', sessionId, code, reason: text };
    means.wire.publish(workspaceId, agentControlTopicOf(agentId), told, 1);
    return { ignored: text };
  }
}
