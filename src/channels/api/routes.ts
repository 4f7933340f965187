// The route by which a company's own program opens conversations.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Id, IdParams } from '../../contract/shapes.ts';
import { impliedBy } from '../../desk/find-wanted.ts';
import { openConversation } from '../../desk/open-conversation.ts';
import { Refused } from '../../errors.ts';
import { allowChannel } from '../../http/authenticate.ts';
import type { RouteMeans } from '../../http/route-means.ts';
import { findOpenConversation } from '../../store/conversations.ts';
import { requireApiChannel } from './find-channel.ts';
import { makeOpening, Opening } from './make-opening.ts';

const Opened = Type.Object({
  id: Id,
  opened: Type.Boolean({ description: 'false: it was open already.' }),
});

export const apiRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (
  app,
  { desk, directory },
) => {
  app.post(
    '/api/v1/channels/:id/conversations',
    {
      onRequest: allowChannel(desk),
      schema: {
        tags: ['channels'],
        description:
          'Opens a conversation on a channel of kind api: it waits for an agent. The rules of the policy look at all that comes along.',
        params: IdParams,
        body: Opening,
        response: { 200: Opened, 201: Opened },
      },
    },
    async ({ actor: { workspaceId }, params, body }, reply) => {
      const found = requireApiChannel(directory, workspaceId, params.id);
      const { channelId, weight } = found;
      const { externalId } = body;
      const channel = { workspaceId, channelId, weight, ...impliedBy(found) };
      const opening = makeOpening(body, channel);
      const { conversationId, opened } = await openConversation(desk, opening);
      const key = { workspaceId, channelId, externalId };
      // null: another request is opening it at this moment.
      const id = conversationId ?? (await findOpenConversation(desk.db, key));
      if (id === null) throw new Refused('conversation.closed');
      return reply.code(opened ? 201 : 200).send({ id, opened });
    },
  );
};
