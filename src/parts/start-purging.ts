// What is forgotten by itself: old deliveries, ended conversations, removed workspaces, and what led to nothing.
import type { Pool } from 'pg';
import type { Config } from '../config.ts';
import { purgeConversations } from '../delivery/purge-conversations.ts';
import { purgeLeftovers } from '../delivery/purge-leftovers.ts';
import { purgeLog } from '../delivery/purge-log.ts';
import { purgeWorkspaces } from '../delivery/purge-workspaces.ts';
import type { Part } from './stop-all.ts';

export function startPurging(means: {
  config: Config;
  db: Pool;
  onError: (error: unknown, what: string) => void;
}): Part[] {
  const days = means.config.USHER_DELIVERY_RETENTION_DAYS;
  return [
    { name: 'purging deliveries', ...purgeLog({ ...means, days }) },
    { name: 'retention', ...purgeConversations(means) },
    { name: 'removed workspaces', ...purgeWorkspaces(means) },
    { name: 'what is left over', ...purgeLeftovers(means) },
  ];
}
