// The inbox over HTTP: lists of conversations with their filters, counts, and what each has read.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Actor } from '../access/can.ts';
import { sightOf } from '../access/sight.ts';
import { Conversation } from '../contract/conversation.ts';
import { ConversationQuery, InboxCounts, ReadMark } from '../contract/inbox.ts';
import { IdParams, Page, PageOf } from '../contract/shapes.ts';
import { NO_OUTLOOK } from '../desk/foresee-wait.ts';
import { markRead } from '../desk/mark-read.ts';
import { showReadBeyond } from '../desk/show-read.ts';
import { Refused } from '../errors.ts';
import { getAgent } from '../store/agents.ts';
import { getContact } from '../store/contacts.ts';
import {
  type InboxFilter,
  listInbox,
  readInboxCounts,
  type Scope,
  type Sort,
} from '../store/inbox.ts';
import { allow } from './authenticate.ts';
import { requireConversation } from './hide-unseen.ts';
import { readSortCursor, toPage, writeSortCursor } from './page.ts';
import { presentConversation } from './present.ts';
import type { RouteMeans } from './route-means.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';
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
      return list(actor, await readFilter(actor, asked), readPage({ cursor, limit }));
    },
  );
  /** With `me` and `mine` as who asks. */
  const readFilter = async (
    actor: Actor,
    { state, sort, agentId, teamId, consulted, ...rest }: ConversationQuery,
  ): Promise<InboxFilter> => {
    const own = actor.agentId ?? NOBODY;
    const scope = state ?? 'any';
    return {
      ...rest,
      scope,
      sort: sort ?? firstSort(scope),
      ...(consulted !== undefined && { consulted: own }),
      ...(agentId !== undefined && { agentId: agentId === 'me' ? own : agentId }),
      ...(teamId !== undefined && {
        teamIds: teamId === 'mine' ? await teamsOf(actor) : [teamId],
      }),
    };
  };
  const teamsOf = async ({ workspaceId, agentId }: Actor): Promise<string[]> =>
    agentId === null ? [] : ((await getAgent(desk.db, { workspaceId, agentId }))?.teamIds ?? []);

  app.get(
    '/api/v1/inbox/counts',
    { onRequest: read, schema: { tags, response: { 200: InboxCounts } } },
    ({ actor }) => readInboxCounts(desk.db, { ...actor, seenBy: sightOf(actor) }),
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

function firstSort(scope: Scope): Sort {
  if (scope === 'parked') return 'until';
  return scope === 'waiting' ? 'waiting' : 'recent';
}

function readPage(page: { cursor: string | undefined; limit: number | undefined }) {
  const { cursor, limit } = page;
  return { ...(cursor === undefined ? {} : { cursor }), ...(limit === undefined ? {} : { limit }) };
}
