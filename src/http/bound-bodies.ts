// Refuses bodies that are too large as early as possible, and does not read a refused one.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refused } from '../errors.ts';

/** A smaller rest is read, so that the connection can be kept. */
const SMALL = 64 * 1024;
/** A client that is still sending gets the answer before the connection is cut. */
const HEAR_WITHIN_MS = 1000;

export function boundBodies(app: FastifyInstance): void {
  const asking = holdThoseWhoAsk(app);
  // After the route's checks of the caller, and before anything is read.
  app.addHook('preParsing', async (request, reply) => {
    const most = request.routeOptions.bodyLimit;
    const isForm = /^\s*multipart\//i.test(request.headers['content-type'] ?? '');
    if (most !== undefined && saidLength(request) > most) {
      throw new Refused(isForm ? 'attachment.too-large' : 'body.too-large');
    }
    if (asking.has(request.raw)) reply.raw.writeContinue();
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (isLeft(request)) cutAfter(request, reply);
    return payload;
  });
}

/**
 * `Expect: 100-continue` (RFC 9110 §10.1.1): Node would tell every client to go on, before any
 * route is asked.
 */
function holdThoseWhoAsk(app: FastifyInstance): WeakSet<IncomingMessage> {
  const asking = new WeakSet<IncomingMessage>();
  app.server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    asking.add(request);
    app.server.emit('request', request, response);
  });
  return asking;
}

function saidLength({ headers }: FastifyRequest): number {
  return Number(headers['content-length'] ?? 0);
}

/** The rest is more than is worth reading; for a body without a length it is unknown. */
function isLeft(request: FastifyRequest): boolean {
  const { headers, raw } = request;
  if (raw.complete) return false;
  return headers['transfer-encoding'] !== undefined || saidLength(request) > SMALL;
}

/**
 * Node would go on reading and discarding until the sender is done, or cut at once and lose the
 * answer.
 */
function cutAfter({ raw }: FastifyRequest, reply: FastifyReply): void {
  const { socket } = raw;
  reply.header('connection', 'close');
  raw.unpipe();
  raw.pause();
  // Node does not discard a body that was asked for; paused, it reads one buffer and no more.
  raw.read();
  // Called once the answer has been written.
  socket.destroySoon = () => {
    socket.end();
    const timer = setTimeout(() => socket.destroy(), HEAR_WITHIN_MS);
    socket.once('close', () => clearTimeout(timer));
  };
}
