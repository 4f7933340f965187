// Working on a conversation together, over HTTP: asking colleagues, whispering, giving it back.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { actingOf } from '../access/acting.ts';
import { can } from '../access/can.ts';
import { BotHandover } from '../contract/bots.ts';
import { Consult, EndConsult, Return, Whisper } from '../contract/consult.ts';
import { Conversation } from '../contract/conversation.ts';
import { Id, IdParams } from '../contract/shapes.ts';
import { consultAgents, endConsult } from '../desk/consult-agents.ts';
import { handOverFromBot } from '../desk/hand-over-from-bot.ts';
import { listPlanNames } from '../desk/refuse-unknown-plan.ts';
import { returnConversation } from '../desk/return-conversation.ts';
import { readNote } from '../desk/transfer-conversation.ts';
import { whisper } from '../desk/whisper.ts';
import { Refused } from '../errors.ts';
import { countOthersInPlans } from '../store/plan-figures.ts';
import { allow } from './authenticate.ts';
import { readConversation } from './read-conversation.ts';
import type { RouteMeans } from './route-means.ts';

const MOST_COUNTED = 1000;
const Plans = Type.Object({
  items: Type.Array(
    Type.Object({
      name: Type.String(),
      waiting: Type.Integer({ description: `How many wait in it, up to ${MOST_COUNTED}.` }),
    }),
  ),
});

export const consultingRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const work = allow(desk, 'conversations.work');
  const tags = ['conversations'];
  const response = { 200: Conversation };

  app.get(
    '/api/v1/plans',
    {
      onRequest: allow(desk, 'queue.read'),
      schema: {
        tags: ['queue'],
        description:
          'Of the policy in force, by name: into which a conversation can be transferred.',
        response: { 200: Plans },
      },
    },
    async ({ actor: { workspaceId } }) => {
      const plans = await listPlanNames(desk.db, workspaceId);
      const asked = { workspaceId, plans, most: MOST_COUNTED, without: [] };
      const counts = await countOthersInPlans(desk.db, asked);
      return { items: plans.map((name) => ({ name, waiting: counts.get(name) ?? 0 })) };
    },
  );
  app.post(
    '/api/v1/conversations/:id/return',
    {
      onRequest: work,
      schema: {
        tags,
        description:
          'Back to the agent who handed it over, or from whom it was taken, with what it asked for before. 409 conversation.sender-unavailable when that agent is away or full.',
        params: IdParams,
        body: Type.Optional(Type.Union([Return, Type.Null()])),
        response,
      },
    },
    async ({ actor, params: { id: conversationId }, body }) => {
      const { workspaceId, name } = actor;
      const force = body?.force ?? false;
      if (force && !can(actor, 'conversations.force')) throw new Refused('role.insufficient');
      const note = readNote(body?.note);
      const acting = actingOf(actor);
      const args = { workspaceId, conversationId, actor: name, acting, force, note };
      await returnConversation(desk, args);
      return readConversation(desk, actor, conversationId);
    },
  );
  app.post(
    '/api/v1/conversations/:id/handover',
    {
      onRequest: work,
      schema: {
        tags,
        description:
          'A bot gives it to people: it waits at its old rank, with a note of why and of what the bot has found out, and that bot is not given it again. For the bot that has it, and for supervisors.',
        params: IdParams,
        body: BotHandover,
        response,
      },
    },
    async ({ actor, params: { id: conversationId }, body: handover }) => {
      const { workspaceId, name } = actor;
      const acting = actingOf(actor);
      await handOverFromBot(desk, { workspaceId, conversationId, actor: name, acting, handover });
      return readConversation(desk, actor, conversationId);
    },
  );
  app.post(
    '/api/v1/conversations/:id/consult',
    {
      onRequest: work,
      schema: {
        tags,
        description:
          'Asks agents to read along and to write notes, at most five at a time. They see it while somebody has it, write nothing to the contact, and it takes none of their capacity.',
        params: IdParams,
        body: Consult,
        response,
      },
    },
    async ({ actor, params: { id: conversationId }, body }) => {
      const { workspaceId, name } = actor;
      const { agentIds } = body;
      const asking = { workspaceId, conversationId, actor: name, acting: actingOf(actor) };
      await consultAgents(desk, { ...asking, agentIds, note: readNote(body.note) });
      return readConversation(desk, actor, conversationId);
    },
  );
  app.post(
    '/api/v1/conversations/:id/end-consult',
    {
      onRequest: work,
      schema: {
        tags,
        description:
          'Whoever has the conversation, or a supervisor, thanks the agent; an agent who was asked leaves.',
        params: IdParams,
        body: Type.Optional(Type.Union([EndConsult, Type.Null()])),
        response: { 204: Type.Null() },
      },
    },
    async ({ actor, params: { id: conversationId }, body }, reply) => {
      const { workspaceId, name } = actor;
      const agentId = body?.agentId ?? actor.agentId;
      if (agentId === null) {
        throw new Refused('request.invalid', 'Name the agentId: this token is of no agent.');
      }
      const ending = { workspaceId, conversationId, actor: name, acting: actingOf(actor) };
      await endConsult(desk, { ...ending, agentId });
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/conversations/:id/whisper',
    {
      onRequest: allow(desk, 'conversations.whisper'),
      schema: {
        tags,
        description:
          'A note to whoever has it. Agents alone see it; no channel, export or webhook is given its text.',
        params: IdParams,
        body: Whisper,
        response: { 201: Type.Object({ messageId: Id }) },
      },
    },
    async ({ actor, params: { id: conversationId }, body: { text } }, reply) => {
      const { workspaceId, name, agentId: writerId } = actor;
      const said = { workspaceId, conversationId, writerId, actor: name, text };
      return reply.code(201).send({ messageId: await whisper(desk, said) });
    },
  );
};
