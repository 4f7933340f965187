// A real broker behind a WebSocket for the tests of the client.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Aedes } from 'aedes';
import { onTestFinished } from 'vitest';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';

export interface TestBroker {
  url: string;
  broker: Aedes;
  /** Cuts every line without a word. */
  cut(): void;
  sockets: Set<WebSocket>;
}

/** Takes the password "right" and refuses subscriptions to "secret". */
export async function startTestBroker(port = 0): Promise<TestBroker> {
  const broker = await Aedes.createBroker({
    authenticate: (_client, username, password, done) => {
      if (username === 'nobody') return done({ ...new Error('no'), returnCode: 5 } as never, null);
      done(null, password?.toString() === 'right');
    },
    authorizeSubscribe: (_client, subscription, done) =>
      done(null, subscription.topic === 'secret' ? null : subscription),
  });
  const server = createServer();
  const sockets = new Set<WebSocket>();
  const door = new WebSocketServer({ server, handleProtocols: (offered) => [...offered][0] ?? '' });
  door.on('connection', (socket, request) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    const stream = createWebSocketStream(socket);
    stream.on('error', () => {});
    broker.handle(stream, request);
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const cut = () => {
    for (const socket of sockets) socket.terminate();
  };
  onTestFinished(async () => {
    cut();
    await new Promise<void>((done) => broker.close(() => done()));
    door.close();
    await new Promise((done) => server.close(done));
  });
  const { port: chosen } = server.address() as AddressInfo;
  return { url: `ws://127.0.0.1:${chosen}/mqtt`, broker, cut, sockets };
}
