// The calls of visitors' browsers and of Chimp Assist's clients, at the root of the port (chimp-assist.md §2).

import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '../access/network-of.ts';
import { makeRates } from '../access/rates.ts';
import {
  readCustomerId,
  readEmail,
  readRating,
  readSessionWish,
} from '../connectors/webchat/read.ts';
import { matchesIdentityHash, readIdentityToken } from '../connectors/webchat/verify.ts';
import type { Place } from '../connectors/webchat/write.ts';
import { UUID } from '../contract/uuid.ts';
import type { Shown, WebChatConfig } from '../contract/webchat.ts';
import { keepAttachment, MAX_ATTACHMENT_BYTES } from '../desk/keep-attachment.ts';
import { rateConversation, requestTranscript } from '../desk/rate-conversation.ts';
import { forgetVisitor, type SessionWish, startWebSession } from '../desk/start-web-session.ts';
import { Refused } from '../errors.ts';
import { findAttachment } from '../store/attachments.ts';
import type { ChannelWithSecrets } from '../store/channels.ts';
import { isOutage } from '../store/is-outage.ts';
import { anyAgentOnline } from '../store/leases.ts';
import { findWebConversationBySession } from '../store/web-conversations.ts';
import type { Doors } from './doors.ts';
import { readUpload, SHOWN_TYPES, UPLOAD_LIMITS } from './read-upload.ts';
import { type FindCaller, requireVisitor } from './webchat-caller.ts';
import { webChatReads } from './webchat-reads.ts';

export interface WebChatDoor {
  findCaller: FindCaller;
  /** Ends the connections of a visitor who has signed out. */
  cut(workspaceId: string, sessionIds: readonly string[]): void;
  /** Where a conversation that waits stands in the queue. */
  placeOf(workspaceId: string, conversationId: string): Promise<Place>;
  baseTopicOf(workspaceId: string): string;
  /** Where browsers reach the broker. */
  mqttUrl(): string;
  shown: Shown;
  agentKeepAliveMs: number;
}

export type WebChatMeans = Doors & { webChat: WebChatDoor };

