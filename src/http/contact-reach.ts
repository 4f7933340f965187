// Writing to a contact first: over which channels that can be done, and doing it.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { can } from '../access/can.ts';
import { sightOf } from '../access/sight.ts';
import type { ChannelKind } from '../contract/channel-kinds.ts';
import { ConversationStart, Reaches } from '../contract/contacts.ts';
import { Conversation } from '../contract/conversation.ts';
import { IdParams } from '../contract/shapes.ts';
import { findObstacle } from '../desk/judge-reach.ts';
import { writeFirst } from '../desk/write-first.ts';
import { Refused } from '../errors.ts';
import { listReach } from '../store/contact-reach.ts';
import { getContact } from '../store/contacts.ts';
import { allow } from './authenticate.ts';
import { readConversation } from './read-conversation.ts';
import type { RouteMeans } from './route-means.ts';

export const contactReachRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (
  app,
  { desk, directory },
) => {
  const tags = ['contacts'];
  app.get(
    '/api/v1/contacts/:id/reach',
    {
      onRequest: allow(desk, 'contacts.read'),
      schema: {
        tags,
        description:
          'As whom each channel knows the contact, at most 50, and whether one can write first there.',
        params: IdParams,
        response: { 200: Reaches },
      },
    },
    async ({ actor, params: { id } }) => {
      const { workspaceId } = actor;
      const contact = await getContact(desk.db, { workspaceId, contactId: id });
      if (contact === null) throw new Refused('contact.not-found');
      const { contactId } = contact;
      const rows = await listReach(desk.db, { workspaceId, contactId, seenBy: sightOf(actor) });
      const items = rows.map((row) => {
        const { identityId, channelId, channelName, externalId, openId } = row;
        const channelKind = row.channelKind as ChannelKind;
        const obstacle = findObstacle(row);
        return { identityId, channelId, channelName, channelKind, externalId, obstacle, openId };
      });
      return { items };
    },
  );
  app.post(
    '/api/v1/contacts/:id/conversations',
    {
      onRequest: allow(desk, 'conversations.work'),
      schema: {
        tags,
        description:
          'The calling agent writes first, and has the conversation from then on. It counts against their capacity: without room it is refused, and nothing is sent.',
        params: IdParams,
        body: ConversationStart,
        response: { 201: Conversation },
      },
    },
    async ({ actor, params: { id: contactId }, body }, reply) => {
      const { workspaceId, agentId, name } = actor;
      const { force = false, ...said } = body;
      if (force && !can(actor, 'conversations.force')) throw new Refused('role.insufficient');
      if (agentId === null) {
        throw new Refused('request.invalid', 'Only an agent writes first: this token is of none.');
      }
      const beginning = { workspaceId, contactId, agentId, force, actor: name, ...said };
      const started = await writeFirst({ ...desk, directory }, beginning);
      return reply.code(201).send(await readConversation(desk, actor, started));
    },
  );
};
