// What a visitor asks for at the end of a conversation: to rate it, and a transcript.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { makeRates } from '../../access/rates.ts';
import {
  rateConversation,
  requestTranscript,
  WISHES_PER_CONTACT,
} from '../../desk/rate-conversation.ts';
import { Refused } from '../../errors.ts';
import { findOwnWebConversation } from '../../store/web-conversations.ts';
import { limitVisitor } from './limit-visitor.ts';
import { readEmail, readRating } from './read.ts';
import { readBody } from './read-body.ts';
import type { WebChatMeans } from './webchat-means.ts';

export async function webChatWishes(app: FastifyInstance, means: WebChatMeans): Promise<void> {
  const { desk } = means;
  const schema = { hide: true };
  const wishes = makeRates(WISHES_PER_CONTACT);
  const conversationOf = async (request: FastifyRequest) => {
    const session = await limitVisitor(means, request, wishes);
    const view = await findOwnWebConversation(desk.db, session);
    if (view === null) throw new Refused('conversation.not-found');
    return { workspaceId: session.workspaceId, conversationId: view.conversationId };
  };
  app.post('/session/:sessionId/rating', { schema }, async (request, reply) => {
    const rating = readRating(readBody(request.body));
    if (!rating.ok) return reply.code(400).send({ error: rating.error });
    await rateConversation(desk, { ...(await conversationOf(request)), ...rating.value });
    return reply.code(204).send();
  });
  app.post('/session/:sessionId/transcript', { schema }, async (request, reply) => {
    const email = readEmail(readBody(request.body));
    if (!email.ok) return reply.code(400).send({ error: email.error });
    await requestTranscript(desk, means.mailing, {
      ...(await conversationOf(request)),
      email: email.value,
    });
    return reply.code(204).send();
  });
}