/** chimp-assist.md §6. */
const SESSIONS_PER_ADDRESS = { most: 30, withinMs: 60_000 };
/** Ten mebibytes each, and kept: more than anybody shows in a conversation. */
const FILES_PER_VISITOR = { most: 20, withinMs: 60_000 };
/** However many visitors somebody says to be. */
const FILES_PER_ADDRESS = { most: 60, withinMs: 60_000 };
const WISHES_PER_VISITOR = { most: 30, withinMs: 10_000 };
export async function webChatRoutes(app: FastifyInstance, means: WebChatMeans): Promise<void> {
  const { desk, webChat, publicUrl } = means;
  app.setErrorHandler((error, request, reply) => answerError(error as Error, request, reply));
  // Whatever a page's scripts may send: they come with a token of their own, never with cookies.
  app.addHook('onRequest', async (request, reply) => {
    reply.header('access-control-allow-origin', request.headers.origin ?? '*');
    reply.header('vary', 'origin');
  });
  await app.register(multipart, { limits: UPLOAD_LIMITS });
  app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  allowPreflight(app);
  const schema = { hide: true };

  const rates = makeRates(SESSIONS_PER_ADDRESS);
  app.post('/session', { schema }, async (request, reply) => {
    if (!rates.take(networkOf(request.ip), Date.now())) {
      return reply.code(429).send({ error: 'Too many sessions from one address. Wait a minute.' });
    }
    const wish = readSessionWish(readBody(request.body));
    if (!wish.ok) return reply.code(400).send({ error: wish.error });
    const channel = findChannel(means, wish.value.channelId);
    if (channel === null) return reply.code(404).send({ error: 'There is no such web chat.' });
    refuseForeignPage(channel, request, publicUrl());
    const granted = await startWebSession(desk, await prove(channel, wish.value));
    const { session, token, visitorKey } = granted;
    const { sessionId, customerId, workspaceId, verified } = session;
    return {
      sessionId,
      keepAliveTTL: webChat.shown.keepAliveTTL,
      sessionTopic: `server/sessions/${customerId}/${sessionId}`,
      customerId,
      visitorKey,
      verified,
      mqtt: {
        url: webChat.mqttUrl(),
        clientId: `visitor-${sessionId}-${crypto.randomUUID().slice(0, 8)}`,
        username: sessionId,
        password: token,
        baseTopic: webChat.baseTopicOf(workspaceId),
      },
    };
  });
  app.get('/config/attendant', { schema }, () => ({ keepAliveTTL: webChat.agentKeepAliveMs }));
  app.get<{ Querystring: { channelId?: string; locale?: string } }>(
    '/widget/config',
    { schema },
    async ({ query }, reply) => {
      const channel = findChannel(means, query.channelId ?? null);
      if (channel === null) return reply.code(404).send({ error: 'There is no such web chat.' });
      const online = await anyAgentOnline(desk.db, channel.workspaceId);
      return presentWidget(channel, { online, locale: query.locale ?? null });
    },
  );

  const files = makeRates(FILES_PER_VISITOR);
  const filesFrom = makeRates(FILES_PER_ADDRESS);
  const wishes = makeRates(WISHES_PER_VISITOR);
  const visitorOf = async (request: FastifyRequest, limit: typeof files) => {
    const { session } = await requireVisitor(webChat, request);
    const { workspaceId, customerId } = session;
    const fits = limit.take(`${workspaceId} ${customerId}`, Date.now());
    if (!fits) throw new Refused('request.too-many');
    return session;
  };
  const conversationOf = async (request: FastifyRequest) => {
    const { workspaceId, sessionId } = await visitorOf(request, wishes);
    const view = await findWebConversationBySession(desk.db, { workspaceId, sessionId });
    if (view === null) throw new Refused('conversation.not-found');
    return { workspaceId, conversationId: view.conversationId };
  };
  app.post('/session/:sessionId/rating', { schema }, async (request, reply) => {
    const rating = readRating(readBody(request.body));
    if (!rating.ok) return reply.code(400).send({ error: rating.error });
    await rateConversation(desk, { ...(await conversationOf(request)), ...rating.value });
    return reply.code(204).send();
  });
  app.post('/session/:sessionId/transcript', { schema }, async (request, reply) => {
    const email = readEmail(readBody(request.body));
    if (!email.ok) return reply.code(400).send({ error: email.error });
    await requestTranscript(desk, { ...(await conversationOf(request)), email: email.value });
    return reply.code(204).send();
  });
  app.post('/session/:sessionId/forget', { schema }, async (request, reply) => {
    const { session } = await requireVisitor(webChat, request);
    webChat.cut(session.workspaceId, await forgetVisitor(desk, session));
    return reply.code(204).send();
  });
  const bodyLimit = MAX_ATTACHMENT_BYTES + 64 * 1024;
  app.post('/session/:sessionId/attachments', { schema, bodyLimit }, async (request, reply) => {
    const { workspaceId, sessionId } = await visitorOf(request, files);
    const fits = filesFrom.take(networkOf(request.ip), Date.now());
    if (!fits) throw new Refused('request.too-many');
    const { fileName, contentType, content } = await readUpload(request);
    const createdBy = `visitor:${sessionId}`;
    const file = { workspaceId, fileName, contentType, content, createdBy };
    const id = await keepAttachment(desk, file);
    const url = `/attachments/${id}/${encodeURIComponent(fileName)}`;
    const size = content.length;
    return reply.code(201).send({ id, type: contentType, name: fileName, size, url });
  });
  app.get<{ Params: { id: string; name: string } }>(
    '/attachments/:id/:name',
    { schema },
    async ({ params: { id } }, reply) => {
      const file = UUID.test(id) ? await findAttachment(desk.db, id) : null;
      if (file === null) return reply.code(404).send({ error: 'There is no such file.' });
      const kind = SHOWN_TYPES.has(file.contentType) ? 'inline' : 'attachment';
      const name = encodeURIComponent(file.fileName);
      return reply
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "sandbox; default-src 'none'")
        .header('cross-origin-resource-policy', 'cross-origin')
        .header('cache-control', 'private, max-age=31536000, immutable')
        .header('content-disposition', `${kind}; filename*=UTF-8''${name}`)
        .type(file.contentType)
        .send(file.content);
    },
  );
  await app.register(webChatReads, means);
}

function allowPreflight(app: FastifyInstance): void {
  const paths = ['/session', '/session/*', '/customer/*', '/attendant/*', '/widget/config'];
  for (const path of paths) {
    app.options(path, { schema: { hide: true } }, (_request, reply) =>
      reply
        .header('access-control-allow-methods', 'GET, POST')
        .header('access-control-allow-headers', 'authorization, content-type')
        .header('access-control-max-age', '86400')
        .code(204)
        .send(),
    );
  }
}

