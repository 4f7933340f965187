// Closes the HTTP server within seconds, whatever its clients do.
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

// A client that keeps its connection busy must not keep the server running.
const CONNECTIONS_GRACE_MS = 3000;
/** Whoever has just connected is about to send. */
const FIRST_BYTE_MS = 250;

/** To be called before it listens: answers what closes it. */
export function makeCloseServer(
  app: Pick<FastifyInstance, 'server' | 'close'>,
): () => Promise<void> {
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // Browsers connect ahead of their next request. To Node such a connection is not idle.
  const cutSilent = () => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };
  return async () => {
    // A connection that was busy while closing is kept alive for a minute after its answer.
    const idle = setInterval(() => app.server.closeIdleConnections(), 50);
    const silent = setTimeout(cutSilent, FIRST_BYTE_MS);
    const force = setTimeout(() => app.server.closeAllConnections(), CONNECTIONS_GRACE_MS);
    await app.close();
    clearInterval(idle);
    clearTimeout(silent);
    clearTimeout(force);
  };
}
