// Alarms: what is wrong in a workspace now, and the alarms that have begun and ended.

import { batch } from './batch.ts';
import { type Db, query, statement } from './sql.ts';
import { dueOf } from './take-deliveries.ts';
import type { Tx } from './tx.ts';

export interface FoundTrouble {
  kind: 'endpoint-failing' | 'channel-failing' | 'targets-missed' | 'deliveries-waiting';
  /** null: of the workspace. */
  objectId: string | null;
  /** The address of an endpoint, the name of a channel. */
  objectName: string | null;
  count: number;
}

/** A channel to which something was tried so often is one that fails. */
export const CHANNEL_ATTEMPTS = 3;
/** More are counted as so many: nobody reads the difference. */
const MOST_COUNTED = 10_000;

const findTrouble_ = statement<FoundTrouble>(
  'find-trouble',
  `select 'endpoint-failing' as kind, e.endpoint_id as "objectId", e.url as "objectName", e.failures as count
  from endpoint e where e.workspace_id = $1 and e.deleted_at is null and not e.runs_automations and e.failures >= $2
    and (e.enabled or e.disabled_reason in ('failing', 'gone'))
  union all
  select 'channel-failing', c.channel_id, c.name, coalesce(f.count, 0)::integer from channel c
  cross join lateral (select count(*) as count from (select from delivery d where d.workspace_id = $1
    and d.subscriber_id = c.channel_id and d.state = 'pending' and d.attempts >= ${CHANNEL_ATTEMPTS} limit 100) one) f
  where c.workspace_id = $1 and c.deleted_at is null and $3 and (c.sync_error is not null or f.count > 0)
  union all
  select 'targets-missed', null, null, m.count::integer from (select count(*) as count from (select from target_result t
    where t.workspace_id = $1 and t.decided_at > now() - make_interval(mins => $5) and not t.met limit ${MOST_COUNTED}) one) m
  where m.count >= $4
  union all
  select 'deliveries-waiting', null, null, w.count::integer from (select count(*) as count from (select from delivery d
    where d.workspace_id = $1 and d.state = 'pending' and ${dueOf('d')} < now() - make_interval(mins => $6)
    limit ${MOST_COUNTED}) one) w
  where w.count > 0 and $6 is not null`,
);

/** What the rules call an alarm; a rule that is null finds nothing. */
export function findTrouble(
  db: Db,
  args: {
    workspaceId: string;
    endpointFailures: number | null;
    channelFailing: boolean;
    missedTargets: number | null;
    missedMinutes: number;
    waitingMinutes: number | null;
  },
): Promise<FoundTrouble[]> {
  const { workspaceId, endpointFailures, channelFailing, missedTargets } = args;
  const { missedMinutes, waitingMinutes } = args;
  return query(db, findTrouble_, [
    ...[workspaceId, endpointFailures, channelFailing, missedTargets],
    ...[missedMinutes, waitingMinutes],
  ]);
}

const listTroubled_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-trouble',
  `-- across workspaces: one look for all of them
  select w.workspace_id as "workspaceId" from workspace w where w.removed_at is null and w.suspended_at is null and (
    exists (select from alarm a where a.workspace_id = w.workspace_id and a.ended_at is null)
    or exists (select from endpoint e where e.workspace_id = w.workspace_id and e.failures > 0 and e.deleted_at is null)
    or exists (select from channel c where c.workspace_id = w.workspace_id and c.sync_error is not null)
    or exists (select from delivery d where d.workspace_id = w.workspace_id and d.state = 'pending'
      and (d.attempts >= ${CHANNEL_ATTEMPTS} or ${dueOf('d')} < now() - interval '1 minute'))
    or exists (select from target_result t where t.workspace_id = w.workspace_id
      and t.decided_at > now() - make_interval(mins => $1) and not t.met))`,
);

/** Workspaces in which an alarm holds, or something is wrong of which there may be one. */
export async function listWorkspacesWithTrouble(db: Db, missedMinutes: number): Promise<string[]> {
  return (await query(db, listTroubled_, [missedMinutes])).map(({ workspaceId }) => workspaceId);
}

