// The configured sources of conversations. Secrets are read only where a connector needs them.
import { type ChannelKind, channelKinds, kindsWith } from '../contract/channel-kinds.ts';
import type { ChannelSettings } from '../contract/channels.ts';
import type { Writing } from './effects.ts';
import type { Sealed } from './secret-box.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface ChannelRow {
  workspaceId: string;
  channelId: string;
  kind: ChannelKind;
  name: string;
  config: Record<string, unknown>;
  teamId: string | null;
  /** The skills that its team implies. */
  teamSkillIds: readonly string[];
  weight: number;
  syncedAt: Date | null;
  syncError: string | null;
  /** false: nothing is taken from it and nothing is told to it. */
  enabled: boolean;
}

const columns = `workspace_id as "workspaceId", channel_id as "channelId", kind, name, config,
  team_id as "teamId", weight,
  coalesce((select t.skill_ids from team t where t.workspace_id = channel.workspace_id and t.team_id = channel.team_id), '{}')
    as "teamSkillIds", synced_at as "syncedAt", sync_error as "syncError", switched_off_at is null as enabled`;

/** SQL: requests are taken from it, and something may be told to it. */
const IN_USE = 'deleted_at is null and switched_off_at is null';

const listChannels_ = statement<ChannelRow>(
  'list-channels',
  `select ${columns} from channel where workspace_id = $1 and deleted_at is null order by created_at, channel_id`,
);

export function listChannels(db: Db, workspaceId: string): Promise<ChannelRow[]> {
  return query(db, listChannels_, [workspaceId]);
}

/** As the database holds it; `unsealChannel` makes it a ChannelWithSecrets. */
export type SealedChannel = ChannelRow & { secrets: Record<string, Sealed> };
/** Only its own part, without what is joined from other tables. */
export type NewChannel = Omit<SealedChannel, 'syncedAt' | 'syncError' | 'teamSkillIds' | 'enabled'>;
/** Typed by the code that knows the kind. */
export type ChannelWithSecrets = Omit<ChannelRow, 'kind' | 'config'> & ChannelSettings;
export type ChannelOf<K extends ChannelKind> = Extract<ChannelWithSecrets, { kind: K }>;

const listSecrets_ = statement<SealedChannel>(
  'list-channels-with-secrets',
  `-- across workspaces: an outsider's request names its channel by a secret or an app, not by a workspace
  select ${columns}, secrets from channel where ${IN_USE} order by created_at, channel_id`,
);

/** Every channel of every workspace that is switched on: the directory by which foreign requests find their channel. */
export function listChannelsWithSecrets(db: Db): Promise<SealedChannel[]> {
  return query(db, listSecrets_, []);
}

const getSealed_ = statement<SealedChannel>(
  'get-sealed-channel',
  `select ${columns}, secrets from channel where workspace_id = $1 and channel_id = $2 and deleted_at is null for update`,
);

/** Locks it until the transaction ends. null: there is none. */
export function lockSealedChannel(
  tx: Tx,
  key: { workspaceId: string; channelId: string },
): Promise<SealedChannel | null> {
  return queryOne(tx, getSealed_, [key.workspaceId, key.channelId]);
}

const putChannel_ = statement<never>(
  'put-channel',
  `insert into channel (workspace_id, channel_id, kind, name, config, secrets, team_id, weight, has_updates)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (workspace_id, channel_id) do update set name = excluded.name, config = excluded.config,
    secrets = channel.secrets || excluded.secrets, team_id = excluded.team_id, weight = excluded.weight,
    sync_due_at = now()`,
).needs('channels');

/** Inserts or replaces; secrets that are not given stay. */
export async function putChannel(
  db: Writing<typeof putChannel_>,
  channel: NewChannel,
): Promise<void> {
  await query(db, putChannel_, valuesOf(channel));
}

