// Every failure of our own API as an RFC 9457 problem; the contracts of others keep their own envelopes.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { STORABLE } from '../contract/api.ts';
import { Refused } from '../errors.ts';

export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) =>
    sendProblem(request, reply, toRefusal(error, request)),
  );
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, new Refused('route.not-found')),
  );
}

export function toRefusal(error: FastifyError | Refused, request: FastifyRequest): Refused {
  if (error instanceof Refused) return error;
  if (error.validation !== undefined) return new Refused('request.invalid', describe(error));
  if (error.statusCode === 413) return new Refused('body.too-large');
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return new Refused('request.invalid', error.message);
  request.log.error({ err: error }, 'a request failed');
  return new Refused('server.failed');
}

/** In words where the validator would show its own rule. */
function describe(error: FastifyError): string {
  const [first] = error.validation ?? [];
  if (first?.keyword === 'pattern' && first.params.pattern === STORABLE) {
    const place = `${error.validationContext ?? 'body'}${first.instancePath}`;
    return `${place} holds a NUL or half of a surrogate pair, which cannot be stored: leave it out`;
  }
  return error.message;
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, refused: Refused): FastifyReply {
  if (refused.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(refused.status).type('application/problem+json').send({
    type: 'about:blank',
    title: refused.code,
    status: refused.status,
    detail: refused.message,
    code: refused.code,
    requestId: request.id,
  });
}
