// Whoever has a conversation is typing: the contact is shown it. For programs, as bots are; the desk says it over MQTT.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { type Acting, actingOf } from '../access/acting.ts';
import { IdParams } from '../contract/shapes.ts';
import { Refused } from '../errors.ts';
import { getAgent } from '../store/agents.ts';
import { getConversation } from '../store/conversations.ts';
import { allow } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

export interface TypingMeans extends RouteMeans {
  /** forbidden: a colleague has it. */
  showTyping(typed: {
    workspaceId: string;
    conversationId: string;
    by: { agentId: string; name: string };
    acting: Acting;
    typing: boolean;
  }): Promise<'told' | 'forbidden'>;
}

const AgentTyping = Type.Object({ typing: Type.Boolean() }, { additionalProperties: false });

export const typingRoutes: FastifyPluginAsyncTypebox<TypingMeans> = async (
  app,
  { desk, showTyping },
) => {
  app.post(
    '/api/v1/conversations/:id/typing',
    {
      onRequest: allow(desk, 'conversations.work'),
      schema: {
        ...{ tags: ['conversations'], params: IdParams, body: AgentTyping },
        response: { 204: Type.Null() },
        description:
          'The agent or bot that has it is typing, or has stopped. A web chat shows it for some seconds, so say it again while it lasts; it ends with the next message. The program of an API channel gets the update `typing`. Other channels cannot show it. It is kept nowhere.',
      },
    },
    async ({ actor, params: { id: conversationId }, body: { typing } }, reply) => {
      const { workspaceId, agentId } = actor;
      const conversation = await getConversation(desk.db, { workspaceId, conversationId });
      if (conversation === null) throw new Refused('conversation.not-found');
      if (agentId === null) {
        throw new Refused('request.invalid', 'Only an agent types: this token is of none.');
      }
      if (conversation.state === 'closed') throw new Refused('conversation.closed');
      const agent = await getAgent(desk.db, { workspaceId, agentId });
      if (agent === null) throw new Refused('agent.not-found');
      const by = { agentId, name: agent.name };
      const acting = actingOf(actor);
      const told = await showTyping({ workspaceId, conversationId, by, acting, typing });
      if (told === 'forbidden') {
        const isHeld = conversation.agentId !== null;
        throw new Refused(isHeld ? 'conversation.held-by-another' : 'conversation.not-assigned');
      }
      return reply.code(204).send(null);
    },
  );
};
