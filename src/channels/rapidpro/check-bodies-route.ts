// The route that checks whether the bodies of RapidPro's GET requests arrive.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { BodyCheck } from '../../contract/channels.ts';
import { IdParams } from '../../contract/shapes.ts';
import { Refused } from '../../errors.ts';
import { allow } from '../../http/authenticate.ts';
import type { RouteMeans } from '../../http/route-means.ts';
import type { CheckBodies } from './check-bodies.ts';

export interface BodyCheckMeans extends RouteMeans {
  checkBodies: CheckBodies;
}

export const checkBodiesRoutes: FastifyPluginAsyncTypebox<BodyCheckMeans> = async (
  app,
  { desk, directory, checkBodies },
) => {
  app.post(
    '/api/v1/channels/:id/check-bodies',
    {
      onRequest: allow(desk, 'channels.check'),
      schema: { tags: ['channels'], params: IdParams, response: { 200: BodyCheck } },
    },
    async ({ actor, params: { id: channelId } }) => {
      const channel = directory.byId(channelId);
      if (channel === null || channel.workspaceId !== actor.workspaceId) {
        throw new Refused('channel.not-found');
      }
      if (channel.kind !== 'rapidpro') throw new Refused('channel.not-rapidpro');
      return { verdict: await checkBodies({ channelId, secret: channel.secrets.secret || null }) };
    },
  );
};
