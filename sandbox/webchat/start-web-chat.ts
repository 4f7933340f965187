// Serves the widget and plays the server and the agent as the caller says.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastifyMultipart from '@fastify/multipart';
import { Aedes } from 'aedes';
import { fastify } from 'fastify';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { pagesRoutes } from '../../src/http/pages.ts';
import { makeConversations } from './conversations.ts';
import { type HostOptions, writeHostPage } from './host-page.ts';

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
  const control = { refuseUploads: null as number | null, up: true, host: {} as HostOptions };
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
  app.get('/host', async (_request, reply) => {
    const { html, policy } = writeHostPage(`http://${address()}`, control.host);
    return reply.headers({ 'content-security-policy': policy }).type('text/html').send(html);
  });
  app.get('/widget/config', async () => ({ ...defaults, ...config }));
  app.get('/widget/presence', async () => ({ ...defaults, ...config }).presence);
  app.post('/session', async (request) => {
    const { customer } = (request.body ?? {}) as { customer?: { name?: string } };
    return talks.allocate(`ws://${address()}/mqtt`, customer?.name ?? 'Guest');
  });
  app.get<{ Params: { id: string } }>('/session/:id', async ({ params }, reply) =>
    reply.type('application/json').send(JSON.stringify(talks.session(params.id))),
  );
  app.get<{ Params: { id: string }; Querystring: { afterSeq: string } }>(
    '/session/:id/messages',
    async ({ params, query }) => talks.after(params.id, Number(query.afterSeq)),
  );
  app.post<{ Params: { id: string } }>('/session/:id/attachments', async (request, reply) => {
    const file = await request.file();
    const content = await file?.toBuffer();
    if (control.refuseUploads !== null) return reply.code(control.refuseUploads).send();
    const id = randomUUID();
    const [name, type, size] = [file?.filename, file?.mimetype, content?.length];
    files.set(id, { type: type ?? '', content: content ?? Buffer.of() });
    const attachment = { id, name, type, size, url: `http://${address()}/files/${id}` };
    return reply.code(201).send(talks.keepFile(attachment));
  });
  const files = new Map<string, { type: string; content: Buffer }>();
  app.get<{ Params: { id: string } }>('/files/:id', async ({ params }, reply) => {
    const file = files.get(params.id);
    return reply.type(file?.type ?? 'text/plain').send(file?.content);
  });
  for (const path of ['rating', 'transcript', 'forget']) {
    app.post(`/session/:id/${path}`, async ({ body }, reply) => {
      talks.told.push([path, body]);
      return reply.code(204).send();
    });
  }
  await app.ready();
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));

  const cut = () => {
    for (const socket of door.clients) socket.terminate();
  };
  const stop = async () => {
    cut();
    await new Promise<void>((done) => broker.close(() => done()));
    await app.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return { url: `http://${address()}`, config, control, talks, cut, stop };
}

const defaults = {
  channelId: '0b1f6c1e-9a9f-4f0e-8a64-0e5d8a3f2a11',
  title: 'Nusantara Coffee',
  greeting: '',
  colour: '#1d63ed',
  position: 'right',
  theme: 'light',
  showPoweredBy: true,
  launcherText: '',
  preChat: { enabled: false, fields: [] },
  offline: { enabled: true, text: '' },
  requireIdentity: false,
  presence: { state: 'here' },
  attachments: { maxBytes: 10_485_760 },
  transcript: 'email',
  locale: 'en',
};
