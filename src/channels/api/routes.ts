// The route by which a company's own program opens conversations.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Priority } from '../../contract/conversation.ts';
import { Id, IdParams, Name, Text } from '../../contract/shapes.ts';
import { impliedBy } from '../../desk/find-wanted.ts';
import { openConversation } from '../../desk/open-conversation.ts';
import { Refused } from '../../errors.ts';
import { allow } from '../../http/authenticate.ts';
import type { RouteMeans } from '../../http/route-means.ts';
import { findOpenConversation } from '../../store/conversations.ts';

const Opening = Type.Object(
  {
    externalId: Type.String({
      ...Text(64, 1),
      description: 'Your own id of it. While it is open, a repeat opens nothing new.',
    }),
    contact: Type.Object(
      {
        externalId: Type.String({ ...Text(255, 1), description: 'Your own id of the customer.' }),
        name: Type.Optional(Name),
        email: Type.Optional(Text(255)),
        phone: Type.Optional(Text(50)),
      },
      { additionalProperties: false },
    ),
    priority: Type.Optional(Priority),
    team: Type.Optional(Type.String({ ...Text(255, 1), description: 'By name or id.' })),
    skills: Type.Optional(
      Type.Array(Text(255, 1), { maxItems: 20, description: 'By name or id.' }),
    ),
  },
  { additionalProperties: false },
);

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
      onRequest: allow(desk, 'conversations.speak'),
      schema: {
        tags: ['channels'],
        description: 'Opens a conversation on a channel of kind api: it waits for an agent.',
        params: IdParams,
        body: Opening,
        response: { 200: Opened, 201: Opened },
      },
    },
    async ({ actor: { workspaceId }, params: { id: channelId }, body }, reply) => {
      const found = directory.ofKind('api').find((one) => one.channelId === channelId);
      if (found?.workspaceId !== workspaceId) throw new Refused('channel.not-found');
      const { externalId, priority = 'normal', team = null, skills = [], contact } = body;
      const { name = null, email = null, phone = null } = contact;
      const told = { name, email, phone, avatarUrl: null, attributes: {} };
      const { conversationId, opened } = await openConversation(desk, {
        workspaceId,
        channel: { channelId, weight: found.weight, remote: false, ...impliedBy(found) },
        wants: { team, skills },
        ...{ externalId, priority },
        contact: { externalId: contact.externalId, ...told },
        ...{ externalChannelId: null, previousSessionId: null, meta: {} },
      });
      const key = { workspaceId, channelId, externalId };
      // null: another request is opening it at this moment.
      const id = conversationId ?? (await findOpenConversation(desk.db, key));
      if (id === null) throw new Refused('conversation.closed');
      return reply.code(opened ? 201 : 200).send({ id, opened });
    },
  );
};
