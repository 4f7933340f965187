// What is offered to the agent who asks. The answers are verbs of the conversation (conversations.ts).
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Offers } from '../contract/offers.ts';
import { listOffers } from '../desk/list-offers.ts';
import { allow } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

export const offerRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  app.get(
    '/api/v1/offers',
    {
      onRequest: allow(desk, 'conversations.read'),
      schema: {
        tags: ['conversations'],
        description:
          'What is offered to the agent who asks, with what they need to decide, and what they have missed. Empty for whoever is no agent.',
        response: { 200: Offers },
      },
    },
    async ({ actor: { workspaceId, agentId } }) =>
      agentId === null ? { items: [], missed: [] } : listOffers(desk, { workspaceId, agentId }),
  );
};
