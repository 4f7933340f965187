// A server that does to a connection whatever a test says, for answers no HTTP library would give.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';

export interface RawServer {
  port: number;
  /** Connections that were ever accepted. */
  accepted(): number;
  /** Connections that are open now. */
  open(): number;
}

export async function startRawServer(
  onConnection: (socket: Socket) => void,
  options: { tls?: TlsOptions; host?: string; port?: number } = {},
): Promise<RawServer> {
  const { tls, host = '127.0.0.1', port = 0 } = options;
  const sockets = new Set<Socket>();
  let accepted = 0;
  const accept = (socket: Socket) => {
    socket.on('error', () => {});
    onConnection(socket);
    // A socket that is not read never learns that the other side has gone.
    socket.resume();
  };
  const server: Server = tls === undefined ? createServer(accept) : createTlsServer(tls, accept);
  server.on('connection', (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return {
    port: (server.address() as AddressInfo).port,
    accepted: () => accepted,
    open: () => sockets.size,
  };
}

/** Answers every request on the connection in the same way, once its head has come. */
export function answerWith(answer: string): (socket: Socket) => void {
  return (socket) => {
    socket.on('data', (data) => {
      if (data.includes('\r\n\r\n')) socket.write(answer);
    });
  };
}

export const plainAnswer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** Accepts, reads, and never says a word. */
export function hang(): void {}
