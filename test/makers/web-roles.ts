// Everybody who may come to web chat, in one workspace: who waits, who is served, who serves, and strangers.
import { createHmac } from 'node:crypto';
import { sendTranscripts, WITH_LOCAL_ENDPOINTS } from './send-transcripts.ts';
import { startTestUsher, type TestUsher } from './start-test-usher.ts';
import {
  type AgentClient,
  connectAgent,
  connectVisitor,
  connectWeb,
  type Login,
  type SessionAnswer,
  startSession,
  type WebClient,
} from './web-client.ts';

export const ROLES = [
  'waiting',
  'assigned',
  'guest',
  'verified',
  'holding',
  'idle',
  'supervisor',
  'service',
  'worker',
  'anonymous',
  'nobody',
] as const;
export type Role = (typeof ROLES)[number];

export interface RolesWorld {
  usher: TestUsher;
  /** Of the visitors with ids that they may not change. */
  sessions: Record<'waiting' | 'assigned' | 'guest' | 'verified', SessionAnswer>;
  agents: Record<'holding' | 'idle' | 'supervisor', string>;
  heldConversation: string;
  /** A new connection; null: the broker lets nobody in. */
  enter(role: Role, will?: Login['will']): Promise<WebClient | null>;
  /** What the role sends to the calls at the root. */
  tokens: Record<Role, string | null>;
}

const SECRET = 'widget-secret';

export async function makeRoles(): Promise<RolesWorld> {
  const usher = await startTestUsher({
    ATTENDANT_KEEP_ALIVE_TIME: '3600000',
    ...WITH_LOCAL_ENDPOINTS,
  });
  await sendTranscripts(usher);
  const agents = {
    holding: await connectAgent(usher, { name: 'Hanna', capacity: 1 }),
    idle: await connectAgent(usher, { name: 'Ida' }),
    supervisor: await connectAgent(usher, { name: 'Susi', role: 'supervisor' }),
  };
  const { sessions, heldConversation } = await makeVisitors(usher, agents.holding);
  const service = await makeToken(usher, 'supervisor');
  const worker = await makeToken(usher, 'agent');
  const loginOf = async (role: Role): Promise<Login | null> => {
    const { url } = sessions.guest.mqtt;
    if (role in sessions) {
      const { mqtt } = sessions[role as keyof typeof sessions];
      return { ...mqtt, clientId: crypto.randomUUID() };
    }
    if (role in agents) {
      const { token } = agents[role as keyof typeof agents];
      const { body } = await usher.call('POST', '/api/v1/session/mqtt', { token, body: {} });
      return body as Login;
    }
    if (role === 'service') return { url, username: 'service', password: service };
    if (role === 'worker') return { url, username: 'service', password: worker };
    return role === 'anonymous' ? { url } : null;
  };
  const passwordOf = (role: keyof typeof sessions) => sessions[role].mqtt.password;
  return {
    usher,
    sessions,
    agents: {
      holding: agents.holding.agentId,
      idle: agents.idle.agentId,
      supervisor: agents.supervisor.agentId,
    },
    heldConversation,
    enter: async (role, will) => {
      const login = await loginOf(role);
      return login && connectWeb({ ...login, ...(will && { will }) });
    },
    tokens: {
      ...{ waiting: passwordOf('waiting'), assigned: passwordOf('assigned') },
      ...{ guest: passwordOf('guest'), verified: passwordOf('verified') },
      ...{ holding: agents.holding.token, idle: agents.idle.token },
      ...{ supervisor: agents.supervisor.token, service, worker },
      ...{ anonymous: null, nobody: null },
    },
  };
}

async function makeToken(usher: TestUsher, role: string): Promise<string> {
  const made = await usher.call('POST', '/api/v1/tokens', { body: { name: role, role } });
  return (made.body as { token: string }).token;
}

/** The holding agent has room for one, and the others are not there. */
async function makeVisitors(usher: TestUsher, holding: AgentClient) {
  const makeChannel = async (body: object): Promise<string> => {
    const made = await usher.call('POST', '/api/v1/channels', {
      body: { kind: 'webchat', ...body },
    });
    return (made.body as { id: string }).id;
  };
  const keyedId = await makeChannel({ name: 'Shop', secrets: { widgetSecret: SECRET } });
  const channelId = await makeChannel({ name: 'Old', config: { anonymousVisitors: true } });
  const ask = async (body: object): Promise<SessionAnswer> => {
    const visitor = await connectVisitor(usher, body);
    const { customerId } = visitor.session;
    await visitor.say('server/sessions/request', { customerId, requestID: 'r1' });
    return visitor.session;
  };
  await holding.beat();
  const assigned = await ask({ channelId, customer: { id: 'c-assigned' } });
  await holding.receives();
  const waiting = await ask({ channelId, customer: { id: 'c-waiting' } });
  const identityHash = createHmac('sha256', SECRET).update('c-verified').digest('hex');
  const customer = { id: 'c-verified' };
  const verified = await ask({ channelId: keyedId, customer, identityHash });
  const guest = await startSession(usher, { channelId });
  const [held] = await usher.conversations('assigned');
  return {
    sessions: { waiting, assigned, verified, guest },
    heldConversation: held?.id ?? '',
  };
}
