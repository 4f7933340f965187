// Saved views of the inbox over HTTP.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { type Actor, can } from '../access/can.ts';
import { sightOf } from '../access/sight.ts';
import { viewQueries } from '../contract/inbox-views.ts';
import {
  SavedView,
  SavedViewCreation,
  SavedViewUpdate,
  ViewCount,
} from '../contract/saved-views.ts';
import { IdParams } from '../contract/shapes.ts';
import { changeSavedView, createSavedView, removeSavedView } from '../desk/change-saved-view.ts';
import { Refused } from '../errors.ts';
import { countInbox } from '../store/count-inbox.ts';
import { getSavedView, listSavedViews, type Viewer } from '../store/saved-views.ts';
import { allow } from './authenticate.ts';
import { readFilter } from './read-filter.ts';
import type { RouteMeans } from './route-means.ts';

const path = '/api/v1/saved-views';
const tags = ['saved-views'];

export const savedViewRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const onRequest = allow(desk, 'saved-views.write');
  const reads = allow(desk, 'saved-views.read');

  app.get(
    path,
    {
      onRequest: reads,
      schema: {
        tags,
        description: 'One’s own, and those of one’s teams; for supervisors those of all teams.',
        response: { 200: Type.Object({ items: Type.Array(SavedView) }) },
      },
    },
    async ({ actor }) => ({ items: await listSavedViews(desk.db, viewerOf(actor)) }),
  );
  app.get(
    `${path}/:id/count`,
    { onRequest: reads, schema: { tags, params: IdParams, response: { 200: ViewCount } } },
    async ({ actor, params: { id } }) => {
      const found = await getSavedView(desk.db, viewerOf(actor), id);
      if (found === null) throw new Refused('saved-view.not-found');
      const { q, ...filters } = found.filters;
      if (q !== undefined) return { count: null };
      const { workspaceId, userId } = actor;
      const filter = await readFilter(desk, actor, { ...viewQueries[found.view], ...filters });
      const counted = { ...filter, workspaceId, userId, seenBy: sightOf(actor) };
      return { count: await countInbox(desk.db, counted) };
    },
  );
  app.post(
    path,
    {
      onRequest,
      schema: {
        tags,
        description:
          'An agent shares with the teams that they are in, a supervisor with any. Tokens have none of their own.',
        body: SavedViewCreation,
        response: { 201: SavedView },
      },
    },
    async ({ actor, body }, reply) => {
      const { filters = {}, teamId = null, ...rest } = body;
      const row = { ...rest, filters, teamId };
      return reply.code(201).send(await createSavedView(desk, viewerOf(actor), row));
    },
  );
  app.patch(
    `${path}/:id`,
    {
      onRequest,
      schema: {
        tags,
        description: 'Its owner does, or a supervisor where it is shared.',
        params: IdParams,
        body: SavedViewUpdate,
        response: { 200: SavedView },
      },
    },
    ({ actor, params: { id }, body }) => changeSavedView(desk, viewerOf(actor), { ...body, id }),
  );
  app.delete(
    `${path}/:id`,
    { onRequest, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async ({ actor, params: { id } }, reply) => {
      await removeSavedView(desk, viewerOf(actor), id);
      return reply.code(204).send(null);
    },
  );
};

function viewerOf(actor: Actor): Viewer {
  const { workspaceId, userId, agentId, role } = actor;
  const seesAll = can({ role, scopes: null }, 'conversations.see-all');
  return { workspaceId, userId, agentId, seesAll };
}
