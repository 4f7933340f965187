// The routes by which the program of a channel tells what its contacts do besides writing, and who they are.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { displayName } from '../../contract/display-name.ts';
import { Id, IdParams, Nullable, Page, PageOf, Text, Time } from '../../contract/shapes.ts';
import { ShownState } from '../../contract/updates.ts';
import { closeConversation } from '../../desk/close-conversation.ts';
import { mergeContacts } from '../../desk/merge-contacts.ts';
import { putContact } from '../../desk/put-contact.ts';
import { showReadToProgram } from '../../desk/show-read.ts';
import { Refused } from '../../errors.ts';
import { allowChannel } from '../../http/authenticate.ts';
import { readCursor, toPage } from '../../http/page.ts';
import { getConversation } from '../../store/conversations.ts';
import {
  listProgramConversationsOfContact,
  type PastRow,
} from '../../store/program-conversations.ts';
import type { ApiMeans } from './api-means.ts';
import { requireApiChannel, requireOwnChannel } from './find-channel.ts';
import { findNamed } from './find-named.ts';
import { ContactFields } from './make-opening.ts';
import { shownStateOf } from './shown-state.ts';

const tags = ['channels'];
const HIGHEST_UUID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
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

const Merging = Type.Object(
  {
    into: Type.String({
      ...Text(255, 1),
      description: 'Your own id of who they turned out to be.',
    }),
  },
  closed,
);
const Merged = Type.Object({
  id: Id,
  externalId: Type.String(),
  conversations: Type.Integer({ description: 'How many changed hands.' }),
});
const Past = Type.Object({
  id: Id,
  conversation: Type.String({ description: 'Your own id of it.' }),
  ...{ state: ShownState, queuedAt: Time, closedAt: Nullable(Time) },
  reason: Nullable(Type.String({ description: 'Why it was closed.' })),
});
const PastPage = Type.Object({
  cursor: Type.Optional(Page.properties.cursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
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

type App = Parameters<FastifyPluginAsyncTypebox<ApiMeans>>[0];

export const apiContactRoutes: FastifyPluginAsyncTypebox<ApiMeans> = async (app, means) => {
  addTyping(app, means);
  addRead(app, means);
  addClose(app, means);
  addContact(app, means);
  addMerging(app, means);
  addPast(app, means);
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

function addMerging(app: App, { desk, directory }: ApiMeans): void {
  app.post(
    '/api/v1/channels/:id/contacts/:externalId/merge',
    {
      onRequest: allowChannel(desk),
      schema: {
        ...{ tags, params: ContactParams, body: Merging, response: { 200: Merged } },
        description:
          'The contact, a guest until now, has signed in as another: their conversations become the other’s, and what is not known of the other is taken from the guest. Open ones are placed by the rules again.',
      },
    },
    async ({ actor: { workspaceId }, params: { id, externalId: guestId }, body }) => {
      const { channelId } = requireApiChannel(directory, workspaceId, id);
      const { into: customerId } = body;
      const merging = { workspaceId, channelId, guestId, customerId };
      const { contactId, conversationIds } = await mergeContacts(desk, merging);
      return { id: contactId, externalId: customerId, conversations: conversationIds.length };
    },
  );
}

function addPast(app: App, means: ApiMeans): void {
  const { desk } = means;
  app.get(
    '/api/v1/channels/:id/contacts/:externalId/conversations',
    {
      onRequest: allowChannel(desk),
      schema: {
        ...{ tags, params: ContactParams, querystring: PastPage },
        response: { 200: PageOf(Past) },
        description:
          'The contact’s conversations on the channel, the newest first, for the program of the channel. What was said in one: GET …/messages with after=<its id>:0.',
      },
    },
    async ({ actor, params: { id, externalId }, query }) => {
      const { workspaceId } = actor;
      const channelId = requireOwnChannel(means, actor, id);
      const { limit = 10 } = query;
      const before = readCursor(query, HIGHEST_UUID);
      const wanted = { workspaceId, channelId, externalId, before, limit: limit + 1 };
      const rows = await listProgramConversationsOfContact(desk.db, wanted);
      return toPage(rows, limit, { id: (row) => row.conversationId, present: presentPast });
    },
  );
}

function presentPast(row: PastRow): Static<typeof Past> {
  const { conversationId: id, externalId: conversation, queuedAt, closedAt } = row;
  return {
    ...{ id, conversation, state: shownStateOf(row) },
    ...{ queuedAt: queuedAt.toISOString(), closedAt: closedAt?.toISOString() ?? null },
    reason: row.closeReason,
  };
}
