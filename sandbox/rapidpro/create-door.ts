// The network side of the emulator: listens, reads whole bodies, goes down and comes back.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Exchange } from './send-answer.ts';

/** Opens and closes on the same port, with a new server each time. */
export function createDoor(host: string, take: (exchange: Exchange, body: Buffer) => void) {
  let server: Server | null = null;
  let ending = new AbortController();
  const sockets = new Set<Socket>();

  const open = async (port: number): Promise<number> => {
    if (server !== null) return port;
    ending = new AbortController();
    const { signal } = ending;
    const opened = createServer((request, response) => {
      readBody(request, (body) => take({ request, response, signal }, body));
    });
    // Longer than any sender's pause, so that an idle connection is not closed just as it is used again.
    opened.keepAliveTimeout = 65_000;
    opened.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      opened.once('error', reject);
      opened.listen(port, host, resolve);
    });
    server = opened;
    return (opened.address() as AddressInfo).port;
  };

  const close = async (): Promise<void> => {
    const closing = server;
    server = null;
    if (closing === null) return;
    ending.abort();
    await new Promise((resolve) => {
      closing.close(resolve);
      for (const socket of sockets) socket.destroy();
    });
  };

  return { open, close };
}

/** A request whose body arrives incomplete is not reported. */
function readBody(request: IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => done(Buffer.concat(chunks)));
}
