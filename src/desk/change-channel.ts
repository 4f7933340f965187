// Makes, changes and removes the sources of conversations.
import { randomBytes } from 'node:crypto';
import { Value } from 'typebox/value';
import { v7 as uuid } from 'uuid';
import { WebChatConfig } from '../contract/webchat.ts';
import { Refused } from '../errors.ts';
import { checkUrl } from '../outbound/check-url.ts';
import { addAuditEntry } from '../store/audit.ts';
import { type ChannelRow, deleteChannelRow, listChannels, putChannel } from '../store/channels.ts';
import { listGroups } from '../store/groups.ts';
import { type Tx, withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

export interface ChannelChange {
  workspaceId: string;
  name?: string | undefined;
  config?: Record<string, unknown> | undefined;
  secrets?: Record<string, string | undefined> | undefined;
  teamId?: string | null | undefined;
  weight?: number | undefined;
  /** Who did it. */
  actor: string;
}

/**
 * Answers its id, and what is shown only now: RapidPro fetches files by a user and a token, which are
 * ours to make. Refuses `team.not-found`.
 */
export async function createChannel(
  desk: Desk,
  change: ChannelChange & { kind: ChannelRow['kind']; name: string },
): Promise<{ channelId: string; shownOnce: Record<string, string> }> {
  const channelId = uuid();
  const { workspaceId, kind, name } = change;
  const authToken = kind === 'rapidpro' ? randomBytes(24).toString('base64url') : undefined;
  const blank = { workspaceId, channelId, kind, name, config: {}, teamId: null, weight: 1 };
  const secrets = { ...change.secrets, authToken };
  await put(desk, blank, { ...change, secrets, action: 'channel.created' });
  if (authToken === undefined) return { channelId, shownOnce: {} };
  return { channelId, shownOnce: { adminUserId: channelId, adminAuthToken: authToken } };
}

/** What is absent stays. Refuses `channel.not-found` and `team.not-found`. */
export async function updateChannel(
  desk: Desk,
  change: ChannelChange & { channelId: string },
): Promise<void> {
  const channels = await listChannels(desk.db, change.workspaceId);
  const before = channels.find(({ channelId }) => channelId === change.channelId);
  if (before === undefined) throw new Refused('channel.not-found');
  // What RapidPro itself has set stays.
  const merged = before.kind === 'qiscus' ? change.config : { ...before.config, ...change.config };
  if (before.kind === 'webchat' && !Value.Check(WebChatConfig, merged)) {
    throw new Refused('request.invalid', 'body/config holds what a web chat channel does not know');
  }
  if (before.kind === 'qiscus' && merged !== undefined && merged.baseUrl === undefined) {
    throw new Refused(
      'request.invalid',
      'body/config must have baseUrl and appId: it is a Qiscus channel',
    );
  }
  await put(desk, before, { ...change, config: merged, action: 'channel.changed' });
}

/**
 * RapidPro says where its events go, when it connects itself: nothing is sent there now. Answers why
 * the address may not be used, or null.
 */
export async function connectRapidPro(
  desk: Desk,
  { workspaceId, channelId, url }: { workspaceId: string; channelId: string; url: string },
): Promise<string | null> {
  const check = checkUrl(url, { allowed: desk.allowedNetworks });
  if (!check.ok) return check.text;
  const config = { webhookUrl: check.url };
  await updateChannel(desk, { workspaceId, channelId, config, actor: 'remote' });
  return null;
}

export async function deleteChannel(
  desk: Desk,
  key: { workspaceId: string; channelId: string; actor: string },
): Promise<void> {
  await withTx(desk.db, async (tx) => {
    if (!(await deleteChannelRow(tx, key))) throw new Refused('channel.not-found');
    await note(tx, key, { action: 'channel.removed', change: {} });
  });
  await desk.channelsChanged(key.workspaceId);
}

async function put(
  desk: Desk,
  before: Omit<ChannelRow, 'syncedAt' | 'syncError'>,
  change: ChannelChange & { action: 'channel.created' | 'channel.changed' },
): Promise<void> {
  const teamId = change.teamId === undefined ? before.teamId : change.teamId;
  if (teamId !== null) {
    const teams = await listGroups(desk.db, 'team', before.workspaceId);
    if (!teams.some(({ id }) => id === teamId)) throw new Refused('team.not-found');
  }
  const given = Object.entries(change.secrets ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, value?.trim()]);
  const config = change.config ?? before.config;
  await withTx(desk.db, async (tx) => {
    await putChannel(tx, {
      ...before,
      name: change.name ?? before.name,
      config,
      secrets: Object.fromEntries(given) as Record<string, string>,
      teamId,
      weight: change.weight ?? before.weight,
    });
    const { webhookUrl: _, ...shown } = config;
    const { name, weight, actor, action } = change;
    const secrets = given.map(([key]) => key);
    const changed = { name, weight, teamId, config: shown, secrets };
    await note(tx, { ...before, actor }, { action, change: changed });
  });
  await desk.channelsChanged(before.workspaceId);
}

/** Which secrets were set, never what they are; nor where RapidPro takes our events. */
async function note(
  tx: Tx,
  {
    workspaceId,
    channelId: objectId,
    actor,
  }: { workspaceId: string; channelId: string; actor: string },
  entry: { action: string; change: Record<string, unknown> },
): Promise<void> {
  await addAuditEntry(tx, { workspaceId, actor, objectId, ...entry });
}
