// The network side of the receiver: listens, reads whole bodies, goes down and comes back.
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { answerRequest } from './answer-request.ts';
import type { Behaviour } from './behaviour.ts';
import type { Certificate } from './make-certificate.ts';

/** The default target of redirects: a request that arrives here has followed one. */
export const TRAP_PATH = '/redirected';

interface DoorOptions {
  certificate: Certificate | null;
  host: string;
  take: (message: IncomingMessage, at: number, body: Buffer) => Behaviour;
  origin: { readonly url: string };
  now: () => number;
}

/** Opens and closes on the same port, with a new server each time. */
export function createDoor({ certificate, host, take, origin, now }: DoorOptions) {
  let server: Server | null = null;
  let ending = new AbortController();
  let connections = 0;
  const sockets = new Map<string, Socket>();

  const open = async (port: number): Promise<number> => {
    if (server !== null) return port;
    ending = new AbortController();
    const { signal } = ending;
    const listener: RequestListener = (request, response) => {
      const at = now();
      const reset = () => sockets.get(nameOf(request.socket))?.resetAndDestroy();
      readBody(request, (body) => {
        const trapUrl = origin.url + TRAP_PATH;
        const exchange = { request, response, signal, trapUrl, reset };
        void answerRequest(exchange, take(request, at, body));
      });
    };
    const opened: Server =
      certificate === null ? createServer(listener) : createTlsServer(certificate, listener);
    // Longer than any sender's pause, so that an idle connection is not closed just as it is used again.
    opened.keepAliveTimeout = 65_000;
    // Of HTTPS too this is the bare TCP connection, the only one that can be reset.
    opened.on('connection', (socket: Socket) => {
      connections++;
      const name = nameOf(socket);
      sockets.set(name, socket);
      socket.once('close', () => sockets.delete(name));
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
      for (const socket of sockets.values()) socket.destroy();
    });
  };

  return { open, close, connections: () => connections };
}

function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress}:${remotePort}`;
}

/** A request whose body arrives incomplete is not reported. */
function readBody(request: IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () =>
    done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)),
  );
}
