// What HTTP needs of what goes over MQTT: who a token belongs to, with what to connect, and where.
import { randomBytes } from 'node:crypto';
import { can } from '../access/can.ts';
import type { WebChatDoor } from '../channels/webchat/webchat-means.ts';
import type { Config } from '../config.ts';
import type { Shown } from '../contract/webchat.ts';
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import { identify } from '../desk/make-token.ts';
import type { MqttLogin } from '../http/mqtt-login.ts';
import { type AgentProved, findVisitor, makeAgentToken, readAgentToken } from '../mqtt/identity.ts';
import { baseTopicOf } from '../mqtt/topics.ts';
import { noteWebClient } from '../store/web-clients.ts';

interface Means {
  config: Config;
  desk: Desk;
  directory: ChannelDirectory;
  /** Without a slash at the end. */
  publicUrl: () => string;
}

/** `key`: with which the tokens of agents are signed. */
export function makeWebChatDoor(
  means: Means,
  { key, ...doors }: { key: Uint8Array } & Pick<WebChatDoor, 'placeOf' | 'presenceOf'>,
): WebChatDoor {
  const { config, desk } = means;
  return {
    findCaller: async (token) => {
      const caller = await findCaller(means, key, token);
      if (caller !== null) await desk.gate.enter(caller.workspaceId);
      return caller;
    },
    ...doors,
    noteClient: async ({ workspaceId, sessionId }, clientId) =>
      config.MQTT_URL !== undefined && noteWebClient(desk.db, { workspaceId, sessionId, clientId }),
    mqttUrl: () => mqttUrlOf(means),
    baseTopicOf: (workspaceId) => baseTopicOf(workspaceId, config.MQTT_BASE_TOPIC),
    shown: readShown(config),
    agentKeepAliveMs: config.ATTENDANT_KEEP_ALIVE_TIME,
  };
}

async function findCaller(
  { desk, directory }: Pick<Means, 'desk' | 'directory'>,
  key: Uint8Array,
  token: string,
): ReturnType<WebChatDoor['findCaller']> {
  const visitor = await findVisitor({ desk, directory }, token);
  if (visitor !== null) return visitor;
  const agent = await readAgentToken({ desk, key }, token);
  if (agent !== null) return { ...agent, name: `agent:${agent.agentId}` };
  const actor = await identify(desk, token);
  return actor && can(actor, 'conversations.read') ? { kind: 'agent', ...actor } : null;
}

/** With what a signed-in agent's client connects. */
export async function makeLogin(
  means: Pick<Means, 'config' | 'desk' | 'publicUrl'>,
  key: Uint8Array,
  agent: AgentProved,
): ReturnType<MqttLogin['mqttLoginOf']> {
  const { token, expiresAt } = await makeAgentToken(key, agent, means.desk.clock.now());
  return {
    url: mqttUrlOf(means),
    clientId: `agent-${agent.agentId}-${randomBytes(4).toString('hex')}`,
    username: agent.agentId,
    password: token,
    baseTopic: baseTopicOf(agent.workspaceId, means.config.MQTT_BASE_TOPIC),
    expiresAt: expiresAt.toISOString(),
    presenceEveryMs: Math.floor(means.config.ATTENDANT_KEEP_ALIVE_TIME / 2),
  };
}

export function readShown(config: Config): Shown {
  const { SESSION_KEEP_ALIVE_TIME: keepAliveTTL, DEFAULT_ATTENDANT_AVATAR_URL: avatar } = config;
  return { keepAliveTTL, agentAvatarUrl: avatar ?? null };
}

function mqttUrlOf({ config, publicUrl }: Pick<Means, 'config' | 'publicUrl'>): string {
  return config.MQTT_PUBLIC_URL ?? `${publicUrl().replace(/^http/, 'ws')}/mqtt`;
}
