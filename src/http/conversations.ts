// Conversations over HTTP: lists, one, and the verbs of those who work on them.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { actingOf } from '../access/acting.ts';
import { type Action, type Actor, can } from '../access/can.ts';
import {
  Assign,
  Close,
  Conversation,
  Park,
  Requeue,
  TakeOver,
  Transfer,
} from '../contract/conversation.ts';
import { Decisions, Event } from '../contract/decisions.ts';
import { ConversationUpdate } from '../contract/inbox.ts';
import { Decline } from '../contract/offers.ts';
import { Id, IdParams } from '../contract/shapes.ts';
import { WhyNot } from '../contract/why-not.ts';
import { acceptOffer, declineOffer, type Offer } from '../desk/answer-offer.ts';
import { assignConversation, takeOverConversation } from '../desk/assign-conversation.ts';
import { changeConversation } from '../desk/change-conversation.ts';
import { closeConversation } from '../desk/close-conversation.ts';
import { explainConversation } from '../desk/explain-conversation.ts';
import { explainWhyNot } from '../desk/explain-why-not.ts';
import { noteIfOthersStream } from '../desk/note-reads.ts';
import { parkConversation } from '../desk/park-conversation.ts';
import { reopenConversation } from '../desk/reopen-conversation.ts';
import { requeueConversation } from '../desk/requeue-conversation.ts';
import { unparkConversation } from '../desk/return-parked.ts';
import { readNote, transferConversation } from '../desk/transfer-conversation.ts';
import { Refused } from '../errors.ts';
import { listEvents } from '../store/events.ts';
import { allow } from './authenticate.ts';
import { requireConversation } from './hide-unseen.ts';
import { readConversation } from './read-conversation.ts';
import type { RouteMeans } from './route-means.ts';

const ONLY_HOLDER =
  'What a colleague has is theirs: 409 conversation.held-by-another, unless one may conversations.force or takes it over first.';
