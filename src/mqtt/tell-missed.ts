// Tells an agent's client that the time to accept is over, and whether the agent is away because of it.
import type { WebConversationFacts } from '../contract/webchat.ts';
import type { Change } from '../desk/change.ts';
import { agentControlTopicOf } from './topics.ts';
import type { Wire } from './wire.ts';

export function tellMissed(
  wire: Pick<Wire, 'publish'>,
  args: {
    workspaceId: string;
    batch: readonly Change[];
    views: ReadonlyMap<string, WebConversationFacts>;
  },
): void {
  const { workspaceId, batch, views } = args;
  for (const { id, missed } of batch) {
    const view = id === null ? undefined : views.get(id);
    if (view === undefined || missed === undefined) continue;
    const { sessionId, sessionTopic } = view;
    const { agentId, isAway: away } = missed;
    const told = { instruction: 'attendant/offer/missed', sessionId, sessionTopic, away };
    wire.publish(workspaceId, agentControlTopicOf(agentId), told, 1);
  }
}
