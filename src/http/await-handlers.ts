// Closing the server waits also for requests whose client has gone: their handlers still use the database.
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A handler that hangs must not keep the server running. */
const GRACE_MS = 3000;

/** After the hooks that keep answers; Fastify itself waits for connections alone. */
export function awaitHandlers(app: FastifyInstance): void {
  const open = new Set<FastifyRequest>();
  const handled = new WeakSet<FastifyRequest>();
  let ended = (): void => undefined;
  const end = (request: FastifyRequest) => {
    open.delete(request);
    if (open.size === 0) ended();
  };
  app.addHook('onRequest', async (request) => {
    open.add(request);
  });
  app.addHook('onRoute', (route) => {
    const { handler } = route;
    route.handler = function awaited(request, reply) {
      handled.add(request);
      const answer = handler.call(this, request, reply);
      // Fastify sends nothing then, so no hook tells of the end.
      const drop = (value: unknown) => {
        if (value === undefined && request.socket.destroyed) end(request);
      };
      if (answer instanceof Promise) answer.then(drop, () => undefined);
      return answer;
    };
  });
  app.addHook('onSend', async (request, _reply, payload) => {
    end(request);
    return payload;
  });
  app.addHook('onResponse', async (request) => {
    // The client went before its body was here: no handler runs for it.
    if (!request.raw.complete && !handled.has(request)) end(request);
  });
  app.addHook('onClose', async () => {
    if (open.size === 0) return;
    const all = new Promise<void>((done) => {
      ended = done;
    });
    await Promise.race([all, wait(GRACE_MS, undefined, { ref: false })]);
  });
}
