// Many conversations at once over HTTP.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { actingOf } from '../access/acting.ts';
import { can } from '../access/can.ts';
import { sightOf } from '../access/sight.ts';
import { BulkChange, BulkOutcomes, MAX_BULK } from '../contract/bulk.ts';
import { changeMany } from '../desk/change-many.ts';
import { Refused } from '../errors.ts';
import { allow } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

export const bulkRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  app.post(
    '/api/v1/conversations/bulk',
    {
      onRequest: allow(desk, 'conversations.work'),
      schema: {
        tags: ['conversations'],
        description:
          'Each conversation is judged by itself, as its own route would: what is refused for one stops no other. Send an Idempotency-Key: a repeat then gets the same answer, and nothing is done twice.',
        body: BulkChange,
        response: { 200: BulkOutcomes },
      },
    },
    async ({ actor, body: { changes } }) => {
      const { workspaceId, name } = actor;
      const wanted = changes.flatMap(({ ids, action }) => ids.map((id) => ({ id, action })));
      if (wanted.length > MAX_BULK) {
        throw new Refused('request.invalid', `changes may name ${MAX_BULK} conversations in all.`);
      }
      if (new Set(wanted.map(({ id }) => id.toLowerCase())).size < wanted.length) {
        throw new Refused('request.invalid', 'changes must name each conversation once.');
      }
      const items = await changeMany(desk, {
        ...{ workspaceId, actor: name, acting: actingOf(actor), seenBy: sightOf(actor), wanted },
        takesOver: can(actor, 'conversations.take-over'),
      });
      return { items };
    },
  );
};
