// Serves the widget and plays the server and the agent as the caller says.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastifyMultipart from '@fastify/multipart';
import { Aedes } from 'aedes';
import { fastify } from 'fastify';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { pagesRoutes } from '../../src/http/pages.ts';
import { makeConversations } from './conversations.ts';
import { type Control, talkRoutes } from './talk-routes.ts';

export type WebChat = Awaited<ReturnType<typeof startWebChat>>;

/** `config` overlays what GET /widget/config answers, and may be changed at any time. */
export async function startWebChat({ port = 0 }: { port?: number } = {}) {
  const server = createServer();
  const app = fastify({ serverFactory: (handler) => server.on('request', handler) });
  const broker = await Aedes.createBroker();
  const door = new WebSocketServer({ server, handleProtocols: () => 'mqtt' });
  door.on('connection', (socket, request) => {
    if (!control.up) return socket.terminate();
    const stream = createWebSocketStream(socket);
    stream.on('error', () => {});
    broker.handle(stream, request);
  });
  const config: Record<string, unknown> = {};
  const control: Control = {
    ...{ refuseUploads: null, holdUploads: false },
    ...{ up: true, host: {} },
  };
  const address = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const talks = makeConversations((topic, body) => {
    const payload = Buffer.from(JSON.stringify(body));
    broker.publish({ cmd: 'publish', topic, payload, qos: 1, retain: false, dup: false }, () => {});
  });
  broker.on('publish', (packet, client) => {
    if (client !== null) talks.take(packet.topic, JSON.parse(String(packet.payload)));
  });

  await app.register(pagesRoutes);
  await app.register(fastifyMultipart);
  app.addHook('onRequest', async (_request, reply) => {
    if (!control.up) return reply.code(503).send();
  });
  await app.register(talkRoutes, { config, control, talks, address });
  await app.ready();
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));

  const cut = () => {
    for (const socket of door.clients) socket.terminate();
  };
  const stop = async () => {
    control.holdUploads = false;
    cut();
    await new Promise<void>((done) => broker.close(() => done()));
    await app.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return { url: `http://${address()}`, config, control, talks, cut, stop };
}
