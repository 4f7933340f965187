// How a path is served: every method is answered, bodies are read by us, and errors are told in the contract's envelope.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Answer, type Envelope, failure } from './answers.ts';
import type { QiscusDoor } from './door.ts';
import { BadBody } from './parse-body.ts';

export type Handle = (request: FastifyRequest) => Promise<Answer>;

/** A webhook, also with its secret as the last segment of the path. */
export function serve(
  app: FastifyInstance,
  door: QiscusDoor,
  args: { method: 'POST'; path: string; envelope: Envelope },
  handle: Handle,
): void {
  const methods = { [args.method]: handle };
  route(app, door, { ...args, methods });
  route(app, door, { ...args, methods, path: `${args.path}/:secret` });
}

const allMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

export function route(
  app: FastifyInstance,
  door: QiscusDoor,
  args: { methods: Partial<Record<string, Handle>>; path: string; envelope: Envelope },
): void {
  app.route({
    method: [...allMethods],
    url: args.path,
    schema: { hide: true },
    errorHandler: (error, request, reply) =>
      sendError(door, args.envelope, { error, request, reply }),
    handler: async (request, reply) => {
      const handle = args.methods[request.method];
      const answer =
        handle === undefined
          ? failure(
              args.envelope,
              405,
              `The ${request.method} method is not supported for this route.`,
            )
          : await handle(request);
      return reply.code(answer.status).send(answer.body);
    },
  });
}

function sendError(
  door: QiscusDoor,
  envelope: Envelope,
  {
    error,
    request,
    reply,
  }: { error: Error & { statusCode?: number }; request: FastifyRequest; reply: FastifyReply },
): FastifyReply {
  if (error instanceof BadBody) return reply.code(400).send(envelope.failure(400, error.message));
  if (error.statusCode === 413) {
    return reply.code(413).send(envelope.failure(413, 'The request body must not exceed 1 MiB.'));
  }
  const retryAfter = door.retryAfter(error);
  if (retryAfter !== null) {
    reply.code(503).header('retry-after', retryAfter);
    return reply.send(envelope.failure(503, door.describePassing(error)));
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) {
    return reply.code(status).send(envelope.failure(status, error.message));
  }
  request.log.error({ err: error }, 'a webhook could not be taken');
  return reply.code(500).send(envelope.failure(500, 'Internal server error.'));
}

/** JSON, urlencoded and multipart are all accepted, whatever the content type says. */
export function keepBodiesRaw(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