function valuesOf(channel: NewChannel): unknown[] {
  return [
    channel.workspaceId,
    channel.channelId,
    channel.kind,
    channel.name,
    JSON.stringify(channel.config),
    JSON.stringify(channel.secrets),
    channel.teamId,
    channel.weight,
    channelKinds[channel.kind].takesTokens,
  ];
}

export interface KeptChannel {
  config: Record<string, unknown>;
  secretNames: string[];
}

const lockChannel_ = statement<KeptChannel>(
  'lock-channel',
  `select config, array(select jsonb_object_keys(secrets)) as "secretNames"
  from channel where workspace_id = $1 and channel_id = $2 for update`,
);

/** Locks it until the transaction ends. null: there is none yet. */
export function lockChannel(
  tx: Tx,
  key: { workspaceId: string; channelId: string },
): Promise<KeptChannel | null> {
  return queryOne(tx, lockChannel_, [key.workspaceId, key.channelId]);
}

const switchChannel_ = statement<{ channelId: string }>(
  'switch-channel',
  `update channel set switched_off_at = case when $3::boolean then null else coalesce(switched_off_at, clock_timestamp()) end,
    sync_due_at = clock_timestamp(), sync_error = case when $3 then sync_error end, secrets = secrets || $4::jsonb
  where workspace_id = $1 and channel_id = $2 and deleted_at is null and (switched_off_at is null) <> $3
  returning channel_id as "channelId"`,
).needs('channels', 'wake', 'rights');

/** `made`: secrets that it has lacked. false: it was so already, or there is none. */
export async function switchChannel(
  tx: Writing<typeof switchChannel_, Tx>,
  {
    workspaceId,
    channelId,
    enabled,
    made,
  }: {
    workspaceId: string;
    channelId: string;
    enabled: boolean;
    made: Record<string, Sealed>;
  },
): Promise<boolean> {
  const values = [workspaceId, channelId, enabled, JSON.stringify(made)];
  return (await queryOne(tx, switchChannel_, values)) !== null;
}

const lockHandovers_ = statement<never>(
  'lock-handovers',
  'select from workspace where workspace_id = $1 for no key update',
);

/** Nobody else hands a team over until the transaction ends. */
export async function lockHandovers(tx: Tx, workspaceId: string): Promise<void> {
  await query(tx, lockHandovers_, [workspaceId]);
}

const addChannel_ = statement<never>(
  'add-channel',
  `insert into channel (workspace_id, channel_id, kind, name, config, secrets, team_id, weight, has_updates)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (workspace_id, channel_id) do nothing`,
).needs('channels');

/** Unless a channel of that id exists or existed. */
export async function addChannel(
  db: Writing<typeof addChannel_>,
  channel: NewChannel,
): Promise<void> {
  await query(db, addChannel_, valuesOf(channel));
}

// The row stays for its conversations; the secrets are removed. Nothing can be said any more in rooms over there, and
// the next mirror does not wait for their end.
const deleteChannel_ = statement<{ channelId: string }>(
  'delete-channel',
  `with left_behind as (
    update desk_room set closed_at = clock_timestamp() where workspace_id = $1 and channel_id = $2 and closed_at is null
  )
  update channel set deleted_at = now(), secrets = '{}' where workspace_id = $1 and channel_id = $2 and deleted_at is null
  returning channel_id as "channelId"`,
).needs('channels');

export async function deleteChannelRow(
  db: Writing<typeof deleteChannel_>,
  key: { workspaceId: string; channelId: string },
): Promise<boolean> {
  return (await queryOne(db, deleteChannel_, [key.workspaceId, key.channelId])) !== null;
}

// One node at a time asks the outside system: the node that moves the date on does it.
const takeSync_ = statement<{ channelId: string; waiting: boolean }>(
  'take-channel-sync',
  `update channel set sync_due_at = clock_timestamp() + make_interval(secs => $3 / 1000.0)
  where workspace_id = $1 and channel_id = $2 and ${IN_USE} and sync_due_at <= clock_timestamp()
  returning channel_id as "channelId", exists (
    select from conversation c where c.workspace_id = $1 and c.state = 'waiting') as waiting`,
);

