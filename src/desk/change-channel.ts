// Makes, changes and removes the sources of conversations.
import { randomBytes } from 'node:crypto';
import { Value } from 'typebox/value';
import { v7 as uuid } from 'uuid';
import { WebChatConfig } from '../contract/webchat.ts';
import { Refused } from '../errors.ts';
import { checkUrl } from '../outbound/check-url.ts';
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
import { type Tx, withTx } from '../store/tx.ts';
import { endChosenWebSessions, endWebSessionsOfChannel } from '../store/web-sessions.ts';
import type { Desk } from './context.ts';
import { dropForeignToken, refuseMovingSecrets, TOKEN_DROPPED } from './keep-secrets-home.ts';
import { refuseTakenChannel } from './refuse-taken-channel.ts';
import { refuseUnknown } from './refuse-unknown.ts';

/** Without the spaces at its ends. */
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
 * Answers its id, and what is shown only now: RapidPro fetches files by a user and a token, which are
 * ours to make, and so is the secret of Qiscus' webhooks unless one is given. Refuses `team.not-found`, `skill.not-found`,
 * `request.invalid`, `channel.app-taken` and `channel.secret-taken`.
 */
export async function createChannel(
  desk: Desk,
  change: ChannelChange & { kind: ChannelRow['kind']; name: string },
): Promise<{
  channelId: string;
  shownOnce: Record<string, string>;
  /** Where it was made here. */
  webhookSecret: string | undefined;
}> {
  const channelId = uuid();
  const { workspaceId, kind, name } = change;
  const authToken = kind === 'rapidpro' ? randomBytes(24).toString('base64url') : undefined;
  const blank = { workspaceId, channelId, kind, name, config: {}, teamId: null, weight: 1 };
  const given = change.secrets?.webhookSecret;
  const webhookSecret =
    kind === 'qiscus' && given === undefined ? randomBytes(24).toString('base64url') : undefined;
  const secrets = { ...change.secrets, authToken, webhookSecret: webhookSecret ?? given };
  await put(desk, blank, { ...change, secrets, action: 'channel.created' });
  const shownOnce =
    authToken === undefined ? {} : { adminUserId: channelId, adminAuthToken: authToken };
  return { channelId, shownOnce: shownOnce as Record<string, string>, webhookSecret };
}

/** What is absent stays. Refuses as `createChannel` does, and `channel.not-found`. */
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
    await endWebSessionsOfChannel(tx, key);
    await note(tx, key, { action: 'channel.removed', change: {} });
  });
  await desk.channelsChanged(key.workspaceId);
}

async function put(
  desk: Desk,
  before: Omit<ChannelRow, 'syncedAt' | 'syncError' | 'teamSkillIds'>,
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
  await withTx(desk.db, async (tx) => {
    const appId = config.appId === before.config.appId ? undefined : config.appId;
    const { kind, channelId } = before;
    await refuseTakenChannel(tx, desk.secrets, { kind, channelId, appId, webhookSecret });
    const kept = await lockChannel(tx, before);
    const moving = { before: kept, config, given: secrets };
    if (kind === 'qiscus') refuseMovingSecrets(moving);
    const dropped = kind === 'rapidpro' ? dropForeignToken(moving) : {};
    const hasKey = kept?.secretNames.includes('widgetSecret') === true;
    const isFirstKey = secrets.widgetSecret !== undefined && !hasKey;
    await putChannel(tx, {
      ...before,
      name: change.name ?? before.name,
      config,
      secrets: sealChannelSecrets(desk.secrets, before, { ...secrets, ...dropped }),
      teamId,
      weight: change.weight ?? before.weight,
    });
    // Names were believed as they were said; from now on they must be proved.
    if (isFirstKey) await endChosenWebSessions(tx, before);
    const { webhookUrl: _, ...shown } = config;
    const { name, weight, actor, action } = change;
    const changed = { name, weight, teamId, config: shown, secrets: Object.keys(secrets) };
    const lost = Object.keys(dropped);
    const entry = { action, change: { ...changed, ...(lost.length > 0 && { dropped: lost }) } };
    await note(tx, { ...before, actor }, entry);
    if (lost.length > 0) await noteChannelTrouble(tx, { ...before, text: TOKEN_DROPPED });
  });
  await desk.channelsChanged(before.workspaceId);
}

function toList(skills: unknown): string[] {
  return Array.isArray(skills) ? (skills as string[]) : [];
}

/** What its name leads to is looked at again with every call. */
function refuseAddress({ allowedNetworks }: Desk, typed: unknown): void {
  const check = checkUrl(String(typed), { allowed: allowedNetworks });
  if (!check.ok) throw new Refused('request.invalid', `body/config/baseUrl: ${check.text}`);
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
