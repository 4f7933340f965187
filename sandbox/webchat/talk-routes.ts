// What the stand-in answers over HTTP: the host page, the widget's settings, sessions, messages and files.
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { makeConversations } from './conversations.ts';
import { type HostOptions, writeHostPage } from './host-page.ts';

export interface Control {
  /** The status with which files are refused; null: they are taken. */
  refuseUploads: number | null;
  /** Files are taken and not answered until this is false. */
  holdUploads: boolean;
  up: boolean;
  host: HostOptions;
}

interface Means {
  config: Record<string, unknown>;
  control: Control;
  talks: ReturnType<typeof makeConversations>;
  address: () => string;
}

export async function talkRoutes(app: FastifyInstance, means: Means): Promise<void> {
  const { config, control, talks, address } = means;
  app.get('/host', async (_request, reply) => {
    const { html, policy } = writeHostPage(`http://${address()}`, control.host);
    return reply.headers({ 'content-security-policy': policy }).type('text/html').send(html);
  });
  app.get('/widget/config', async () => ({ ...defaults, ...config }));
  app.get('/widget/presence', async () => ({ ...defaults, ...config }).presence);
  app.post('/session', async (request) => {
    talks.told.push(['session', request.body]);
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
  for (const path of ['rating', 'transcript', 'forget']) {
    app.post(`/session/:id/${path}`, async ({ body }, reply) => {
      talks.told.push([path, body]);
      return reply.code(204).send();
    });
  }
  addFiles(app, means);
}

function addFiles(app: FastifyInstance, { control, talks, address }: Means): void {
  app.post<{ Params: { id: string } }>('/session/:id/attachments', async (request, reply) => {
    const file = await request.file();
    const content = await file?.toBuffer();
    while (control.holdUploads) await setTimeout(50);
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
