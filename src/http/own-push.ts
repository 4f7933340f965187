// Pushes to the devices of whoever is signed in, over HTTP: asked for, ended, acknowledged.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { PushAcknowledgement, PushState, PushSubscription, Visible } from '../contract/push.ts';
import { acknowledgePush } from '../desk/acknowledge-push.ts';
import { noteVisibleTab, subscribePush } from '../desk/subscribe-push.ts';
import { dropSubscriptionOfSession, readSubscriptions } from '../store/push-subscriptions.ts';
import { allowSignedIn } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

export interface PushMeans extends RouteMeans {
  /** The installation’s VAPID key. */
  pushKey: string;
}

export const ownPushRoutes: FastifyPluginAsyncTypebox<PushMeans> = async (
  app,
  { desk, pushKey: publicKey },
) => {
  const tags = ['sign-in'];
  const onRequest = allowSignedIn(desk);
  const done = { 204: Type.Null() };

  app.get(
    '/api/v1/session/push',
    { onRequest, schema: { tags, response: { 200: PushState } } },
    async ({ loginSession }) => ({
      publicKey,
      ...(await readSubscriptions(desk.db, loginSession)),
    }),
  );
  app.put(
    '/api/v1/session/push',
    {
      onRequest,
      schema: {
        tags,
        description:
          'Pushes what waits for the person to this browser, until the session ends. Of ten devices the oldest makes room.',
        body: PushSubscription,
        response: done,
      },
    },
    async ({ loginSession, body }, reply) => {
      await subscribePush(desk, loginSession, body);
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/api/v1/session/push',
    { onRequest, schema: { tags, response: done } },
    async ({ loginSession }, reply) => {
      await dropSubscriptionOfSession(desk.db, loginSession);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/session/push/acknowledgement',
    {
      onRequest,
      schema: {
        tags,
        description:
          'A push has reached this browser. A phone that sleeps then counts on from now; a second time nothing changes.',
        body: PushAcknowledgement,
        response: done,
      },
    },
    async ({ loginSession: { workspaceId, sessionId }, body }, reply) => {
      await acknowledgePush(desk, { workspaceId, sessionId, token: body.token });
      return reply.code(204).send(null);
    },
  );
  app.put(
    '/api/v1/session/visible',
    {
      onRequest,
      schema: {
        tags,
        description:
          'While a tab is visible its person is pushed nothing. It counts for 45 seconds.',
        body: Visible,
        response: done,
      },
    },
    async ({ loginSession: { workspaceId, sessionId }, body }, reply) => {
      await noteVisibleTab(desk, { workspaceId, sessionId, visible: body.visible });
      return reply.code(204).send(null);
    },
  );
};
