// The credentials with which a signed-in agent's client connects to the broker.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { Refused } from '../errors.ts';
import { isBotAgent } from '../store/bots.ts';
import { allow } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

const Login = Type.Object({
  url: Type.String(),
  clientId: Type.String(),
  username: Type.String(),
  password: Type.String({ description: 'To be used before expiresAt; the connection may last.' }),
  baseTopic: Type.String({ description: 'Stands before every topic; empty: nothing does.' }),
  expiresAt: Type.String({ format: 'date-time' }),
  presenceEveryMs: Type.Integer({
    description: 'How often the client tells that the agent is there: twice within the lease.',
  }),
});

/** An agent, and how they proved who they are. */
export interface AgentProved {
  workspaceId: string;
  agentId: string;
  sessionId: string | null;
  tokenId: string | null;
}

export interface MqttLogin {
  mqttLoginOf(agent: AgentProved): Promise<Static<typeof Login>>;
}

export const mqttLoginRoutes: FastifyPluginAsyncTypebox<RouteMeans & MqttLogin> = async (
  app,
  { desk, mqttLoginOf },
) => {
  app.post(
    '/api/v1/session/mqtt',
    {
      onRequest: allow(desk, 'conversations.work'),
      schema: { tags: ['session'], response: { 200: Login } },
    },
    async ({ actor: { workspaceId, agentId, sessionId, tokenId } }) => {
      if (agentId === null) {
        throw new Refused('request.invalid', 'Only an agent connects so: this token is of none.');
      }
      if (await isBotAgent(desk.db, { workspaceId, agentId })) {
        const way =
          'A bot hears by its webhook and speaks by HTTP: POST …/conversations/{id}/messages.';
        throw new Refused('agent.is-bot', way);
      }
      return mqttLoginOf({ workspaceId, agentId, sessionId, tokenId });
    },
  );
};
