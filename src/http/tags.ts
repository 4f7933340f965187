// The tags to choose from, over HTTP.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Tag, TagCreation, TagUpdate } from '../contract/inbox.ts';
import { IdParams } from '../contract/shapes.ts';
import { changeTag, createTag, removeTag } from '../desk/change-tag.ts';
import { listTags } from '../store/tags.ts';
import { allow } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

export const tagRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const path = '/api/v1/tags';
  const onRequest = allow(desk, 'tags.write');
  const tags = ['tags'];

  app.get(
    path,
    {
      onRequest: allow(desk, 'tags.read'),
      schema: { tags, response: { 200: Type.Object({ items: Type.Array(Tag) }) } },
    },
    async ({ actor }) => ({ items: await listTags(desk.db, actor.workspaceId) }),
  );
  app.post(
    path,
    { onRequest, schema: { tags, body: TagCreation, response: { 201: Tag } } },
    async ({ actor: { workspaceId, name: actor }, body }, reply) =>
      reply.code(201).send(await createTag(desk, { workspaceId, actor }, body)),
  );
  app.patch(
    `${path}/:id`,
    { onRequest, schema: { tags, params: IdParams, body: TagUpdate, response: { 200: Tag } } },
    ({ actor: { workspaceId, name: actor }, params: { id }, body }) =>
      changeTag(desk, { workspaceId, actor, id }, body),
  );
  app.delete(
    `${path}/:id`,
    { onRequest, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async ({ actor: { workspaceId, name: actor }, params: { id } }, reply) => {
      await removeTag(desk, { workspaceId, actor, id });
      return reply.code(204).send(null);
    },
  );
};