/** null: not due yet, or taken by another node. */
export function takeChannelSync(
  db: Db,
  key: { workspaceId: string; channelId: string; holdForMs: number },
): Promise<{ waiting: boolean } | null> {
  return queryOne(db, takeSync_, [key.workspaceId, key.channelId, key.holdForMs]);
}

const holdSync_ = statement<never>(
  'hold-channel-sync',
  `update channel set sync_due_at = clock_timestamp() + make_interval(secs => $3 / 1000.0)
  where workspace_id = $1 and channel_id = $2 and sync_due_at > clock_timestamp()`,
);

/** By the node that has taken it, before its time is over. */
export async function holdChannelSync(
  db: Db,
  key: { workspaceId: string; channelId: string; holdForMs: number },
): Promise<void> {
  await query(db, holdSync_, [key.workspaceId, key.channelId, key.holdForMs]);
}

const finishSync_ = statement<never>(
  'finish-channel-sync',
  `update channel set sync_due_at = clock_timestamp() + make_interval(secs => $3 / 1000.0), sync_error = $4,
    synced_at = case when $4::text is null then clock_timestamp() else synced_at end
  where workspace_id = $1 and channel_id = $2`,
);

export async function finishChannelSync(
  db: Db,
  args: { workspaceId: string; channelId: string; nextInMs: number; error: string | null },
): Promise<void> {
  await query(db, finishSync_, [args.workspaceId, args.channelId, args.nextInMs, args.error]);
}

// Assigned rooms whose state at the outside system was looked at longest ago, for lost resolves.
const takeUnchecked_ = statement<{ conversationId: string; externalId: string }>(
  'take-unchecked-rooms',
  `with oldest as (
    select conversation_id from conversation
    where workspace_id = $1 and channel_id = $2 and state = 'assigned'
      and coalesce(remote_checked_at, assigned_at) < clock_timestamp() - make_interval(secs => $3)
    order by coalesce(remote_checked_at, assigned_at) limit $4 for update skip locked
  )
  update conversation c set remote_checked_at = clock_timestamp() from oldest o
  where c.workspace_id = $1 and c.conversation_id = o.conversation_id
  returning c.conversation_id as "conversationId", c.external_id as "externalId"`,
);

export function takeUncheckedRooms(
  db: Db,
  args: { workspaceId: string; channelId: string; olderThanSeconds: number; limit: number },
): Promise<{ conversationId: string; externalId: string }[]> {
  return query(db, takeUnchecked_, [
    args.workspaceId,
    args.channelId,
    args.olderThanSeconds,
    args.limit,
  ]);
}

const noteTrouble_ = statement<never>(
  'note-channel-trouble',
  `update channel set sync_error = $3 where workspace_id = $1 and channel_id = $2 and sync_error is distinct from $3`,
);

/** What an admin must fix at the outside system; null: nothing any more. */
export async function noteChannelTrouble(
  db: Db,
  args: { workspaceId: string; channelId: string; text: string | null },
): Promise<void> {
  await query(db, noteTrouble_, [args.workspaceId, args.channelId, args.text]);
}

const listDueSyncs_ = statement<{ channelId: string }>(
  'list-channels-due',
  `-- across workspaces: one look a second for all of them
  select channel_id as "channelId" from channel
  where ${IN_USE} and kind = any ($1::text[]) and sync_due_at <= clock_timestamp()
    and not exists (select from workspace w where w.workspace_id = channel.workspace_id and w.suspended_at is not null)`,
);

/** Those whose outside system is to be asked now. */
export async function listChannelsDue(db: Db): Promise<string[]> {
  const rows = await query(db, listDueSyncs_, [kindsWith('desk', 'remote')]);
  return rows.map(({ channelId }) => channelId);
}
