// The routes by which a program tells what its contacts ask for at the end: to rate it, and a transcript.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { makeRates } from '../../access/rates.ts';
import { EMAIL, IdParams, Nullable, Text } from '../../contract/shapes.ts';
import type { Desk } from '../../desk/context.ts';
import {
  rateConversation,
  requestTranscript,
  WISHES_PER_CONTACT,
} from '../../desk/rate-conversation.ts';
import { Refused } from '../../errors.ts';
import { allowChannel } from '../../http/authenticate.ts';
import type { ApiMeans } from './api-means.ts';
import { findNamed } from './find-named.ts';

const tags = ['channels'];
const named = {
  conversation: Type.String({
    ...Text(64, 1),
    description: 'Your own id of it: the one that is open, or was last.',
  }),
  conversationId: Type.Optional(
    Type.String({
      format: 'uuid',
      description: 'Which of those that were opened under your id; as updates tell it.',
    }),
  ),
};
const Rating = Type.Object(
  {
    ...named,
    score: Type.Integer({ minimum: 1, maximum: 5 }),
    comment: Type.Optional(Nullable(Text(2000))),
  },
  { additionalProperties: false },
);
const Transcript = Type.Object(
  {
    ...named,
    email: Type.String({ maxLength: 254, pattern: EMAIL }),
  },
  { additionalProperties: false },
);
type App = Parameters<FastifyPluginAsyncTypebox<ApiMeans>>[0];
type Find = (named: Parameters<typeof findNamed>[1]) => ReturnType<typeof findNamed>;

export const apiWishRoutes: FastifyPluginAsyncTypebox<ApiMeans> = async (app, means) => {
  const wishes = makeRates(WISHES_PER_CONTACT);
  const find: Find = async (named) => {
    const found = await findNamed(means, named);
    const key = `${named.workspaceId} ${found.contactId}`;
    if (!wishes.take(key, means.desk.clock.elapsed())) throw new Refused('request.too-many');
    return found;
  };
  addRating(app, means.desk, find);
  addTranscript(app, means, find);
};

function addRating(app: App, desk: Desk, find: Find): void {
  app.post(
    '/api/v1/channels/:id/rating',
    {
      onRequest: allowChannel(desk),
      schema: {
        ...{ tags, params: IdParams, body: Rating, response: { 204: Type.Null() } },
        description:
          'What the contact thinks of the conversation, usually after its end. A second rating replaces the first.',
      },
    },
    async ({ actor: { workspaceId }, params: { id }, body }, reply) => {
      const { score, comment = null, ...which } = body;
      const { conversationId } = await find({ workspaceId, id, ...which });
      const rating = { score, comment: comment || null };
      await rateConversation(desk, { workspaceId, conversationId, ...rating });
      return reply.code(204).send(null);
    },
  );
}

function addTranscript(app: App, { desk, mailing }: ApiMeans, find: Find): void {
  app.post(
    '/api/v1/channels/:id/transcript',
    {
      onRequest: allowChannel(desk),
      schema: {
        ...{ tags, params: IdParams, body: Transcript, response: { 204: Type.Null() } },
        description:
          'The contact wants what was said by e-mail. Whoever receives the event conversation.transcript-requested sends it; where nobody does, Usher, if SMTP_URL is set.',
      },
    },
    async ({ actor: { workspaceId }, params: { id }, body }, reply) => {
      const { email, ...which } = body;
      const { conversationId } = await find({ workspaceId, id, ...which });
      await requestTranscript(desk, mailing, { workspaceId, conversationId, email });
      return reply.code(204).send(null);
    },
  );
}
