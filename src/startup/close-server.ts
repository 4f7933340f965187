// Closes the HTTP server within seconds, whatever its clients do.
import type { FastifyInstance } from 'fastify';

// A client that keeps its connection busy must not keep the server running.
const CONNECTIONS_GRACE_MS = 3000;

export async function closeServer(app: Pick<FastifyInstance, 'server' | 'close'>): Promise<void> {
  // A connection that was busy while closing is kept alive for a minute after its answer.
  const idle = setInterval(() => app.server.closeIdleConnections(), 50);
  const force = setTimeout(() => app.server.closeAllConnections(), CONNECTIONS_GRACE_MS);
  await app.close();
  clearInterval(idle);
  clearTimeout(force);
}
