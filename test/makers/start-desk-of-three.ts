// Ana has a web chat; Budi, Cici and the supervisor Susi are there for it, each with a client of their own.
import type { Conversation } from '../../src/contract/conversation.ts';
import type { EventType } from '../../src/contract/event-types.ts';
import type { Message } from '../../src/contract/messages.ts';
import { startTestUsher } from './start-test-usher.ts';
import { type AgentClient, connectAgent, connectVisitor } from './web-client.ts';

export interface Told {
  type: EventType;
  data: Record<string, unknown>;
}

export async function startDeskOfThree(environment: Record<string, string> = {}) {
  const usher = await startTestUsher({ ATTENDANT_KEEP_ALIVE_TIME: '3600000', ...environment });
  const ana = await connectAgent(usher, { name: 'Ana' });
  await ana.beat();
  const visitor = await connectVisitor(usher);
  const { customerId } = visitor.session;
  await visitor.say('server/sessions/request', { customerId, requestID: 'r1' });
  const { sessionTopic } = await ana.receives();
  const budi = await connectAgent(usher, { name: 'Budi', capacity: 1 });
  const cici = await connectAgent(usher, { name: 'Cici' });
  const susi = await connectAgent(usher, { name: 'Susi', role: 'supervisor' });
  const [conversation] = await usher.conversations('assigned');
  const id = conversation?.id ?? '';
  const path = `/api/v1/conversations/${id}`;
  const as = (who: AgentClient | null, method: string, below: string, body?: unknown) =>
    usher.call(method, `${path}${below}`, { ...(who && { token: who.token }), body });
  return {
    ...{ usher, ana, budi, cici, susi, visitor, sessionTopic, id, path, as },
    read: async (who: AgentClient | null = null) => (await as(who, 'GET', '')).body as Conversation,
    messages: async (who: AgentClient | null = null) =>
      ((await as(who, 'GET', '/messages')).body as { items: Message[] }).items,
    events: async () => ((await as(null, 'GET', '/events')).body as { items: Told[] }).items,
    setAgent: (who: AgentClient, body: object) =>
      usher.call('PATCH', `/api/v1/agents/${who.agentId}`, { body }),
  };
}
