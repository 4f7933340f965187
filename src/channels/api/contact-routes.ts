// The routes by which the program of a channel tells what its contacts do besides writing, and who they are.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { displayName } from '../../contract/display-name.ts';
import { Id, IdParams, Text } from '../../contract/shapes.ts';
import { closeConversation } from '../../desk/close-conversation.ts';
import { putContact } from '../../desk/put-contact.ts';
import { showReadToProgram } from '../../desk/show-read.ts';
import { Refused } from '../../errors.ts';
import { allowChannel } from '../../http/authenticate.ts';
import { findLatestConversation, getConversation } from '../../store/conversations.ts';
import type { ApiMeans } from './api-means.ts';
import { requireApiChannel } from './find-channel.ts';
import { ContactFields } from './make-opening.ts';

const tags = ['channels'];
const conversation = Type.String({
  ...Text(64, 1),
  description: 'Your own id of it, as it was opened.',
});
const closed = { additionalProperties: false };
const Typing = Type.Object({ conversation, typing: Type.Boolean() }, closed);
const Read = Type.Object(
  {
    conversation,
    seq: Type.Integer({
      ...{ minimum: 1, maximum: 2_147_483_647 },
      description: 'The number of the last message that was read.',
    }),
  },
  closed,
);
const Closing = Type.Object(
  {
    conversation,
    reason: Type.Optional(Type.String({ ...Text(200, 1), description: 'closed-by-visitor' })),
  },
  closed,
);
const Closed = Type.Object({
  id: Id,
  closed: Type.Boolean({ description: 'false: it had ended before.' }),
});
const PutContact = Type.Object({
  id: Id,
  externalId: Type.String(),
  created: Type.Boolean({ description: 'false: it was known.' }),
});
const ContactParams = Type.Object({
  id: Id,
  externalId: Type.String({ ...Text(255, 1), description: 'Your own id of the customer.' }),
});

/** false: it ended a moment before. */
function isEndedBy(closing: Promise<unknown>): Promise<boolean> {
  return closing.then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refused && error.code === 'conversation.closed') return false;
      throw error;
    },
  );
}

type Named = { workspaceId: string; id: string; conversation: string };
type App = Parameters<FastifyPluginAsyncTypebox<ApiMeans>>[0];

/** The one of that name that is open, or was last. Refuses `channel.not-found` and `conversation.not-found`. */
async function findNamed(
  { desk, directory }: Pick<ApiMeans, 'desk' | 'directory'>,
  { workspaceId, id, conversation: externalId }: Named,
) {
  const { channelId } = requireApiChannel(directory, workspaceId, id);
  const found = await findLatestConversation(desk.db, { workspaceId, channelId, externalId });
  if (found !== null) return found;
  throw new Refused('conversation.not-found', 'No conversation was opened under that id.');
}

export const apiContactRoutes: FastifyPluginAsyncTypebox<ApiMeans> = async (app, means) => {
  addTyping(app, means);
  addRead(app, means);
  addClose(app, means);
  addContact(app, means);
};

function addTyping(app: App, means: ApiMeans): void {
  const { desk, api } = means;
  app.post(
    '/api/v1/channels/:id/typing',
    {
      onRequest: allowChannel(desk),
      schema: {
        ...{ tags, params: IdParams, body: Typing, response: { 204: Type.Null() } },
        description:
          'The contact is typing, or has stopped. The agent is shown it for six seconds: say it again while it lasts.',
      },
    },
    async ({ actor: { workspaceId }, params, body }, reply) => {
      const named = { workspaceId, id: params.id, conversation: body.conversation };
      const { conversationId, agentId, isOpen } = await findNamed(means, named);
      if (!isOpen) throw new Refused('conversation.closed');
      const row = agentId && (await getConversation(desk.db, { workspaceId, conversationId }));
      if (agentId !== null && row) {
        const { contactExternalId: id, contactName, contactEmail, contactPhone } = row;
        const known = { name: contactName, email: contactEmail, phone: contactPhone };
        const from = { id, name: displayName({ ...known, externalId: id }), verified: null };
        api.tellTyping(workspaceId, agentId, { conversationId, typing: body.typing, from });
      }
      return reply.code(204).send(null);
    },
  );
}

function addRead(app: App, means: ApiMeans): void {
  const { desk } = means;
  app.post(
    '/api/v1/channels/:id/read',
    {
      onRequest: allowChannel(desk),
      schema: {
        ...{ tags, params: IdParams, body: Read, response: { 204: Type.Null() } },
        description: 'How far the contact has read. A mark never goes back.',
      },
    },
    async ({ actor: { workspaceId }, params, body }, reply) => {
      const named = { workspaceId, id: params.id, conversation: body.conversation };
      const { conversationId } = await findNamed(means, named);
      const mark = { workspaceId, conversationId, by: 'contact', upToSeq: body.seq } as const;
      await showReadToProgram(desk, mark);
      return reply.code(204).send(null);
    },
  );
}

function addClose(app: App, means: ApiMeans): void {
  const { desk } = means;
  app.post(
    '/api/v1/channels/:id/close',
    {
      onRequest: allowChannel(desk),
      schema: {
        ...{ tags, params: IdParams, body: Closing, response: { 200: Closed } },
        description: 'Ends the conversation in the name of its contact.',
      },
    },
    async ({ actor: { workspaceId }, params, body }) => {
      const named = { workspaceId, id: params.id, conversation: body.conversation };
      const { conversationId, isOpen } = await findNamed(means, named);
      if (!isOpen) return { id: conversationId, closed: false };
      const closing = closeConversation(desk, {
        ...{ workspaceId, conversationId, actor: 'contact', acting: null, tellRemote: false },
        reason: body.reason ?? 'closed-by-visitor',
      });
      return { id: conversationId, closed: await isEndedBy(closing) };
    },
  );
}

function addContact(app: App, { desk, directory }: ApiMeans): void {
  app.put(
    '/api/v1/channels/:id/contacts/:externalId',
    {
      onRequest: allowChannel(desk),
      schema: {
        ...{ tags, params: ContactParams, body: ContactFields },
        response: { 200: PutContact, 201: PutContact },
        description:
          'What you know of a contact. What is left out stays, null removes it; tags are added, and each attribute replaces the one of its name.',
      },
    },
    async ({ actor: { workspaceId }, params: { id, externalId }, body }, reply) => {
      const { channelId } = requireApiChannel(directory, workspaceId, id);
      const put = await putContact(desk, { workspaceId, channelId, externalId, ...body });
      const { contactId, created } = put;
      return reply.code(created ? 201 : 200).send({ id: contactId, externalId, created });
    },
  );
}
