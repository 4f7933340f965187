// The routes by which a company's own program says what contacts write, and reads what they are answered.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { can, isBoundTo } from '../../access/can.ts';
import { Id, IdParams, Text } from '../../contract/shapes.ts';
import { SaidMessage } from '../../contract/updates.ts';
import { UUID_PATTERN } from '../../contract/uuid.ts';
import type { Desk } from '../../desk/context.ts';
import { noteIfOthers } from '../../desk/note-reads.ts';
import { takeContactMessage } from '../../desk/take-contact-message.ts';
import { Refused } from '../../errors.ts';
import { allowChannel } from '../../http/authenticate.ts';
import type { RouteMeans } from '../../http/route-means.ts';
import { findLatestConversation, findNamedConversation } from '../../store/conversations.ts';
import { listMessages } from '../../store/messages.ts';
import { requireApiChannel } from './find-channel.ts';
import { ContactMessage } from './make-opening.ts';
import { presentSaid } from './present-said.ts';

const Said = Type.Object({
  id: Id,
  conversationId: Id,
  seq: Type.Integer({ description: 'Numbers the messages of the conversation.' }),
  repeated: Type.Boolean({ description: 'true: it was said before.' }),
});
const SaidQuery = Type.Object(
  {
    conversation: Type.String({ ...Text(64, 1), description: 'Your own id of it.' }),
    after: Type.Optional(
      Type.String({
        pattern: `^${UUID_PATTERN}:[0-9]{1,9}$`,
        description:
          'As the answer before gave it. Without it: the conversation that is open, or was last, from its first message on.',
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  { additionalProperties: false },
);
const SaidPage = Type.Object({
  conversationId: Id,
  open: Type.Boolean({
    description:
      'false: it has ended. One that is opened under the same id later follows by `after`.',
  }),
  after: Type.String({ description: 'Ask with it next time.' }),
  items: Type.Array(SaidMessage),
});

export const apiMessageRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (
  app,
  { desk, directory, noteRead, publicUrl },
) => {
  const path = '/api/v1/channels/:id/messages';
  const onRequest = allowChannel(desk);
  const tags = ['channels'];
  app.post(
    path,
    {
      onRequest,
      schema: {
        ...{ tags, params: IdParams, body: ContactMessage, response: { 200: Said, 201: Said } },
        description:
          'What the contact writes in a conversation on a channel of kind api. The agent sees it at once; what is parked comes back.',
      },
    },
    async ({ actor, params, body }, reply) => {
      const { workspaceId } = actor;
      const { channelId } = requireApiChannel(directory, workspaceId, params.id);
      const uploadedBy = isBoundTo(actor, channelId) ? actor.name : undefined;
      const { text = '', attachments = [], attachmentIds = [] } = body;
      const { messageId: id, ...said } = await takeContactMessage(desk, {
        ...{ workspaceId, channelId, text, attachments, attachmentIds },
        ...{ externalId: body.conversation, messageExternalId: body.externalId, uploadedBy },
      });
      return reply.code(said.repeated ? 200 : 201).send({ id, ...said });
    },
  );
  app.get(
    path,
    {
      onRequest,
      schema: {
        ...{ tags, params: IdParams, querystring: SaidQuery, response: { 200: SaidPage } },
        description:
          'What was written in a conversation on a channel of kind api, from a number on. What only agents see is left out.',
      },
    },
    async ({ actor, params, query }) => {
      const { workspaceId } = actor;
      const { channelId } = requireApiChannel(directory, workspaceId, params.id);
      const isOwn = isBoundTo(actor, channelId);
      if (!isOwn && !can(actor, 'conversations.read')) throw new Refused('role.insufficient');
      const { conversation: externalId, after, limit = 100 } = query;
      const key = { workspaceId, channelId, externalId };
      const { rows, conversation, seq } = await readOn(desk.db, key, { after, limit });
      const { conversationId, isOpen: open } = conversation;
      if (!isOwn) await noteIfOthers(noteRead, actor, conversation);
      const said = rows.filter(({ kind }) => kind === 'text');
      const items = said.map((row) => presentSaid(row, publicUrl()));
      return { conversationId, open, after: `${conversationId}:${rows.at(-1)?.seq ?? seq}`, items };
    },
  );
};

/** What follows in the conversation of the cursor; where that has ended and was read, in the next one of that name. */
async function readOn(
  db: Desk['db'],
  key: { workspaceId: string; channelId: string; externalId: string },
  { after, limit }: { after: string | undefined; limit: number },
) {
  const { workspaceId } = key;
  const list = (conversationId: string, afterSeq: number) =>
    listMessages(db, { workspaceId, conversationId, afterSeq, limit });
  if (after === undefined) {
    const conversation = await findLatestConversation(db, key);
    if (conversation === null) throw new Refused('conversation.not-found');
    return { conversation, rows: await list(conversation.conversationId, 0), seq: 0 };
  }
  const [conversationId = '', number] = after.split(':');
  const named = await findNamedConversation(db, { ...key, conversationId });
  if (named === null) throw new Refused('conversation.not-found');
  const { found: conversation, next } = named;
  const rows = await list(conversationId, Number(number));
  if (rows.length > 0 || conversation.isOpen || next === null) {
    return { conversation, rows, seq: Number(number) };
  }
  return { conversation: next, rows: await list(next.conversationId, 0), seq: 0 };
}