/** Old clients send JSON without saying so. */
function readBody(body: unknown): unknown {
  if (typeof body !== 'string' || body.trim() === '') return body === '' ? null : body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function findChannel({ directory }: Doors, channelId: string | null): ChannelWithSecrets | null {
  const channels = directory.all().filter(({ kind }) => kind === 'webchat');
  const found = channels.find((one) => channelId === null || one.channelId === channelId);
  return found ?? null;
}

/** The sites whose pages may show a channel's chat; null: any. */
export async function framersOf(
  doors: Doors,
  channelId: string | undefined,
): Promise<string[] | null> {
  const channel = findChannel(doors, channelId ?? null);
  const { allowedOrigins = [] } = (channel?.config ?? {}) as WebChatConfig;
  return allowedOrigins.length === 0 ? null : allowedOrigins;
}

/** Only a browser says where a page is from; whoever else calls could say anything. */
function refuseForeignPage(
  { config }: ChannelWithSecrets,
  { headers: { origin } }: FastifyRequest,
  publicUrl: string,
): void {
  const { allowedOrigins = [] } = config as WebChatConfig;
  if (origin === undefined || allowedOrigins.length === 0) return;
  if (allowedOrigins.includes(origin) || origin === new URL(publicUrl).origin) return;
  throw new Refused('origin.refused');
}

async function prove(
  { workspaceId, channelId, config, secrets }: ChannelWithSecrets,
  wish: Extract<ReturnType<typeof readSessionWish>, { ok: true }>['value'],
): Promise<SessionWish> {
  const { widgetSecret = '' } = secrets;
  const { identityHash, identityToken, visitorKey, profile } = wish;
  const base = {
    workspaceId,
    channelId,
    requireIdentity: (config as WebChatConfig).requireIdentity === true,
    hasKey: widgetSecret !== '',
    visitorKey,
  };
  if (identityToken !== null && widgetSecret !== '') {
    const claims = await readIdentityToken(identityToken, widgetSecret);
    const fits = wish.customerId === null || wish.customerId === claims?.customerId;
    if (claims === null || !fits) throw new Refused('identity.not-verified');
    const { name, email } = claims;
    const customerId = readCustomerId(claims.customerId);
    if (customerId === null) {
      throw new Refused('request.invalid', 'sub must be an id as customer.id is.');
    }
    const said = { ...profile, ...(name && { name }), ...(email && { email }) };
    return { ...base, customerId, proved: true, profile: said };
  }
  if (identityHash !== null && widgetSecret !== '') {
    const { customerId } = wish;
    if (customerId === null || !matchesIdentityHash(identityHash, customerId, widgetSecret)) {
      throw new Refused('identity.not-verified');
    }
    return { ...base, customerId, proved: true, profile };
  }
  return { ...base, customerId: wish.customerId, proved: false, profile };
}

function presentWidget(
  { channelId, name, config }: ChannelWithSecrets,
  { online, locale }: { online: boolean; locale: string | null },
) {
  const settings = config as WebChatConfig;
  return {
    channelId,
    title: settings.title ?? name,
    greeting: settings.greeting ?? '',
    launcherText: settings.launcherText ?? '',
    colour: settings.colour ?? '#1f6feb',
    position: settings.position ?? 'right',
    theme: settings.theme ?? 'auto',
    showPoweredBy: settings.showPoweredBy ?? true,
    preChat: settings.preChat ?? { enabled: false, fields: [] },
    offline: settings.offline ?? { enabled: false, text: '' },
    requireIdentity: settings.requireIdentity ?? false,
    attachments: { maxBytes: MAX_ATTACHMENT_BYTES },
    online,
    locale,
  };
}

function answerError(
  error: Error & { statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
) {
  if (error instanceof Refused) return reply.code(error.status).send({ error: error.message });
  const status = error.statusCode ?? 500;
  if (status < 500) return reply.code(status).send({ error: error.message });
  request.log.error({ err: error }, 'a call of web chat failed');
  if (isOutage(error)) return reply.code(503).send({ error: 'Try again in a moment.' });
  return reply.code(500).send({ error: 'Something broke on our side.' });
}
