// Every failure of our own API as an RFC 9457 problem; the contracts of others keep their own envelopes.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type RefusalCode, Refused } from '../errors.ts';
import { isOutage, RETRY_AFTER_SECONDS } from '../store/is-outage.ts';
import { describeInvalid } from './describe-invalid.ts';

/** By the code of a refusal that passes by itself: the seconds after which to ask again. */
const PASSING: Partial<Record<RefusalCode, number>> = {
  'idempotency-key.under-way': 1,
  'updates.too-many': 5,
  'trial.too-many': 5,
  'workspace.busy': 1,
  'workspace.too-fast': 1,
  'workspace.full': 60,
};

export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) =>
    sendProblem(request, reply, toRefusal(error, request)),
  );
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, new Refused('route.not-found')),
  );
}

/** What the router refuses before it knows a route. */
export function answerUnreadable(
  _error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const text = 'The address cannot be read: a % must be followed by the bytes of UTF-8.';
  void sendProblem(request, reply, new Refused('request.invalid', text));
}

const unreadable: Record<string, string> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty. Send JSON, or no content-type.',
  FST_ERR_CTP_INVALID_JSON_BODY:
    'The body is not valid JSON. Check its quotes and commas; __proto__ may not be a name.',
};

export function toRefusal(error: FastifyError | Refused, request: FastifyRequest): Refused {
  if (error instanceof Refused) return error;
  if (error.validation !== undefined) {
    const text = describeInvalid(error.validation, error.validationContext);
    return new Refused('request.invalid', text);
  }
  const text = unreadable[error.code];
  if (text !== undefined) return new Refused('request.invalid', text);
  if (error.statusCode === 415) return new Refused('body.type-unknown');
  if (error.statusCode === 413) return new Refused('body.too-large');
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return new Refused('request.invalid', error.message);
  if (isOutage(error)) return new Refused('server.database-away');
  request.log.error({ err: error }, 'a request failed');
  return new Refused('server.failed');
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, refused: Refused): FastifyReply {
  const wait = refused.status === 503 ? RETRY_AFTER_SECONDS : PASSING[refused.code];
  if (wait !== undefined) reply.header('retry-after', wait);
  if (refused.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(refused.status)
    .type('application/problem+json')
    .send({
      type: 'about:blank',
      title: refused.code,
      status: refused.status,
      detail: refused.message,
      code: refused.code,
      requestId: request.id,
      ...refused.more,
    });
}
