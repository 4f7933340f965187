// One client per channel, so that its limits are kept, made again when the channel's settings change.
import type { Clock } from '../../clock.ts';
import type { Outbound } from '../../outbound/open-guarded-outbound.ts';
import type { ChannelOf } from '../../store/channels.ts';
import { makeRocketChatClient, type RocketChatClient } from './client.ts';

/** Answers null for a channel without credentials. */
export function makeRocketChatClients(means: {
  clock: Pick<Clock, 'now' | 'elapsed'>;
  outside: Pick<Outbound, 'send'>;
}): (channel: ChannelOf<'rocketchat'>) => RocketChatClient | null {
  const known = new Map<string, { settings: string; client: RocketChatClient }>();
  return ({ channelId, config, secrets }) => {
    const { authToken } = secrets;
    if (authToken === undefined) return null;
    const { baseUrl, userId, callsPerMinute = null } = config;
    const options = { baseUrl, userId, authToken, callsPerMinute };
    const settings = JSON.stringify(options);
    const before = known.get(channelId);
    if (before?.settings === settings) return before.client;
    const client = makeRocketChatClient({ ...options, ...means });
    known.set(channelId, { settings, client });
    return client;
  };
}
