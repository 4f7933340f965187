// Answers what a page asks before a conversation begins: how the chat looks, and whether somebody is there.
import type { FastifyInstance } from 'fastify';
import type { Presence } from '../../contract/presence.ts';
import { sendsTranscripts } from '../../desk/rate-conversation.ts';
import type { ChannelOf } from '../../store/channels.ts';
import { presentWidget } from './present-widget.ts';
import { findWebChat } from './webchat-channel.ts';
import type { WebChatMeans } from './webchat-means.ts';

export async function webChatWidget(app: FastifyInstance, means: WebChatMeans): Promise<void> {
  const { desk, webChat, mailing } = means;
  const schema = { hide: true };
  const presenceOf = async ({ workspaceId, channelId }: ChannelOf<'webchat'>): Promise<Presence> =>
    (await webChat.presenceOf(workspaceId, channelId)) ?? { state: 'away' };
  app.get('/config/attendant', { schema }, () => ({ keepAliveTTL: webChat.agentKeepAliveMs }));
  app.get<{ Querystring: { channelId?: string; locale?: string } }>(
    '/widget/config',
    { schema },
    async ({ query }, reply) => {
      const channel = findWebChat(means, query.channelId ?? null);
      if (channel === null) return reply.code(404).send({ error: 'There is no such web chat.' });
      await desk.gate.enter(channel.workspaceId);
      const presence = await presenceOf(channel);
      const mails = await sendsTranscripts(desk, mailing, channel.workspaceId);
      return presentWidget(channel, { presence, mails, locale: query.locale ?? null });
    },
  );
  app.get<{ Querystring: { channelId?: string } }>(
    '/widget/presence',
    { schema },
    async ({ query }, reply) => {
      const channel = findWebChat(means, query.channelId ?? null);
      if (channel === null) return reply.code(404).send({ error: 'There is no such web chat.' });
      await desk.gate.enter(channel.workspaceId);
      return presenceOf(channel);
    },
  );
}
