// The calls of visitors' browsers and of Chimp Assist's clients, at the root of the port (chimp-assist.md §2).

import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { retryAfterOf } from '../../desk/retry-after.ts';
import { Refused } from '../../errors.ts';
import { UPLOAD_LIMITS } from '../../http/read-upload.ts';
import { isOutage, RETRY_AFTER_SECONDS } from '../../store/is-outage.ts';
import { webChatFiles } from './webchat-files.ts';
import type { WebChatMeans } from './webchat-means.ts';
import { webChatReads } from './webchat-reads.ts';
import { webChatSessions } from './webchat-sessions.ts';
import { webChatWidget } from './webchat-widget.ts';
import { webChatWishes } from './webchat-wishes.ts';

export async function webChatRoutes(app: FastifyInstance, means: WebChatMeans): Promise<void> {
  app.setErrorHandler((error, request, reply) => answerError(error as Error, request, reply));
  // Headers that any page's scripts may send: they bring a token of their own, never cookies.
  app.addHook('onRequest', async (request, reply) => {
    reply.header('access-control-allow-origin', request.headers.origin ?? '*');
    reply.header('vary', 'origin');
  });
  await app.register(multipart, { limits: UPLOAD_LIMITS });
  app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  allowPreflight(app);
  for (const routes of [
    webChatSessions,
    webChatWidget,
    webChatWishes,
    webChatFiles,
    webChatReads,
  ]) {
    await app.register(routes, means);
  }
}

function allowPreflight(app: FastifyInstance): void {
  const paths = ['/session', '/session/*', '/customer/*', '/attendant/*', '/widget/config'];
  for (const path of paths) {
    app.options(path, { schema: { hide: true } }, (_request, reply) =>
      reply
        .header('access-control-allow-methods', 'GET, POST')
        .header('access-control-allow-headers', 'authorization, content-type')
        .header('access-control-max-age', '86400')
        .code(204)
        .send(),
    );
  }
}

function answerError(
  error: Error & { statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
) {
  if (error instanceof Refused) {
    const retryAfter = retryAfterOf(error);
    if (retryAfter !== null) reply.header('retry-after', retryAfter);
    return reply.code(error.status).send({ error: error.message });
  }
  const status = error.statusCode ?? 500;
  if (status < 500) return reply.code(status).send({ error: error.message });
  request.log.error({ err: error }, 'a call of web chat failed');
  if (isOutage(error)) {
    reply.code(503).header('retry-after', RETRY_AFTER_SECONDS);
    return reply.send({ error: 'Try again in a moment.' });
  }
  return reply.code(500).send({ error: 'Something broke on our side.' });
}
