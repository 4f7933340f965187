// The door of the RapidPro routes: finds the channel and calls the desk's verbs.
import type { FastifyBaseLogger } from 'fastify';
import type { TicketOpened } from '../../contract/inbound.ts';
import { UUID_PATTERN } from '../../contract/uuid.ts';
import { connectChannel } from '../../desk/change-channel.ts';
import type { ChannelDirectory } from '../../desk/channel-directory.ts';
import { closeTicket } from '../../desk/close-ticket.ts';
import type { Desk } from '../../desk/context.ts';
import { impliedBy } from '../../desk/find-wanted.ts';
import { equalSecrets } from '../../desk/hash-secret.ts';
import { openTicket } from '../../desk/open-ticket.ts';
import { retryAfterOf } from '../../desk/retry-after.ts';
import { takeVisitorMessage } from '../../desk/take-visitor-message.ts';
import { Refused } from '../../errors.ts';
import type { FileRouteMeans } from '../../http/open-file-means.ts';
import { getAttachment } from '../../store/attachments.ts';
import type { ChannelOf } from '../../store/channels.ts';
import { isOutage } from '../../store/is-outage.ts';
import type { RapidProChannel, RapidProDoor } from './routes.ts';

interface Means {
  desk: Desk;
  directory: ChannelDirectory;
  files: FileRouteMeans['files'];
  log: FastifyBaseLogger;
}

export function makeRapidProDoor(means: Means): RapidProDoor {
  const { desk, directory, files, log } = means;
  return {
    findChannel: (channelId) => {
      const found = directory.ofKind('rapidpro').find((one) => one.channelId === channelId);
      return found === undefined ? null : present({ desk, files }, found);
    },
    isOutage,
    retryAfter: retryAfterOf,
    onError: (error) => log.error({ err: error }, 'a call of RapidPro failed'),
  };
}

function present(
  { desk, files }: Pick<Means, 'desk' | 'files'>,
  channel: ChannelOf<'rapidpro'>,
): RapidProChannel {
  const { workspaceId, channelId, secrets, config } = channel;
  const { secret, authToken } = secrets;
  const key = { workspaceId, channelId };
  return {
    matchesSecret: secret ? (presented) => equalSecrets(presented, secret) : null,
    webhookUrl: config.webhookUrl ?? null,
    enter: () => desk.gate.enter(workspaceId),
    setWebhookUrl: (url) => connectChannel(desk, { ...key, url }),
    openTicket: (news) => open(desk, channel, news),
    closeTicket: (token) => closeTicket(desk, { ...key, token }),
    takeMessage: async (message) => {
      const messageId = await takeVisitorMessage(desk, { ...key, ...message });
      return messageId === null ? null : { messageId };
    },
    getFile: async (path, { token, user }) => {
      const known =
        equalSecrets(token ?? '', authToken ?? '') && equalSecrets(user ?? '', channelId);
      if (!authToken || !known) return 'forbidden';
      const [, attachmentId] = FILE.exec(path) ?? [];
      if (attachmentId === undefined) return null;
      const file = await getAttachment(files.db, { workspaceId, attachmentId });
      if (file === null) return null;
      return (request, reply) => files.send(request, reply, { file, reader: channelId });
    },
  };
}

const FILE = new RegExp(`^/(${UUID_PATTERN})/[^/]+$`);

async function open(
  desk: Desk,
  channel: ChannelOf<'rapidpro'>,
  news: TicketOpened,
): ReturnType<RapidProChannel['openTicket']> {
  const { workspaceId, channelId, weight, config, secrets } = channel;
  try {
    const conversationId = await openTicket(desk, {
      workspaceId,
      channel: { channelId, weight, ...impliedBy(channel) },
      rules: {
        onSecondTicket: config.onSecondTicket ?? 'supersede',
        unknownDepartment: config.unknownDepartment ?? 'note',
        importHistory: Boolean(secrets.apiToken),
      },
      ...news,
    });
    return { conversationId };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.code === 'contact.blocked') return { refused: error.message, status: 400 };
    if (error.code === 'ticket.contact-busy') return { refused: error.message, status: 400 };
    if (error.code === 'ticket.department-unknown') return { refused: error.message, status: 404 };
    throw error;
  }
}
