// Conversations over HTTP: lists, one, and the verbs of those who work on them.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { type Actor, can } from '../access/can.ts';
import { Assign, Close, Conversation, Requeue, Transfer } from '../contract/conversation.ts';
import { Decisions, Event } from '../contract/decisions.ts';
import { ConversationUpdate } from '../contract/inbox.ts';
import { IdParams } from '../contract/shapes.ts';
import { assignConversation, transferToAgent } from '../desk/assign-conversation.ts';
import { changeConversation } from '../desk/change-conversation.ts';
import { closeConversation } from '../desk/close-conversation.ts';
import { explainConversation } from '../desk/explain-conversation.ts';
import { noteIfOthers } from '../desk/note-reads.ts';
import { reopenConversation } from '../desk/reopen-conversation.ts';
import { requeueConversation, transferToTeam } from '../desk/requeue-conversation.ts';
import { Refused } from '../errors.ts';
import { type ConversationRow, queuePosition } from '../store/conversations.ts';
import { listEvents } from '../store/events.ts';
import { gatherRow } from '../store/gather.ts';
import { getInboxRows } from '../store/inbox.ts';
import { readQueueFigures } from '../store/queue-figures.ts';
import { allow } from './authenticate.ts';
import type { Doors } from './doors.ts';
import { presentConversation } from './present.ts';

const nowhere = { position: null, estimatedWait: null };

export const conversationRoutes: FastifyPluginAsyncTypebox<Doors> = async (
  app,
  { desk, noteRead },
) => {
  const read = allow(desk, 'conversations.read');
  const work = allow(desk, 'conversations.work');
  const tags = ['conversations'];
  const response = { 200: Conversation };

  const getOne = async (actor: Actor, conversationId: string): Promise<Conversation> => {
    const { workspaceId, userId } = actor;
    const row = await gatherRow(desk.gather, {
      key: `inbox row ${workspaceId} ${userId}`,
      id: conversationId,
      find: (conversationIds) => getInboxRows(desk.db, { workspaceId, userId, conversationIds }),
      idOf: (found) => found.conversationId,
    });
    if (row === null) throw new Refused('conversation.not-found');
    return presentConversation(row, await placeOf(desk, actor.workspaceId, row));
  };

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
      const conversation = await getConversation(desk.db, {
        workspaceId,
        conversationId: streamId,
      });
      // They tell what was said too.
      if (conversation !== null) await noteIfOthers(noteRead, actor, conversation);
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
      await assignConversation(desk, { workspaceId, conversationId, agentId, force, actor: name });
      return getOne(actor, conversationId);
    },
  );
  app.post(
    '/api/v1/conversations/:id/transfer',
    { onRequest: work, schema: { tags, params: IdParams, body: Transfer, response } },
    async ({ actor, params: { id: conversationId }, body }) => {
      const args = { workspaceId: actor.workspaceId, conversationId, actor: actor.name };
      if ('teamId' in body) await transferToTeam(desk, { ...args, teamId: body.teamId });
      else {
        const { agentId, force = false } = body;
        refuseForce(actor, force);
        await transferToAgent(desk, { ...args, agentId, force });
      }
      return getOne(actor, conversationId);
    },
  );
  app.post(
    '/api/v1/conversations/:id/requeue',
    {
      onRequest: work,
      schema: {
        tags,
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
    '/api/v1/conversations/:id/reopen',
    {
      onRequest: work,
      schema: {
        tags,
        description: 'Takes a closing back, within 30 seconds.',
        params: IdParams,
        response,
      },
    },
    async ({ actor, params: { id: conversationId } }) => {
      const { workspaceId, name } = actor;
      await reopenConversation(desk, { workspaceId, conversationId, actor: name });
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
        tellRemote: true,
      });
      return getOne(actor, conversationId);
    },
  );
};

function refuseForce(actor: Actor, force: boolean): void {
  if (force && !can(actor, 'conversations.force')) throw new Refused('role.insufficient');
}

async function placeOf(
  desk: Doors['desk'],
  workspaceId: string,
  row: ConversationRow,
): Promise<{ position: number | null; estimatedWait: number | null }> {
  if (row.state !== 'waiting') return nowhere;
  const position = await queuePosition(desk.db, {
    workspaceId,
    conversationId: row.conversationId,
  });
  const { assignedPerMinute } = await readQueueFigures(desk.db, workspaceId);
  const estimatedWait =
    assignedPerMinute === 0 ? null : Math.round((position / assignedPerMinute) * 60);
  return { position, estimatedWait };
}
