// Messages, notes and files over HTTP.
import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type Actor, can } from '../access/can.ts';
import { MessageQuery } from '../contract/inbox.ts';
import type { Mentioned } from '../contract/mentions.ts';
import {
  Message,
  MessageHits,
  MessageSearch,
  MessageWriting,
  MOST_HITS,
  MOST_SEARCHED,
  NoteWriting,
} from '../contract/messages.ts';
import { Id, IdParams } from '../contract/shapes.ts';
import { MAX_ATTACHMENT_BYTES } from '../desk/keep-attachment.ts';
import { noteIfOthers } from '../desk/note-reads.ts';
import { resendMessage, writeMessage } from '../desk/write-message.ts';
import { Refused } from '../errors.ts';
import { getAttachment } from '../store/attachments.ts';
import { getConversation } from '../store/conversations.ts';
import {
  getMessage,
  listMessages,
  listMessagesBefore,
  type MessageRow,
} from '../store/messages.ts';
import { searchMessages } from '../store/search-messages.ts';
import { allow, allowFiles } from './authenticate.ts';
import { clientIdOf } from './keep-answers.ts';
import type { FileRouteMeans } from './open-file-means.ts';
import { UPLOAD_LIMITS } from './read-upload.ts';

export const messageRoutes: FastifyPluginAsyncTypebox<FileRouteMeans> = async (
  app,
  { desk, files, noteRead },
) => {
  await app.register(multipart, { limits: UPLOAD_LIMITS });
  const read = allow(desk, 'conversations.read');
  const work = allow(desk, 'conversations.work');
  const tags = ['messages'];
  const find = async (workspaceId: string, messageId: string): Promise<Message> => {
    const row = await getMessage(desk.db, { workspaceId, messageId });
    if (row === null) throw new Refused('message.not-found');
    return presentMessage(row);
  };
  const write = async (
    request: FastifyRequest,
    said: {
      conversationId: string;
      kind: 'text' | 'note';
      text?: string | undefined;
      attachmentIds?: string[] | undefined;
      quickReplies?: string[] | undefined;
      mention?: Mentioned | undefined;
    },
  ) => {
    const { actor } = request;
    const { workspaceId, agentId } = actor;
    const { conversationId, kind, text = '', attachmentIds = [] } = said;
    const { quickReplies = [], mention = {} } = said;
    const author = { kind: agentId === null ? ('user' as const) : ('agent' as const), id: agentId };
    const speaks = speaksForAll(actor);
    const clientMessageId = clientIdOf(request);
    const words = { author, text, attachmentIds, quickReplies, speaks, clientMessageId, mention };
    const messageId = await writeMessage(desk, { workspaceId, conversationId, kind, ...words });
    return find(workspaceId, messageId);
  };

  app.get(
    '/api/v1/conversations/:id/messages',
    {
      onRequest: read,
      schema: {
        tags,
        params: IdParams,
        querystring: MessageQuery,
        response: { 200: Type.Object({ items: Type.Array(Message) }) },
      },
    },
    async ({ actor, params: { id: conversationId }, query }) => {
      const { workspaceId } = actor;
      const { after = 0, afterSeq = after, beforeSeq, limit = 200 } = query;
      const key = { workspaceId, conversationId };
      const conversation = await getConversation(desk.db, key);
      if (conversation === null) throw new Refused('conversation.not-found');
      await noteIfOthers(noteRead, actor, conversation);
      const rows =
        beforeSeq === undefined
          ? await listMessages(desk.db, { ...key, afterSeq, limit })
          : await listMessagesBefore(desk.db, { ...key, beforeSeq, limit });
      return { items: rows.map(presentMessage) };
    },
  );
  app.get(
    '/api/v1/conversations/:id/search',
    {
      onRequest: read,
      schema: {
        tags,
        description: `Words in its latest ${MOST_SEARCHED.toLocaleString('en')} messages and notes.`,
        params: IdParams,
        querystring: MessageSearch,
        response: { 200: MessageHits },
      },
    },
    async ({ actor, params: { id: conversationId }, query: { q } }) => {
      const key = { workspaceId: actor.workspaceId, conversationId };
      const conversation = await getConversation(desk.db, key);
      if (conversation === null) throw new Refused('conversation.not-found');
      await noteIfOthers(noteRead, actor, conversation);
      const rows = await searchMessages(desk.db, { ...key, q: q.trim() });
      const items = rows
        .slice(0, MOST_HITS)
        .map(({ createdAt, ...rest }) => ({ ...rest, createdAt: createdAt.toISOString() }));
      return { items, more: rows.length > MOST_HITS };
    },
  );
  app.post(
    '/api/v1/conversations/:id/messages',
    {
      onRequest: work,
      config: { knowsRepeats: true },
      schema: { tags, params: IdParams, body: MessageWriting, response: { 201: Message } },
    },
    async (request, reply) => {
      const { params, body } = request;
      const said = { conversationId: params.id, kind: 'text' as const, ...body };
      return reply.code(201).send(await write(request, said));
    },
  );
  app.post(
    '/api/v1/conversations/:id/notes',
    {
      onRequest: work,
      config: { knowsRepeats: true },
      schema: { tags, params: IdParams, body: NoteWriting, response: { 201: Message } },
    },
    async (request, reply) => {
      const { params, body } = request;
      const said = { conversationId: params.id, kind: 'note' as const, ...body };
      return reply.code(201).send(await write(request, said));
    },
  );
  app.post(
    '/api/v1/messages/:id/resend',
    { onRequest: work, schema: { tags, params: IdParams, response: { 202: Message } } },
    async ({ actor, params: { id: messageId } }, reply) => {
      const { workspaceId, agentId: writerId } = actor;
      const writer = { writerId, speaks: speaksForAll(actor) };
      await resendMessage(desk, { workspaceId, messageId, writer });
      return reply.code(202).send(await find(workspaceId, messageId));
    },
  );

  app.post(
    '/api/v1/attachments',
    {
      onRequest: allowFiles(desk),
      bodyLimit: MAX_ATTACHMENT_BYTES + 64 * 1024,
      schema: {
        tags,
        description: 'One file as multipart/form-data, at most 10 MiB.',
        consumes: ['multipart/form-data'],
        response: { 201: Type.Object({ id: Id, name: Type.String(), type: Type.String() }) },
      },
    },
    async (request, reply) => {
      const { workspaceId, name: createdBy } = request.actor;
      const kept = await files.take(request, { workspaceId, createdBy, visitor: null });
      return reply.code(201).send({ id: kept.id, name: kept.fileName, type: kept.contentType });
    },
  );
  app.get(
    '/api/v1/attachments/:id/:name',
    {
      onRequest: read,
      schema: { tags, params: Type.Object({ id: Id, name: Type.String() }) },
    },
    async (request, reply) => {
      const { workspaceId, name: reader } = request.actor;
      const { id: attachmentId } = request.params;
      const file = await getAttachment(files.db, { workspaceId, attachmentId });
      if (file === null) throw new Refused('attachment.not-found');
      // Never shown by the browser as one of our pages.
      const name = encodeURIComponent(file.fileName);
      reply
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "sandbox; default-src 'none'")
        .header('cache-control', 'private, max-age=3600')
        .header('content-disposition', `attachment; filename*=UTF-8''${name}`);
      return files.send(request, reply, { file, reader: `${workspaceId} ${reader}` });
    },
  );
};

/** A program that is no agent has no conversations of its own. */
function speaksForAll(actor: Actor): boolean {
  return actor.agentId === null && can(actor, 'conversations.speak');
}

function presentMessage({
  messageId: id,
  createdAt,
  editedAt,
  delivery,
  ...rest
}: MessageRow): Message {
  return {
    id,
    ...rest,
    createdAt: createdAt.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
    delivery: delivery && { state: stateOf(delivery.state), reason: reasonOf(delivery) },
  };
}

type Delivery = NonNullable<MessageRow['delivery']>;

function stateOf(state: Delivery['state']): 'sending' | 'delivered' | 'not-delivered' {
  if (state === 'done') return 'delivered';
  return state === 'failed' ? 'not-delivered' : 'sending';
}

/** Why it has not arrived, or not yet. */
function reasonOf({ state, outcome }: Delivery): string | null {
  return state === 'done' ? null : outcome;
}
