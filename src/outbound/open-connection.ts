// Opens a connection to a checked address of a host, ready for HTTP/1.1.
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { Client } from 'undici';
import { connectFirst } from './connect-first.ts';
import type { Failure } from './outbound-answer.ts';
import type { ResolveHost } from './resolve-host.ts';
import { startDeadline, withinSignal } from './start-deadline.ts';
import { startTls } from './start-tls.ts';

export interface Target {
  origin: string;
  /** A name, or a literal address without brackets. */
  host: string;
  port: number;
  tls: boolean;
  verifyTls: boolean;
}

export interface Connection {
  ok: true;
  client: Client;
  address: string;
  openedAt: number;
  /** Called when bytes arrive; for the exchange under way. */
  onRead: () => void;
  bytesRead(): number;
  isOpen(): boolean;
  close(): void;
}

export interface Opener {
  resolveHost: ResolveHost;
  secureContext: SecureContext;
  /** Called for every socket that carries a connection, when it is opened. */
  onSocket(socket: Socket): void;
}

/** How long a connection waits for its next request, unless the server says less. */
const IDLE_MS = 4000;
const MAX_IDLE_MS = 10_000;
const MAX_HEADER_BYTES = 16_384;

export async function openConnection(
  opener: Opener,
  target: Target,
  limits: { connectMs: number; signal: AbortSignal },
): Promise<Connection | Failure> {
  const deadline = startDeadline({
    ms: limits.connectMs,
    text: `No connection within ${limits.connectMs} ms.`,
    within: limits.signal,
  });
  try {
    const opened = await openSocket(opener, target, deadline.signal);
    return opened.ok ? makeConnection(target, opened) : opened;
  } finally {
    deadline.clear();
  }
}

async function openSocket(
  { resolveHost, secureContext, onSocket }: Opener,
  { host, port, tls, verifyTls }: Target,
  signal: AbortSignal,
): Promise<{ ok: true; socket: Socket; address: string } | Failure> {
  const resolved = await withinSignal(signal, resolveHost(host));
  if (!resolved.ok) return resolved;
  const connected = await connectFirst({ addresses: resolved.addresses, port, signal });
  if (!connected.ok) return connected;
  const { socket, address } = connected;
  onSocket(socket);
  if (!tls) return connected;
  const secured = await startTls({ socket, address, host, verifyTls, secureContext, signal });
  return secured.ok ? { ...secured, address } : secured;
}

/** undici speaks HTTP on the socket; it never gets to open one itself. */
function makeConnection(
  { origin }: Target,
  { socket, address }: { socket: Socket; address: string },
): Connection {
  let taken = false;
  const client = new Client(origin, {
    connect: (_options, callback) => {
      // Once the socket is gone the connection is finished: another one would need another check.
      // undici waits forever if it is told before its own call has returned.
      queueMicrotask(() => {
        if (taken) return callback(new Error('The connection has ended.'), null);
        taken = true;
        callback(null, socket);
        // After undici's own listener: what it has just parsed may have ended the exchange.
        socket.on('readable', () => connection.onRead());
      });
    },
    pipelining: 1,
    maxHeaderSize: MAX_HEADER_BYTES,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: MAX_IDLE_MS,
    // The limit of the whole attempt is stricter.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const close = () => {
    client.destroy(new Error('closed'), () => {});
    socket.destroy();
  };
  socket.once('close', close);
  const connection: Connection = {
    ok: true,
    client,
    address,
    openedAt: Date.now(),
    onRead: () => {},
    bytesRead: () => socket.bytesRead,
    isOpen: () => !socket.destroyed && !client.destroyed,
    close,
  };
  return connection;
}
