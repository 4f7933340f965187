// How clients reach the embedded broker: WebSocket on the HTTP port at /mqtt and, if wanted, TCP.
import type { IncomingMessage, Server } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';
import { guardPackets } from './guard-packets.ts';

type Handle = (stream: Duplex, request?: IncomingMessage) => void;

/** The limit on unread bytes for a client that does not read. */
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024;
const BACKLOG_LOOK_MS = 1000;
const CLOSE_WITHIN_MS = 500;
const MAX_FRAME_BYTES = 256 * 1024;

export function serveWebSockets(http: Server, handle: Handle): { stop(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (offered.has('mqtt') ? 'mqtt' : false),
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
  });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const path = (request.url ?? '').split('?')[0];
    const asks = (request.headers['sec-websocket-protocol'] ?? '').split(/, */);
    if (path !== '/mqtt' || !asks.includes('mqtt')) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const stream = streamOf(webSocket);
      streams.set(webSocket, stream);
      webSocket.once('close', () => streams.delete(webSocket));
      handle(stream, request);
    });
  };
  http.on('upgrade', upgrade);
  const streams = new Map<WebSocket, Duplex>();
  const look = setInterval(() => {
    // Waiting bytes are kept before the socket, which gets the next when the last is sent.
    for (const [webSocket, { writableLength }] of streams) {
      const waiting = webSocket.bufferedAmount + writableLength;
      if (waiting > MAX_BACKLOG_BYTES) webSocket.terminate();
    }
  }, BACKLOG_LOOK_MS);
  return {
    stop: () => {
      clearInterval(look);
      http.off('upgrade', upgrade);
      for (const webSocket of sockets.clients) webSocket.close(1001);
      setTimeout(() => {
        for (const webSocket of sockets.clients) webSocket.terminate();
      }, CLOSE_WITHIN_MS).unref();
    },
  };
}

function streamOf(webSocket: WebSocket): Duplex {
  const fits = guardPackets();
  webSocket.on('message', (data, isBinary) => {
    if (!isBinary || !fits(data as Buffer)) webSocket.terminate();
  });
  webSocket.on('error', () => webSocket.terminate());
  const stream = createWebSocketStream(webSocket);
  stream.on('error', () => webSocket.terminate());
  return stream;
}

export async function serveTcp(
  { port, host }: { port: number | undefined; host: string },
  handle: Handle,
): Promise<{ port: number | null; stop(): Promise<void> }> {
  if (port === undefined) return { port: null, stop: async () => {} };
  const open = new Set<Socket>();
  const server = createTcpServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    guardSocket(socket);
    handle(socket);
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, done);
  });
  const look = setInterval(() => {
    for (const socket of open) if (socket.writableLength > MAX_BACKLOG_BYTES) socket.destroy();
  }, BACKLOG_LOOK_MS);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () =>
      new Promise((done) => {
        clearInterval(look);
        server.close(() => done());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** Every chunk is checked before anything reads it. */
function guardSocket(socket: Socket): void {
  const fits = guardPackets();
  const push = socket.push.bind(socket);
  socket.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    if (chunk !== null && !fits(chunk)) {
      socket.destroy();
      return false;
    }
    return push(chunk, encoding);
  };
}
