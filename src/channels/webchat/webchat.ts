// The calls of visitors' browsers and of Chimp Assist's clients, at the root of the port (chimp-assist.md §2).

import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '../../access/network-of.ts';
import { makeRates } from '../../access/rates.ts';
import type { Presence } from '../../contract/presence.ts';
import { UUID } from '../../contract/uuid.ts';
import type { Shown } from '../../contract/webchat.ts';
import { MAX_ATTACHMENT_BYTES } from '../../desk/keep-attachment.ts';
import {
  rateConversation,
  requestTranscript,
  TRANSCRIPT_WISH,
} from '../../desk/rate-conversation.ts';
import { forgetVisitor, startWebSession } from '../../desk/start-web-session.ts';
import { Refused } from '../../errors.ts';
import type { FileDoors } from '../../http/file-doors.ts';
import { SHOWN_TYPES, UPLOAD_LIMITS } from '../../http/read-upload.ts';
import { findAttachment } from '../../store/attachments.ts';
import type { ChannelOf } from '../../store/channels.ts';
import { isTypeBound } from '../../store/endpoints.ts';
import { isOutage, RETRY_AFTER_SECONDS } from '../../store/is-outage.ts';
import { findOpenWebConversation, findOwnWebConversation } from '../../store/web-conversations.ts';
import type { WebSessionRow } from '../../store/web-sessions.ts';
import { presentWidget } from './present-widget.ts';
import { proveVisitor } from './prove-visitor.ts';
import { noteBrowser, readEmail, readRating, readSessionWish } from './read.ts';
import { type FindCaller, requireVisitor } from './webchat-caller.ts';
import { findWebChat, refuseForeignPage } from './webchat-channel.ts';
import { webChatReads } from './webchat-reads.ts';
import type { Place } from './write.ts';

export interface WebChatDoor {
  findCaller: FindCaller;
  /** Where a conversation that waits stands in the queue. */
  placeOf(workspaceId: string, conversationId: string): Promise<Place>;
  /** Whether somebody is there for its visitors. null: there is no such channel. */
  presenceOf(workspaceId: string, channelId: string): Promise<Presence | null>;
  baseTopicOf(workspaceId: string): string;
  /** A name by which a visitor may be connected at a broker beside us. */
  noteClient(session: WebSessionRow, clientId: string): Promise<unknown>;
  /** Where browsers reach the broker. */
  mqttUrl(): string;
  shown: Shown;
  agentKeepAliveMs: number;
}

export type WebChatMeans = FileDoors & { webChat: WebChatDoor };

