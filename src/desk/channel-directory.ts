// The channels of all workspaces in memory: by them a stranger's request finds the workspace it is for.
import type { Pool } from 'pg';
import { type ChannelWithSecrets, listChannelsWithSecrets } from '../store/channels.ts';
import { equalSecrets } from './hash-secret.ts';

export interface ChannelDirectory {
  all(): readonly ChannelWithSecrets[];
  byId(channelId: string): ChannelWithSecrets | null;
  /** Compared in constant time with every channel's secret. */
  byWebhookSecret(kind: ChannelWithSecrets['kind'], secret: string): ChannelWithSecrets | null;
  refresh(): Promise<void>;
}

export async function openChannelDirectory(db: Pool): Promise<ChannelDirectory> {
  let channels: ChannelWithSecrets[] = [];
  const directory: ChannelDirectory = {
    all: () => channels,
    byId: (channelId) => channels.find((channel) => channel.channelId === channelId) ?? null,
    byWebhookSecret: (kind, secret) => {
      let found: ChannelWithSecrets | null = null;
      for (const channel of channels) {
        const expected = channel.secrets.webhookSecret;
        if (channel.kind !== kind || expected === undefined || expected === '') continue;
        if (equalSecrets(expected, secret)) found = channel;
      }
      return found;
    },
    refresh: async () => {
      channels = await listChannelsWithSecrets(db);
    },
  };
  await directory.refresh();
  return directory;
}
