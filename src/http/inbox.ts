// The inbox over HTTP: lists of conversations with their filters, counts, and what each has read.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Actor } from '../access/can.ts';
import { sightOf } from '../access/sight.ts';
import { Conversation } from '../contract/conversation.ts';
import { ConversationQuery, InboxCounts, ReadMark, UnreadMark } from '../contract/inbox.ts';
import { IdParams, Page, PageOf } from '../contract/shapes.ts';
import { NO_OUTLOOK } from '../desk/foresee-wait.ts';
import { markRead } from '../desk/mark-read.ts';
import { markUnread } from '../desk/mark-unread.ts';
import { showReadBeyond } from '../desk/show-read.ts';
import { Refused } from '../errors.ts';
import { getContact } from '../store/contacts.ts';
import { listInbox, readInboxCounts } from '../store/inbox.ts';
import type { InboxFilter } from '../store/inbox-filter.ts';
import { countUnreadMentions } from '../store/mentions.ts';
import { allow } from './authenticate.ts';
import { requireConversation } from './hide-unseen.ts';
import { readSortCursor, toPage, writeSortCursor } from './page.ts';
import { presentConversation } from './present.ts';
import { readFilter } from './read-filter.ts';
import type { RouteMeans } from './route-means.ts';

const nowhere = { position: null, estimatedWait: null, ...NO_OUTLOOK };

export const inboxRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const read = allow(desk, 'conversations.read');
  const tags = ['conversations'];
  const response = { 200: PageOf(Conversation) };

  const list = async (
    actor: Actor,
    filter: InboxFilter,
    { cursor, limit = 50 }: { cursor?: string; limit?: number },
  ) => {
    const { workspaceId, userId } = actor;
    const after = readSortCursor(cursor);
    const seenBy = sightOf(actor);
    const place = { workspaceId, userId, after, limit: limit + 1 };
    const rows = await listInbox(desk.db, { ...filter, ...place, seenBy });
    return toPage(rows, limit, {
      id: ({ sortKey: key, conversationId: id }) => writeSortCursor({ key, id }),
      present: (row) => presentConversation(row, nowhere),
    });
  };

  app.get(
    '/api/v1/conversations',
    { onRequest: read, schema: { tags, querystring: ConversationQuery, response } },
    async ({ actor, query }) => {
      const { cursor, limit, ...asked } = query;
      return list(actor, await readFilter(desk, actor, asked), readPage({ cursor, limit }));
    },
  );
  app.get(
    '/api/v1/inbox/counts',
    { onRequest: read, schema: { tags, response: { 200: InboxCounts } } },
    async ({ actor }) => {
      const { workspaceId, agentId } = actor;
      const seenBy = sightOf(actor);
      const counts = await readInboxCounts(desk.db, { ...actor, seenBy });
      const mine = agentId !== null && { workspaceId, agentId, seenBy };
      return { ...counts, mentions: mine ? await countUnreadMentions(desk.db, mine) : 0 };
    },
  );
  app.post(
    '/api/v1/conversations/:id/read',
    {
      onRequest: read,
      schema: {
        tags,
        description: 'Of no effect for tokens: only people read.',
        params: IdParams,
        body: ReadMark,
        response: { 204: Type.Null() },
      },
    },
    async ({ actor, params: { id: conversationId }, body }, reply) => {
      const { workspaceId, userId, agentId } = actor;
      const mark = { workspaceId, conversationId, ...body };
      if (userId !== null) await markRead(desk, { userId, ...mark });
      else await requireConversation(desk, actor, conversationId);
      if (agentId !== null) await showReadBeyond(desk, { by: { agentId }, ...mark });
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/conversations/:id/unread',
    {
      onRequest: allow(desk, 'conversations.work'),
      schema: {
        tags,
        description:
          'For whoever has signed in, and nobody else; the contact, who may know that it was read, is told nothing. Of no effect for tokens: only people read.',
        params: IdParams,
        body: Type.Optional(Type.Union([UnreadMark, Type.Null()])),
        response: { 204: Type.Null() },
      },
    },
    async ({ actor, params: { id: conversationId }, body }, reply) => {
      const { workspaceId, userId } = actor;
      await requireConversation(desk, actor, conversationId);
      const fromSeq = body?.fromSeq ?? null;
      if (userId !== null) await markUnread(desk, { workspaceId, userId, conversationId, fromSeq });
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/api/v1/contacts/:id/conversations',
    {
      onRequest: read,
      schema: { tags: ['contacts'], params: IdParams, querystring: Page, response },
    },
    async ({ actor, params: { id: contactId }, query: { cursor, limit } }) => {
      const { workspaceId } = actor;
      if ((await getContact(desk.db, { workspaceId, contactId })) === null) {
        throw new Refused('contact.not-found');
      }
      const filter: InboxFilter = { scope: 'any', sort: 'recent', contactId };
      return list(actor, filter, readPage({ cursor, limit }));
    },
  );
};

function readPage(page: { cursor: string | undefined; limit: number | undefined }) {
  const { cursor, limit } = page;
  return { ...(cursor === undefined ? {} : { cursor }), ...(limit === undefined ? {} : { limit }) };
}