/** chimp-assist.md §6. */
const SESSIONS_PER_ADDRESS = { most: 30, withinMs: 60_000 };
/** Ten mebibytes each, and kept: more than anybody shows in a conversation. */
const FILES_PER_VISITOR = { most: 20, withinMs: 60_000 };
/** However many visitors somebody says to be. */
const FILES_PER_ADDRESS = { most: 60, withinMs: 60_000 };
const WISHES_PER_VISITOR = { most: 30, withinMs: 10_000 };
export async function webChatRoutes(app: FastifyInstance, means: WebChatMeans): Promise<void> {
  const { desk, webChat, files, publicUrl } = means;
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
    const channel = findWebChat(means, wish.value.channelId);
    if (channel === null) return reply.code(404).send({ error: 'There is no such web chat.' });
    refuseForeignPage(channel, request, publicUrl());
    const profile = noteBrowser(wish.value.profile, request.headers);
    const granted = await startWebSession(
      desk,
      await proveVisitor(channel, { ...wish.value, profile }, publicUrl()),
    );
    const { session, token, visitorKey } = granted;
    const { sessionId, customerId, workspaceId, verified } = session;
    const clientId = `visitor-${sessionId}-${crypto.randomUUID().slice(0, 8)}`;
    await webChat.noteClient(session, clientId);
    return {
      sessionId,
      keepAliveTTL: webChat.shown.keepAliveTTL,
      sessionTopic: `server/sessions/${customerId}/${sessionId}`,
      customerId,
      visitorKey,
      verified,
      mqtt: {
        url: webChat.mqttUrl(),
        clientId,
        username: sessionId,
        password: token,
        baseTopic: webChat.baseTopicOf(workspaceId),
      },
    };
  });
  const presenceOf = async ({ workspaceId, channelId }: ChannelOf<'webchat'>): Promise<Presence> =>
    (await webChat.presenceOf(workspaceId, channelId)) ?? { state: 'away' };
  app.get('/config/attendant', { schema }, () => ({ keepAliveTTL: webChat.agentKeepAliveMs }));
  app.get<{ Querystring: { channelId?: string; locale?: string } }>(
    '/widget/config',
    { schema },
    async ({ query }, reply) => {
      const channel = findWebChat(means, query.channelId ?? null);
      if (channel === null) return reply.code(404).send({ error: 'There is no such web chat.' });
      const presence = await presenceOf(channel);
      const mails = await isTypeBound(desk.db, channel.workspaceId, TRANSCRIPT_WISH);
      return presentWidget(channel, { presence, mails, locale: query.locale ?? null });
    },
  );
  app.get<{ Querystring: { channelId?: string } }>(
    '/widget/presence',
    { schema },
    async ({ query }, reply) => {
      const channel = findWebChat(means, query.channelId ?? null);
      if (channel === null) return reply.code(404).send({ error: 'There is no such web chat.' });
      return presenceOf(channel);
    },
  );

  const filesOf = makeRates(FILES_PER_VISITOR);
  const filesFrom = makeRates(FILES_PER_ADDRESS);
  const wishes = makeRates(WISHES_PER_VISITOR);
  const visitorOf = async (request: FastifyRequest, limit: typeof filesOf) => {
    const { session } = await requireVisitor(webChat, request);
    const { workspaceId, customerId } = session;
    const fits = limit.take(`${workspaceId} ${customerId}`, Date.now());
    if (!fits) throw new Refused('request.too-many');
    return session;
  };
  const conversationOf = async (request: FastifyRequest) => {
    const session = await visitorOf(request, wishes);
    const view = await findOwnWebConversation(desk.db, session);
    if (view === null) throw new Refused('conversation.not-found');
    return { workspaceId: session.workspaceId, conversationId: view.conversationId };
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
    await forgetVisitor(desk, session);
    return reply.code(204).send();
  });
  const bodyLimit = MAX_ATTACHMENT_BYTES + 64 * 1024;
  app.post('/session/:sessionId/attachments', { schema, bodyLimit }, async (request, reply) => {
    const session = await visitorOf(request, filesOf);
    const { workspaceId, sessionId } = session;
    const fits = filesFrom.take(networkOf(request.ip), Date.now());
    if (!fits) throw new Refused('request.too-many');
    const open = await findOpenWebConversation(desk.db, session);
    if (open === null) throw new Refused('upload.no-conversation');
    const createdBy = `visitor:${sessionId}`;
    const kept = await files.take(request, { workspaceId, createdBy, visitor: sessionId });
    const { id, contentType, fileName, size } = kept;
    const url = `/attachments/${id}/${encodeURIComponent(fileName)}`;
    return reply.code(201).send({ id, type: contentType, name: fileName, size, url });
  });
  app.get<{ Params: { id: string; name: string } }>(
    '/attachments/:id/:name',
    { schema },
    async (request, reply) => {
      const { id } = request.params;
      const file = UUID.test(id) ? await findAttachment(files.db, id) : null;
      if (file === null) return reply.code(404).send({ error: 'There is no such file.' });
      const kind = SHOWN_TYPES.has(file.contentType) ? 'inline' : 'attachment';
      const name = encodeURIComponent(file.fileName);
      reply
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "sandbox; default-src 'none'")
        .header('cross-origin-resource-policy', 'cross-origin')
        .header('cache-control', 'private, max-age=31536000, immutable')
        .header('content-disposition', `${kind}; filename*=UTF-8''${name}`);
      return files.send(request, reply, { file });
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

function answerError(
  error: Error & { statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
) {
  if (error instanceof Refused) return reply.code(error.status).send({ error: error.message });
  const status = error.statusCode ?? 500;
  if (status < 500) return reply.code(status).send({ error: error.message });
  request.log.error({ err: error }, 'a call of web chat failed');
  if (isOutage(error)) {
    reply.code(503).header('retry-after', RETRY_AFTER_SECONDS);
    return reply.send({ error: 'Try again in a moment.' });
  }
  return reply.code(500).send({ error: 'Something broke on our side.' });
}