export interface AlarmRow {
  alarmId: string;
  kind: string;
  objectId: string | null;
  objectName: string | null;
  facts: Record<string, number | string>;
  startedAt: Date;
  endedAt: Date | null;
}

const columns = `a.alarm_id as "alarmId", a.kind, a.object_id as "objectId", a.facts ->> 'objectName' as "objectName",
  a.facts - 'objectName' as facts, a.started_at as "startedAt", a.ended_at as "endedAt"`;

export interface HeldTrouble {
  kind: string;
  objectId: string | null;
  facts: Record<string, number | string | null>;
}

const troubles = batch<HeldTrouble>(2, {
  kind: ['text', ({ kind }) => kind],
  object_id: ['uuid', ({ objectId }) => objectId],
  facts: ['jsonb', ({ facts }) => facts],
});

// The index lets one node alone begin an alarm; ended ones are deleted in passing after ninety days.
const beginAlarms_ = statement<AlarmRow>(
  'begin-alarms',
  `with old as (delete from alarm where workspace_id = $1 and alarm_id in (select o.alarm_id from alarm o
    where o.workspace_id = $1 and o.started_at < now() - interval '90 days' and o.ended_at is not null limit 100))
  insert into alarm as a (workspace_id, alarm_id, kind, object_id, facts)
  select $1, gen_random_uuid(), t.kind, t.object_id, t.facts from ${troubles.rows} t
  on conflict do nothing returning ${columns}`,
);

/** Answers those that have begun: what holds already is no news. */
export function beginAlarms(
  tx: Tx,
  { workspaceId, found }: { workspaceId: string; found: readonly HeldTrouble[] },
): Promise<AlarmRow[]> {
  return query(tx, beginAlarms_, [workspaceId, ...troubles.values(found)]);
}

const heldNow = batch<HeldTrouble>(2, {
  kind: ['text', ({ kind }) => kind],
  object_id: ['uuid', ({ objectId }) => objectId],
});

const noteCalm_ = statement<{ alarmId: string }>(
  'note-calm-alarms',
  `with held as (select t.kind, t.object_id from ${heldNow.rows} t)
  update alarm a set calm_since = case when h.is_held then null else clock_timestamp() end
  from (select o.alarm_id, exists (select from held where held.kind = o.kind
      and held.object_id is not distinct from o.object_id) as is_held
    from alarm o where o.workspace_id = $1 and o.ended_at is null) h
  where a.workspace_id = $1 and a.alarm_id = h.alarm_id and a.ended_at is null and (a.calm_since is null) <> h.is_held
  returning a.alarm_id as "alarmId"`,
);

/** Since when each open alarm holds no more. */
export async function noteCalm(
  tx: Tx,
  { workspaceId, found }: { workspaceId: string; found: readonly HeldTrouble[] },
): Promise<void> {
  await query(tx, noteCalm_, [workspaceId, ...heldNow.values(found)]);
}

const endAlarms_ = statement<AlarmRow>(
  'end-alarms',
  `update alarm a set ended_at = clock_timestamp() where a.workspace_id = $1 and a.ended_at is null
    and a.calm_since <= clock_timestamp() - make_interval(secs => $2) returning ${columns}`,
);

/** Ends those that have held no more for so long. */
export function endAlarms(
  tx: Tx,
  { workspaceId, calmSeconds }: { workspaceId: string; calmSeconds: number },
): Promise<AlarmRow[]> {
  return query(tx, endAlarms_, [workspaceId, calmSeconds]);
}

const listAlarms_ = statement<AlarmRow>(
  'list-alarms',
  `select ${columns} from alarm a where a.workspace_id = $1 and (a.ended_at is null or not $2)
  order by a.started_at desc limit $3`,
);

/** Newest first. */
export function listAlarms(
  db: Db,
  args: { workspaceId: string; onlyOpen: boolean; limit: number },
): Promise<AlarmRow[]> {
  return query(db, listAlarms_, [args.workspaceId, args.onlyOpen, args.limit]);
}