const WhyNotParams = Type.Object({ ...IdParams.properties, agentId: Id });
export const conversationRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (
  app,
  { desk, noteRead },
) => {
  const read = allow(desk, 'conversations.read');
  const work = allow(desk, 'conversations.work');
  const tags = ['conversations'];
  const response = { 200: Conversation };
  const getOne = (actor: Actor, id: string) => readConversation(desk, actor, id);

  app.get(
    '/api/v1/conversations/:id',
    { onRequest: read, schema: { tags, params: IdParams, response } },
    ({ actor, params }) => getOne(actor, params.id),
  );
  app.get(
    '/api/v1/conversations/:id/decisions',
    { onRequest: read, schema: { tags, params: IdParams, response: { 200: Decisions } } },
    ({ actor: { workspaceId }, params: { id: conversationId } }) =>
      explainConversation(desk, { workspaceId, conversationId }),
  );
  app.get(
    '/api/v1/conversations/:id/why-not/:agentId',
    { onRequest: read, schema: { tags, params: WhyNotParams, response: { 200: WhyNot } } },
    ({ actor: { workspaceId }, params: { id: conversationId, agentId } }) =>
      explainWhyNot(desk, { workspaceId, conversationId, agentId }),
  );
  app.get(
    '/api/v1/conversations/:id/events',
    {
      onRequest: read,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({ after: Type.Optional(Type.Integer({ minimum: 0 })) }),
        response: { 200: Type.Object({ items: Type.Array(Event) }) },
      },
    },
    async ({ actor, params: { id: streamId }, query: { after = 0 } }) => {
      const { workspaceId } = actor;
      await requireConversation(desk, actor, streamId);
      await noteIfOthersStream({ desk, noteRead }, actor, streamId);
      const rows = await listEvents(desk.db, {
        workspaceId,
        streamId,
        afterSeq: after,
        limit: 200,
      });
      return {
        items: rows.map(({ eventId: id, at, ...rest }) => ({ id, at: at.toISOString(), ...rest })),
      };
    },
  );
  app.post(
    '/api/v1/conversations/:id/assign',
    { onRequest: work, schema: { tags, params: IdParams, body: Assign, response } },
    async ({ actor, params: { id: conversationId }, body: { agentId, force = false } }) => {
      refuseForce(actor, force);
      const { workspaceId, name } = actor;
      const assigning = { workspaceId, conversationId, agentId, force, actor: name };
      await assignConversation(desk, { ...assigning, acting: actingOf(actor) });
      return getOne(actor, conversationId);
    },
  );
  app.post(
    '/api/v1/conversations/:id/transfer',
    {
      onRequest: work,
      schema: {
        tags,
        description: `To another agent, a team, whoever has a skill, or into a plan; to oneself it is taken over. ${ONLY_HOLDER}`,
        params: IdParams,
        body: Transfer,
        response,
      },
    },
    async ({ actor, params: { id: conversationId }, body }) => {
      const { workspaceId, name } = actor;
      await transferConversation(desk, {
        ...{ workspaceId, conversationId, actor: name, acting: actingOf(actor), to: body },
        takesOver: can(actor, 'conversations.take-over'),
      });
      return getOne(actor, conversationId);
    },
  );
  app.post(
    '/api/v1/conversations/:id/take-over',
    {
      onRequest: allow(desk, 'conversations.take-over'),
      schema: {
        tags,
        description: 'The agent who asks has it from now on, whoever had it before.',
        params: IdParams,
        body: Type.Optional(Type.Union([TakeOver, Type.Null()])),
        response,
      },
    },
    async ({ actor, params: { id: conversationId }, body }) => {
      const { workspaceId, agentId, name } = actor;
      const force = body?.force ?? false;
      refuseForce(actor, force);
      if (agentId === null) {
        throw new Refused('request.invalid', 'Only an agent takes over: this token is of none.');
      }
      const note = readNote(body?.note);
      const taking = { workspaceId, conversationId, agentId, force, actor: name, note };
      await takeOverConversation(desk, taking);
      return getOne(actor, conversationId);
    },
  );
  app.post(
    '/api/v1/conversations/:id/accept',
    {
      onRequest: work,
      schema: {
        tags,
        description:
          'Takes what is offered; an answer does the same. Taking it again changes nothing.',
        params: IdParams,
        response,
      },
    },
    async ({ actor, params: { id: conversationId } }) => {
      await acceptOffer(desk, offerTo(actor, conversationId));
      return getOne(actor, conversationId);
    },
  );
  app.post(
    '/api/v1/conversations/:id/decline',
    {
      onRequest: work,
      schema: {
        tags,
        description: 'Back to the queue at its old rank, for another agent.',
        params: IdParams,
        body: Type.Optional(Type.Union([Decline, Type.Null()])),
        response,
      },
    },
    async ({ actor, params: { id: conversationId }, body }) => {
      const reason = body?.reason?.trim() || null;
      await declineOffer(desk, { ...offerTo(actor, conversationId), reason });
      return getOne(actor, conversationId);
    },
  );
  app.post(
    '/api/v1/conversations/:id/requeue',
    {
      onRequest: work,
      schema: {
        tags,
        description: `Back to the queue, at its old rank. ${ONLY_HOLDER}`,
        params: IdParams,
        body: Type.Optional(Type.Union([Requeue, Type.Null()])),
        response,
      },
    },
    async ({ actor, params: { id: conversationId }, body }) => {
      const { workspaceId, name } = actor;
      const reason = body?.reason ?? 'requeued';
      const { skillIds } = body ?? {};
      const args = { workspaceId, conversationId, reason, actor: name, acting: actingOf(actor) };
      await requeueConversation(desk, { ...args, ...(skillIds !== undefined && { skillIds }) });
      return getOne(actor, conversationId);
    },
  );
  app.post(
    '/api/v1/conversations/:id/park',
    {
      onRequest: work,
      schema: {
        tags,
        description: `Sets it aside: it keeps its agent, and takes none of their capacity. It comes back at its time, and as soon as the contact writes; its agent gets it first, if they have room. ${ONLY_HOLDER}`,
        params: IdParams,
        body: Type.Optional(Type.Union([Park, Type.Null()])),
        response,
      },
    },
    async ({ actor, params: { id: conversationId }, body }) => {
      const { workspaceId, name } = actor;
      const until = body?.until ? new Date(body.until) : null;
      const acting = actingOf(actor);
      await parkConversation(desk, { workspaceId, conversationId, until, actor: name, acting });
      return getOne(actor, conversationId);
    },
  );
  app.post(
    '/api/v1/conversations/:id/unpark',
    {
      onRequest: work,
      schema: {
        tags,
        description: `Brings it back now. Its own agent gets it at once; for anybody else it is as if its time had come. ${ONLY_HOLDER}`,
        params: IdParams,
        response,
      },
    },
    async ({ actor, params: { id: conversationId } }) => {
      const { workspaceId, name } = actor;
      const acting = actingOf(actor);
      await unparkConversation(desk, { workspaceId, conversationId, actor: name, acting });
      return getOne(actor, conversationId);
    },
  );
  app.post(
    '/api/v1/conversations/:id/reopen',
    {
      onRequest: work,
      schema: {
        tags,
        description: `Opens it again: its agent gets it back if they are online and have room, otherwise it waits at its old rank. Not where the outside system was told that it ended. ${ONLY_HOLDER}`,
        params: IdParams,
        response,
      },
    },
    async ({ actor, params: { id: conversationId } }) => {
      const { workspaceId, name } = actor;
      const acting = actingOf(actor);
      await reopenConversation(desk, { workspaceId, conversationId, actor: name, acting });
      return getOne(actor, conversationId);
    },
  );
  app.patch(
    '/api/v1/conversations/:id',
    { onRequest: work, schema: { tags, params: IdParams, body: ConversationUpdate, response } },
    async ({ actor, params: { id: conversationId }, body }) => {
      const { workspaceId, name } = actor;
      await changeConversation(desk, { workspaceId, conversationId, actor: name, ...body });
      return getOne(actor, conversationId);
    },
  );
  app.post(
    '/api/v1/conversations/:id/close',
    {
      onRequest: work,
      schema: {
        tags,
        description: `Ends it. ${ONLY_HOLDER}`,
        params: IdParams,
        body: Type.Optional(Type.Union([Close, Type.Null()])),
        response,
      },
    },
    async ({ actor, params: { id: conversationId }, body }) => {
      const { workspaceId, name } = actor;
      await closeConversation(desk, {
        ...(body ?? {}),
        workspaceId,
        conversationId,
        actor: name,
        acting: actingOf(actor),
        tellRemote: true,
      });
      return getOne(actor, conversationId);
    },
  );
};

function refuseForce(actor: Actor, force: boolean): void {
  if (force) requireRight(actor, 'conversations.force');
}

function requireRight(actor: Actor, action: Action): void {
  if (!can(actor, action)) throw new Refused('role.insufficient');
}

function offerTo({ workspaceId, agentId }: Actor, conversationId: string): Offer {
  if (agentId === null) throw new Refused('conversation.not-offered');
  return { workspaceId, conversationId, agentId };
}
