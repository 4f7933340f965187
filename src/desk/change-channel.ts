// Makes, changes and removes the sources of conversations.
import { randomBytes } from 'node:crypto';
import { Value } from 'typebox/value';
import { v7 as uuid } from 'uuid';
import { checkUrl } from '../addresses/check-url.ts';
import { type ChannelKind, channelKinds } from '../contract/channel-kinds.ts';
import { channelSettings } from '../contract/channels.ts';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import {
  type ChannelRow,
  deleteChannelRow,
  listChannels,
  lockChannel,
  noteChannelTrouble,
  putChannel,
} from '../store/channels.ts';
import { sealChannelSecrets } from '../store/sealed-rows.ts';
import type { Tx } from '../store/tx.ts';
import { endChosenWebSessions, endWebSessionsOfChannel } from '../store/web-sessions.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { keepSecretsHome } from './keep-secrets-home.ts';
import { refuseTakenChannel } from './refuse-taken-channel.ts';
import { refuseTakenTeams } from './refuse-taken-teams.ts';
import { refuseUnknown } from './refuse-unknown.ts';

/** Trimmed. */
const SECRET_LEAST = 8;

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
 * Answers its id, and the secret that was made here, if its kind has one and none was given: it is
 * shown only now. Refuses `team.not-found`, `skill.not-found`, `request.invalid`,
 * `channel.app-taken` and `channel.secret-taken`.
 */
export async function createChannel(
  desk: Desk,
  change: ChannelChange & { kind: ChannelKind; name: string },
): Promise<{ channelId: string; made: string | null }> {
  const channelId = uuid();
  const { workspaceId, kind, name } = change;
  const blank = { workspaceId, channelId, kind, name, config: {}, teamId: null, weight: 1 };
  const { makesSecret } = channelKinds[kind];
  const secrets = { ...change.secrets };
  const isGiven = makesSecret === null || secrets[makesSecret] !== undefined;
  const made = isGiven ? null : randomBytes(24).toString('base64url');
  if (!isGiven && made !== null) secrets[makesSecret] = made;
  await put(desk, blank, { ...change, secrets, action: 'channel.created' });
  return { channelId, made };
}

/** Absent fields stay. Refuses as `createChannel` does, and `channel.not-found`. */
export async function updateChannel(
  desk: Desk,
  change: ChannelChange & { channelId: string },
): Promise<void> {
  const before = await getChannel(desk, change);
  refuseMisfit(before, change);
  // Settings that the outside system made itself stay.
  const keeps = channelKinds[before.kind].configChange === 'keeps-others';
  const config = keeps ? { ...before.config, ...change.config } : change.config;
  await put(desk, before, { ...change, config, action: 'channel.changed' });
}

/**
 * The outside system connects itself and says where its events go; nothing is sent there now.
 * Answers why the address may not be used, or null.
 */
export async function connectChannel(
  desk: Desk,
  { workspaceId, channelId, url }: { workspaceId: string; channelId: string; url: string },
): Promise<string | null> {
  const check = checkUrl(url, { allowed: desk.allowedNetworks });
  if (!check.ok) return check.text;
  const before = await getChannel(desk, { workspaceId, channelId });
  const config = { ...before.config, webhookUrl: check.url };
  await put(desk, before, { workspaceId, config, actor: 'remote', action: 'channel.changed' });
  return null;
}

async function getChannel(
  { db }: Desk,
  key: { workspaceId: string; channelId: string },
): Promise<ChannelRow> {
  const channels = await listChannels(db, key.workspaceId);
  const found = channels.find(({ channelId }) => channelId === key.channelId);
  if (found === undefined) throw new Refused('channel.not-found');
  return found;
}

export async function deleteChannel(
  desk: Desk,
  key: { workspaceId: string; channelId: string; actor: string },
): Promise<void> {
  await commit(desk, key.workspaceId, async (tx, after) => {
    // What it had been handed over is routed here again.
    const writing = after({ channels: true, wake: true });
    if (!(await deleteChannelRow(writing, key))) throw new Refused('channel.not-found');
    await endWebSessionsOfChannel(writing, key);
    await note(tx, key, { action: 'channel.removed', change: {} });
  });
}

/**
 * The API accepts the settings of any kind, because it does not know which channel they are for.
 */
function refuseMisfit({ kind }: ChannelRow, { config }: ChannelChange): void {
  if (config === undefined) return;
  const settings = channelSettings[kind];
  if (!Value.Check(settings.config, config)) throw new Refused('request.invalid', settings.misfit);
}

async function put(
  desk: Desk,
  before: Omit<ChannelRow, 'syncedAt' | 'syncError' | 'teamSkillIds' | 'enabled'>,
  change: ChannelChange & { action: 'channel.created' | 'channel.changed' },
): Promise<void> {
  const teamId = change.teamId === undefined ? before.teamId : change.teamId;
  const { workspaceId } = before;
  if (teamId !== null) await refuseUnknown(desk.db, workspaceId, 'team', [teamId]);
  const { skills } = change.config ?? {};
  const found = await refuseUnknown(desk.db, workspaceId, 'skill', toList(skills));
  const given = Object.entries(change.secrets ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, value?.trim()]);
  const secrets = Object.fromEntries(given) as Record<string, string>;
  const config = { ...(change.config ?? before.config) };
  if (skills !== undefined) config.skills = found.map(({ id }) => id);
  if (config.baseUrl !== before.config.baseUrl) refuseAddress(desk, config.baseUrl);
  const { webhookSecret } = secrets;
  if (webhookSecret !== undefined && webhookSecret.length < SECRET_LEAST) {
    throw new Refused('request.invalid', 'body/secrets/webhookSecret must have 8 characters');
  }
  await commit(desk, workspaceId, async (tx, after) => {
    await refuseTakenChannel(tx, desk.secrets, { before, config, secrets });
    const isHandover = await refuseTakenTeams(tx, before, config);
    const kept = await lockChannel(tx, before);
    const moving = { before: kept, config, given: secrets };
    const { dropped, trouble } = keepSecretsHome(before.kind, moving);
    const hasKey = kept?.secretNames.includes('widgetSecret') === true;
    const isFirstKey = secrets.widgetSecret !== undefined && !hasKey;
    const writing = after({ channels: true, wake: isHandover });
    await putChannel(writing, {
      ...before,
      name: change.name ?? before.name,
      config,
      secrets: sealChannelSecrets(desk.secrets, before, { ...secrets, ...dropped }),
      teamId,
      weight: change.weight ?? before.weight,
    });
    // Until now visitors' ids were believed as they were claimed; from now on they must be proved.
    if (isFirstKey) await endChosenWebSessions(writing, before);
    const { webhookUrl: _, ...shown } = config;
    const { name, weight, actor, action } = change;
    const changed = { name, weight, teamId, config: shown, secrets: Object.keys(secrets) };
    const lost = Object.keys(dropped);
    const entry = { action, change: { ...changed, ...(lost.length > 0 && { dropped: lost }) } };
    await note(tx, { ...before, actor }, entry);
    if (trouble !== null) await noteChannelTrouble(tx, { ...before, text: trouble });
  });
}

function toList(skills: unknown): string[] {
  return Array.isArray(skills) ? (skills as string[]) : [];
}

/** The addresses behind its name are checked again at every call. */
function refuseAddress({ allowedNetworks }: Desk, typed: unknown): void {
  const check = checkUrl(String(typed), { allowed: allowedNetworks });
  if (!check.ok) throw new Refused('request.invalid', `body/config/baseUrl: ${check.text}`);
}

/**
 * Which secrets were set, never their values; nor the address at which RapidPro takes our events.
 */
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
