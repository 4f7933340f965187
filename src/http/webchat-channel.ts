// Which web chat is meant, and whose pages may show it.
import type { FastifyRequest } from 'fastify';
import type { WebChatConfig } from '../contract/webchat.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { Refused } from '../errors.ts';
import type { ChannelWithSecrets } from '../store/channels.ts';
import type { Doors } from './doors.ts';

export function findWebChat(
  { directory }: Doors,
  channelId: string | null,
): ChannelWithSecrets | null {
  const channels = directory.all().filter(({ kind }) => kind === 'webchat');
  const found = channels.find((one) =>
    // Who names none means the default workspace: no other workspace's channel may take its place.
    channelId === null ? one.workspaceId === DEFAULT_WORKSPACE : one.channelId === channelId,
  );
  return found ?? null;
}

/** The sites whose pages may show a channel's chat; null: any. Of no channel: none. */
export async function framersOf(
  doors: Doors,
  channelId: string | undefined,
): Promise<string[] | null> {
  const channel = findWebChat(doors, channelId ?? null);
  if (channel === null) return [];
  const { allowedOrigins = [] } = channel.config as WebChatConfig;
  return allowedOrigins.length === 0 ? null : allowedOrigins;
}

/** Only a browser says where a page is from; whoever else calls could say anything. */
export function refuseForeignPage(
  { config }: ChannelWithSecrets,
  { headers: { origin } }: FastifyRequest,
  publicUrl: string,
): void {
  const { allowedOrigins = [] } = config as WebChatConfig;
  if (origin === undefined || allowedOrigins.length === 0) return;
  if (allowedOrigins.includes(origin) || origin === new URL(publicUrl).origin) return;
  throw new Refused('origin.refused');
}
