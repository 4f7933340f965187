// Makes, changes and removes the sources of conversations.
import { v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import { type ChannelRow, deleteChannelRow, listChannels, putChannel } from '../store/channels.ts';
import { listGroups } from '../store/groups.ts';
import type { Desk } from './context.ts';

export interface ChannelChange {
  workspaceId: string;
  name?: string | undefined;
  config?: Record<string, unknown> | undefined;
  secrets?: Record<string, string | undefined> | undefined;
  teamId?: string | null | undefined;
  weight?: number | undefined;
}

/** Answers its id. Refuses `team.not-found`. */
export async function createChannel(
  desk: Desk,
  change: ChannelChange & { kind: ChannelRow['kind']; name: string },
): Promise<string> {
  const channelId = uuid();
  const { workspaceId, kind, name } = change;
  await put(
    desk,
    { workspaceId, channelId, kind, name, config: {}, teamId: null, weight: 1 },
    change,
  );
  return channelId;
}

/** What is absent stays. Refuses `channel.not-found` and `team.not-found`. */
export async function updateChannel(
  desk: Desk,
  change: ChannelChange & { channelId: string },
): Promise<void> {
  const channels = await listChannels(desk.db, change.workspaceId);
  const before = channels.find(({ channelId }) => channelId === change.channelId);
  if (before === undefined) throw new Refused('channel.not-found');
  await put(desk, before, change);
}

export async function deleteChannel(
  desk: Desk,
  key: { workspaceId: string; channelId: string },
): Promise<void> {
  if (!(await deleteChannelRow(desk.db, key))) throw new Refused('channel.not-found');
  await desk.channelsChanged(key.workspaceId);
}

async function put(
  desk: Desk,
  before: Omit<ChannelRow, 'syncedAt' | 'syncError'>,
  change: ChannelChange,
): Promise<void> {
  const teamId = change.teamId === undefined ? before.teamId : change.teamId;
  if (teamId !== null) {
    const teams = await listGroups(desk.db, 'team', before.workspaceId);
    if (!teams.some(({ id }) => id === teamId)) throw new Refused('team.not-found');
  }
  const given = Object.entries(change.secrets ?? {}).filter(([, value]) => value !== undefined);
  await putChannel(desk.db, {
    ...before,
    name: change.name ?? before.name,
    config: change.config ?? before.config,
    secrets: Object.fromEntries(given) as Record<string, string>,
    teamId,
    weight: change.weight ?? before.weight,
  });
  await desk.channelsChanged(before.workspaceId);
}
