// Begins a visitor's session, and forgets one.
import type { FastifyInstance } from 'fastify';
import { addressOf, networkOf } from '../../access/network-of.ts';
import { makeRates } from '../../access/rates.ts';
import {
  forgetVisitor,
  type SessionGranted,
  startWebSession,
} from '../../desk/start-web-session.ts';
import { Refused } from '../../errors.ts';
import { isAddressBlocked } from '../../store/contact-blocks.ts';
import { proveVisitor } from './prove-visitor.ts';
import { noteBrowser, readSessionWish } from './read.ts';
import { readBody } from './read-body.ts';
import { requireVisitor } from './webchat-caller.ts';
import { findWebChat, refuseForeignPage } from './webchat-channel.ts';
import type { WebChatMeans } from './webchat-means.ts';

/** chimp-assist.md §6. */
const SESSIONS_PER_ADDRESS = { most: 30, withinMs: 60_000 };

export async function webChatSessions(app: FastifyInstance, means: WebChatMeans): Promise<void> {
  const { desk, webChat, publicUrl } = means;
  const schema = { hide: true };
  const rates = makeRates(SESSIONS_PER_ADDRESS);
  app.post('/session', { schema }, async (request, reply) => {
    if (!rates.take(networkOf(request.ip), desk.clock.elapsed())) {
      return reply.code(429).send({ error: 'Too many sessions from one address. Wait a minute.' });
    }
    const wish = readSessionWish(readBody(request.body));
    if (!wish.ok) return reply.code(400).send({ error: wish.error });
    const channel = findWebChat(means, wish.value.channelId);
    if (channel === null) return reply.code(404).send({ error: 'There is no such web chat.' });
    refuseForeignPage(channel, request, publicUrl());
    await desk.gate.enter(channel.workspaceId);
    const address = addressOf(request.ip);
    const { workspaceId } = channel;
    if (address !== null && (await isAddressBlocked(desk.db, { workspaceId, address }))) {
      throw new Refused('network.blocked');
    }
    const profile = noteBrowser(wish.value.profile, request.headers);
    const here = { publicUrl: publicUrl(), now: desk.clock.now() };
    const proved = await proveVisitor(channel, { ...wish.value, profile }, here);
    const granted = await startWebSession(desk, { ...proved, address });
    return writeGranted(means, granted);
  });
  app.post('/session/:sessionId/forget', { schema }, async (request, reply) => {
    const { session } = await requireVisitor(webChat, request);
    await forgetVisitor(desk, session);
    return reply.code(204).send();
  });
}

async function writeGranted({ webChat }: WebChatMeans, granted: SessionGranted) {
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
}
