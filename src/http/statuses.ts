// The statuses to choose from when one is away, over HTTP.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { IdParams } from '../contract/shapes.ts';
import { Status, StatusCreation, StatusOrder, StatusUpdate } from '../contract/statuses.ts';
import { changeStatus, createStatus, putStatusOrder } from '../desk/change-status.ts';
import { listStatuses } from '../store/statuses.ts';
import { allow } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

export const statusRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const path = '/api/v1/statuses';
  const onRequest = allow(desk, 'statuses.write');
  const tags = ['statuses'];
  const list = { 200: Type.Object({ items: Type.Array(Status) }) };

  app.get(
    path,
    {
      onRequest: allow(desk, 'statuses.read'),
      schema: { tags, description: 'In their order; the archived ones last.', response: list },
    },
    async ({ actor }) => ({ items: await listStatuses(desk.db, actor.workspaceId) }),
  );
  app.post(
    path,
    { onRequest, schema: { tags, body: StatusCreation, response: { 201: Status } } },
    async ({ actor: { workspaceId, name: actor }, body }, reply) =>
      reply.code(201).send(await createStatus(desk, { workspaceId, actor }, body)),
  );
  app.patch(
    `${path}/:id`,
    {
      onRequest,
      schema: { tags, params: IdParams, body: StatusUpdate, response: { 200: Status } },
    },
    ({ actor: { workspaceId, name: actor }, params: { id }, body }) =>
      changeStatus(desk, { workspaceId, actor, id }, body),
  );
  app.put(
    `${path}/order`,
    { onRequest, schema: { tags, body: StatusOrder, response: list } },
    async ({ actor: { workspaceId, name: actor }, body }) => ({
      items: await putStatusOrder(desk, { workspaceId, actor }, body.ids),
    }),
  );
};
