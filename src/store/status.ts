// What the page of the status asks: how each channel and endpoint does, and when a backup was taken.
import { CHANNEL_ATTEMPTS } from './alarms.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { dueOf } from './take-deliveries.ts';

/** More are counted as so many. */
const MOST_COUNTED = 10_000;
/** Beyond it nobody reads a page of them; what fails comes first. */
export const MOST_LISTED = 200;

export interface ChannelStatus {
  channelId: string;
  name: string;
  /** Since when it is switched off; null: in use. */
  offAt: Date | null;
  syncError: string | null;
  /** Of the last day. */
  came: number;
  cameLast: Date | null;
  /** Effects in the outside system that were tried in vain. */
  refused: number;
  refusal: string | null;
}

// One day of conversations is found by their time (conversation_by_time), and counted once for all channels.
const listChannels_ = statement<ChannelStatus>(
  'list-channel-status',
  `with came as materialized (
    select channel_id, count(*) as count, max(queued_at) as last from conversation
    where workspace_id = $1 and queued_at > now() - interval '1 day' group by 1
  )
  select c.channel_id as "channelId", c.name, c.sync_error as "syncError",
    c.switched_off_at as "offAt", coalesce(came.count, 0) as came,
    came.last as "cameLast", f.count as refused, f.outcome as refusal
  from channel c left join came on came.channel_id = c.channel_id
  cross join lateral (select count(*) as count, min(one.outcome) as outcome from (
    select d.outcome from delivery d where d.workspace_id = $1 and d.subscriber_id = c.channel_id and d.state = 'pending'
      and d.attempts >= ${CHANNEL_ATTEMPTS} limit 100) one) f
  where c.workspace_id = $1 and c.deleted_at is null
  order by c.sync_error is null, f.count desc, c.created_at, c.channel_id limit ${MOST_LISTED}`,
);

export function listChannelStatus(db: Db, workspaceId: string): Promise<ChannelStatus[]> {
  return query(db, listChannels_, [workspaceId]);
}

export interface EndpointStatus {
  endpointId: string;
  url: string;
  enabled: boolean;
  disabledReason: 'paused' | 'gone' | 'failing' | null;
  failures: number;
  failingSince: Date | null;
  lastSuccessAt: Date | null;
  waiting: number;
  /** When the oldest that waits was told. */
  waitingSince: Date | null;
  /** What the last refused attempt was answered. */
  outcome: string | null;
}

const listEndpoints_ = statement<EndpointStatus>(
  'list-endpoint-status',
  `select e.endpoint_id as "endpointId", e.url, e.enabled, e.disabled_reason as "disabledReason", e.failures,
    e.failing_since as "failingSince", e.last_success_at as "lastSuccessAt", w.count as waiting, w.since as "waitingSince",
    w.outcome
  from endpoint e
  cross join lateral (select count(*) as count, min(one.created_at) as since, max(one.outcome) as outcome from (
    select d.created_at, d.outcome from delivery d where d.workspace_id = $1 and d.subscriber_id = e.endpoint_id
      and d.state in ('pending', 'held') limit ${MOST_COUNTED}) one) w
  where e.workspace_id = $1 and e.deleted_at is null and not e.runs_automations
  order by e.failures desc, e.enabled, e.created_at, e.endpoint_id limit ${MOST_LISTED}`,
);

export function listEndpointStatus(db: Db, workspaceId: string): Promise<EndpointStatus[]> {
  return query(db, listEndpoints_, [workspaceId]);
}

const overdue_ = statement<{ count: number; since: Date | null }>(
  'read-overdue-deliveries',
  `select count(*) as count, min(due) as since from (select ${dueOf('d')} as due from delivery d
    where d.workspace_id = $1 and d.state = 'pending' and ${dueOf('d')} < now() - make_interval(secs => $2)
    limit ${MOST_COUNTED}) one`,
);

/** Those that nobody has sent though their time came that long ago. */
export async function readOverdue(
  db: Db,
  args: { workspaceId: string; seconds: number },
): Promise<{ count: number; since: Date | null }> {
  const row = await queryOne(db, overdue_, [args.workspaceId, args.seconds]);
  return row ?? { count: 0, since: null };
}

const version_ = statement<{ version: string }>(
  'read-database-version',
  `-- across workspaces: there is one database
  select current_setting('server_version') as version`,
);

export async function readDatabaseVersion(db: Db): Promise<string> {
  return (await queryOne(db, version_, []))?.version ?? '';
}

const LAST_BACKUP = 'last-backup';

const noteBackup_ = statement<never>(
  'note-backup',
  `insert into setting (workspace_id, key, value) values ($1, '${LAST_BACKUP}', to_jsonb($2::text))
  on conflict (workspace_id, key) do update set value = excluded.value`,
);

/** `takenAt`: the moment that it shows. */
export async function noteBackup(
  db: Db,
  { workspaceId, takenAt }: { workspaceId: string; takenAt: Date },
): Promise<void> {
  await query(db, noteBackup_, [workspaceId, takenAt.toISOString()]);
}

const lastBackup_ = statement<{ takenAt: string }>(
  'read-last-backup',
  `select value #>> '{}' as "takenAt" from setting where workspace_id = $1 and key = '${LAST_BACKUP}'`,
);

/** null: none was taken by the command. */
export async function readLastBackup(db: Db, workspaceId: string): Promise<Date | null> {
  const row = await queryOne(db, lastBackup_, [workspaceId]);
  return row === null ? null : new Date(row.takenAt);
}
