// Finds the web chat that is meant, and the sites whose pages may show it.
import type { FastifyRequest } from 'fastify';
import { DEFAULT_WORKSPACE } from '../../desk/prepare-workspace.ts';
import { Refused } from '../../errors.ts';
import type { RouteMeans } from '../../http/route-means.ts';
import type { ChannelOf } from '../../store/channels.ts';

export function findWebChat(
  { directory }: Pick<RouteMeans, 'directory'>,
  channelId: string | null,
): ChannelOf<'webchat'> | null {
  const channels = directory.ofKind('webchat');
  const found = channels.find((one) =>
    // Without a name the default workspace is meant: no other workspace's channel may take its
    // place.
    channelId === null ? one.workspaceId === DEFAULT_WORKSPACE : one.channelId === channelId,
  );
  return found ?? null;
}

/** The sites whose pages may show a channel's chat; null: any. For an unknown channel: none. */
export function framersOf(
  given: Pick<RouteMeans, 'directory'>,
  channelId: string | undefined,
): string[] | null {
  const channel = findWebChat(given, channelId ?? null);
  if (channel === null) return [];
  const { allowedOrigins = [] } = channel.config;
  return allowedOrigins.length === 0 ? null : allowedOrigins;
}

/** Only a browser reliably says where a page is from; other clients could say anything. */
export function refuseForeignPage(
  { config }: ChannelOf<'webchat'>,
  { headers: { origin } }: FastifyRequest,
  publicUrl: string,
): void {
  const { allowedOrigins = [] } = config;
  if (origin === undefined || allowedOrigins.length === 0) return;
  if (allowedOrigins.includes(origin) || origin === new URL(publicUrl).origin) return;
  throw new Refused('origin.refused');
}
