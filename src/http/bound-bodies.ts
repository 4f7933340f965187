// Refuses bodies that are too large as soon as that is known, and reads nothing of what is refused.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refused } from '../errors.ts';

/** What is left of a smaller one is read, so that its connection can be kept. */
const SMALL = 64 * 1024;
/** Whoever is told while still sending gets the answer before the connection is cut. */
const HEAR_WITHIN_MS = 1000;

export function boundBodies(app: FastifyInstance): void {
  const asking = holdThoseWhoAsk(app);
  // After what a route asks of whoever calls, and before anything is read.
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

/** `Expect: 100-continue` (RFC 9110 §10.1.1): Node would tell everybody to go on, before any route is asked. */
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

/** More is to come than is worth reading: of a body without a length nobody knows how much. */
function isLeft(request: FastifyRequest): boolean {
  const { headers, raw } = request;
  if (raw.complete) return false;
  return headers['transfer-encoding'] !== undefined || saidLength(request) > SMALL;
}

/** Node would go on reading, and throw away, until the sender is done; or cut at once, and with it the answer. */
function cutAfter({ raw }: FastifyRequest, reply: FastifyReply): void {
  const { socket } = raw;
  reply.header('connection', 'close');
  raw.unpipe();
  raw.pause();
  // Whose body has been asked for is not thrown away by Node; paused, it takes one buffer and no more.
  raw.read();
  // Called once the answer has been written.
  socket.destroySoon = () => {
    socket.end();
    const timer = setTimeout(() => socket.destroy(), HEAR_WITHIN_MS);
    socket.once('close', () => clearTimeout(timer));
  };
}
