// One Qiscus client per channel, opened again when the channel's settings change.

import type { Outbound } from '../../outbound/open-guarded-outbound.ts';
import type { ChannelOf } from '../../store/channels.ts';
import { openQiscusClient, type QiscusClient } from './client.ts';

export interface QiscusClients {
  /** null: no such channel, or it has no credentials. */
  of(channelId: string): QiscusClient | null;
  close(): void;
}

/** `outsideOf`: the client that calls the address of a channel. */
export function openQiscusClients(
  findChannel: (channelId: string) => ChannelOf<'qiscus'> | null,
  outsideOf: (baseUrl: string) => Pick<Outbound, 'send'>,
): QiscusClients {
  const known = new Map<string, { settings: string; client: QiscusClient }>();
  return {
    of: (channelId) => {
      const channel = findChannel(channelId);
      if (channel === null) return null;
      const { baseUrl, appId, email } = channel.config;
      const { secretKey, password } = channel.secrets;
      if (secretKey === undefined) return null;
      const login = email !== undefined && password !== undefined ? { email, password } : {};
      const options = { baseUrl, appId, secretKey, ...login };
      const settings = JSON.stringify(options);
      const before = known.get(channelId);
      if (before?.settings === settings) return before.client;
      // Calls under way end by themselves.
      before?.client.close();
      const client = openQiscusClient({ ...options, outside: outsideOf(baseUrl) });
      known.set(channelId, { settings, client });
      return client;
    },
    close: () => {
      for (const { client } of known.values()) client.close();
    },
  };
}
