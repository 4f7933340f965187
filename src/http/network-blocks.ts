// Networks from which web chat is refused, over HTTP.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { NetworkBlock, NetworkBlocking } from '../contract/contacts.ts';
import { IdParams } from '../contract/shapes.ts';
import { blockNetwork, unblockNetwork } from '../desk/block-network.ts';
import { listNetworkBlocks, type NetworkBlockRow } from '../store/contact-blocks.ts';
import { allow } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

export const networkBlockRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const path = '/api/v1/blocked-networks';
  const onRequest = allow(desk, 'contacts.block');
  const tags = ['contacts'];

  app.get(
    path,
    {
      onRequest,
      schema: { tags, response: { 200: Type.Object({ items: Type.Array(NetworkBlock) }) } },
    },
    async ({ actor: { workspaceId } }) => ({
      items: (await listNetworkBlocks(desk.db, workspaceId)).map(present),
    }),
  );
  app.post(
    path,
    {
      onRequest,
      schema: {
        tags,
        description: 'Web chat refuses sessions from there; those that were begun there end.',
        body: NetworkBlocking,
        response: { 201: NetworkBlock },
      },
    },
    async ({ actor: { workspaceId, name: actor }, body }, reply) =>
      reply.code(201).send(present(await blockNetwork(desk, { workspaceId, actor, ...body }))),
  );
  app.delete(
    `${path}/:id`,
    { onRequest, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async ({ actor: { workspaceId, name: actor }, params: { id: blockId } }, reply) => {
      await unblockNetwork(desk, { workspaceId, blockId, actor });
      return reply.code(204).send(null);
    },
  );
};

function present({ blockId: id, blockedAt, blockedBy: by, network, reason }: NetworkBlockRow) {
  return { id, network, reason, by, at: blockedAt.toISOString() };
}
