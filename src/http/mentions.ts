// Mentions over HTTP: one's own, that they are read, and who can be mentioned where.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { sightOf } from '../access/sight.ts';
import { displayName } from '../contract/display-name.ts';
import {
  type Mention,
  Mentionable,
  MentionQuery,
  Mentions,
  MentionsRead,
} from '../contract/mentions.ts';
import { IdParams } from '../contract/shapes.ts';
import {
  countUnreadMentions,
  listMentionable,
  listMentions,
  type MentionRow,
  readMentions,
} from '../store/mentions.ts';
import { allow } from './authenticate.ts';
import { requireConversation } from './hide-unseen.ts';
import { readSortCursor, toPage, writeSortCursor } from './page.ts';
import type { RouteMeans } from './route-means.ts';

const tags = ['mentions'];

export const mentionRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const read = allow(desk, 'conversations.read');
  app.get(
    '/api/v1/mentions',
    {
      onRequest: read,
      schema: {
        tags,
        description:
          'Notes that name the agent who asks, the latest first; without an agent there are none.',
        querystring: MentionQuery,
        response: { 200: Mentions },
      },
    },
    async ({ actor, query: { cursor, limit = 50, unread = false } }) => {
      const { workspaceId, agentId } = actor;
      const after = readSortCursor(cursor);
      if (agentId === null) return { items: [], nextCursor: null, unread: 0 };
      const mine = { workspaceId, agentId, seenBy: sightOf(actor) };
      const rows = await listMentions(desk.db, { ...mine, unread, after, limit: limit + 1 });
      const page = toPage(rows, limit, {
        id: ({ sortKey: key, conversationId: id }) => writeSortCursor({ key, id }),
        present: presentMention,
      });
      return { ...page, unread: await countUnreadMentions(desk.db, mine) };
    },
  );
  app.post(
    '/api/v1/mentions/read',
    {
      onRequest: allow(desk, 'conversations.work'),
      schema: {
        tags,
        description: 'The agent who asks has looked. Of no effect without an agent.',
        body: Type.Optional(Type.Union([MentionsRead, Type.Null()])),
        response: { 204: Type.Null() },
      },
    },
    async ({ actor: { workspaceId, agentId }, body }, reply) => {
      const conversationId = body?.conversationId ?? null;
      if (agentId !== null) await readMentions(desk.db, { workspaceId, agentId, conversationId });
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/api/v1/conversations/:id/mentionable',
    {
      onRequest: read,
      schema: {
        tags,
        description: 'The agents whom a note there can name, and whether they may see it.',
        params: IdParams,
        response: { 200: Mentionable },
      },
    },
    async ({ actor, params: { id: conversationId } }) => {
      await requireConversation(desk, actor, conversationId);
      const { workspaceId } = actor;
      return { items: await listMentionable(desk.db, { workspaceId, conversationId }) };
    },
  );
};

function presentMention(row: MentionRow): Mention {
  const { conversationId, seq, text, authorId, authorName, at, readAt } = row;
  const { contactName: name, contactEmail: email, contactPhone: phone } = row;
  return {
    ...{ conversationId, seq, text, authorId, authorName },
    displayName: displayName({ name, email, phone, externalId: row.contactExternalId }),
    at: at.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  };
}
