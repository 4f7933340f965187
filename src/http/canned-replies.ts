// Canned replies over HTTP.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { CannedReply, CannedReplyCreation, CannedReplyUpdate } from '../contract/inbox.ts';
import { IdParams } from '../contract/shapes.ts';
import {
  changeCannedReply,
  createCannedReply,
  removeCannedReply,
} from '../desk/change-canned-reply.ts';
import { listCannedReplies } from '../store/canned-replies.ts';
import { allow } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

export const cannedReplyRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const path = '/api/v1/canned-replies';
  const onRequest = allow(desk, 'canned-replies.write');
  const tags = ['canned-replies'];

  app.get(
    path,
    {
      onRequest: allow(desk, 'canned-replies.read'),
      schema: { tags, response: { 200: Type.Object({ items: Type.Array(CannedReply) }) } },
    },
    async ({ actor }) => ({ items: await listCannedReplies(desk.db, actor.workspaceId) }),
  );
  app.post(
    path,
    { onRequest, schema: { tags, body: CannedReplyCreation, response: { 201: CannedReply } } },
    async ({ actor: { workspaceId, name: actor }, body }, reply) =>
      reply
        .code(201)
        .send(
          await createCannedReply(
            desk,
            { workspaceId, actor },
            { ...body, teamId: body.teamId ?? null },
          ),
        ),
  );
  app.patch(
    `${path}/:id`,
    {
      onRequest,
      schema: { tags, params: IdParams, body: CannedReplyUpdate, response: { 200: CannedReply } },
    },
    ({ actor: { workspaceId, name: actor }, params: { id }, body }) =>
      changeCannedReply(desk, { workspaceId, actor, id }, body),
  );
  app.delete(
    `${path}/:id`,
    { onRequest, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async ({ actor: { workspaceId, name: actor }, params: { id } }, reply) => {
      await removeCannedReply(desk, { workspaceId, actor, id });
      return reply.code(204).send(null);
    },
  );
};
