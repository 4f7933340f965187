// The addresses that events are sent to, what each is bound to, and how each is doing.

import { batch } from './batch.ts';
import type { Writing } from './effects.ts';
import type { Sealed } from './secret-box.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface EndpointRow {
  workspaceId: string;
  endpointId: string;
  /** The bot that listens there; null: it belongs to none. */
  agentId: string | null;
  url: string;
  verifyTls: boolean;
  enabled: boolean;
  disabledReason: 'paused' | 'gone' | 'failing' | null;
  signatureEncoding: 'hex' | 'base64';
  absentTimes: 'omit' | 'null';
  /** The event types it is bound to, as they were named. */
  events: string[];
  hasSecret: boolean;
  /** When the earlier secret stops signing. */
  oldSecretUntil: Date | null;
  /** Failed attempts since the last success. */
  failures: number;
  failingSince: Date | null;
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
  createdAt: Date;
}

/** Newest first; `until` null: no end. */
export interface EndpointSecret<Kept extends string = string> {
  secret: Kept;
  until: string | null;
}

/** Requests at a time, of all nodes together (gitple-events.md §7.5). */
export const REQUESTS_AT_ONCE = 8;

/** A node may begin a request only with knowledge of the endpoint that is at most this old. */
export const ENDPOINT_FRESH_MS = 20;

/** After this many failures in a row it is only probed until a success (gitple-events.md §7.6). */
export const FAILURES_TO_PROBE = 10;

export type EndpointWithSecrets = EndpointRow & { secrets: EndpointSecret[] };
/** As the database holds it; `unsealEndpoint` makes it an EndpointWithSecrets. */
export type SealedEndpoint = EndpointRow & { secrets: EndpointSecret<Sealed>[] };

const columns = `e.workspace_id as "workspaceId", e.endpoint_id as "endpointId", e.agent_id as "agentId", e.url, e.verify_tls as "verifyTls",
  e.enabled, e.disabled_reason as "disabledReason", e.signature_encoding as "signatureEncoding",
  e.absent_times as "absentTimes", e.failures, e.failing_since as "failingSince",
  e.last_success_at as "lastSuccessAt", e.last_failure_at as "lastFailureAt", e.created_at as "createdAt",
  jsonb_array_length(e.secrets) > 0 as "hasSecret", 
  case when (e.secrets -> 1 ->> 'until')::timestamptz > now() then (e.secrets -> 1 ->> 'until')::timestamptz end as "oldSecretUntil",
  array(select b.type from endpoint_binding b where b.workspace_id = $1 and b.endpoint_id = e.endpoint_id
    order by b.type) as events`;

const listEndpoints_ = statement<EndpointRow>(
  'list-endpoints',
  `select ${columns} from endpoint e where e.workspace_id = $1 and e.deleted_at is null and not e.runs_automations order by e.endpoint_id`,
);

export function listEndpoints(db: Db, workspaceId: string): Promise<EndpointRow[]> {
  return query(db, listEndpoints_, [workspaceId]);
}

const getEndpoint_ = statement<SealedEndpoint>(
  'get-endpoint',
  `select ${columns}, e.secrets from endpoint e
  where e.workspace_id = $1 and e.endpoint_id = $2 and e.deleted_at is null and not e.runs_automations`,
);

export interface EndpointKey {
  workspaceId: string;
  endpointId: string;
}

export function getEndpoint(db: Db, key: EndpointKey): Promise<SealedEndpoint | null> {
  return queryOne(db, getEndpoint_, [key.workspaceId, key.endpointId]);
}

const lockEndpoint_ = statement<SealedEndpoint>(
  'lock-endpoint',
  `select ${columns}, e.secrets from endpoint e
  where e.workspace_id = $1 and e.endpoint_id = $2 and e.deleted_at is null and not e.runs_automations for update`,
);

/** As getEndpoint; locked until the transaction ends. */
export function lockEndpoint(tx: Tx, key: EndpointKey): Promise<SealedEndpoint | null> {
  return queryOne(tx, lockEndpoint_, [key.workspaceId, key.endpointId]);
}

export type EndpointChange = EndpointKey &
  Pick<
    SealedEndpoint,
    | 'agentId'
    | 'url'
    | 'verifyTls'
    | 'enabled'
    | 'disabledReason'
    | 'signatureEncoding'
    | 'absentTimes'
    | 'secrets'
  >;

// An endpoint that is switched on again starts with a clean record.
const putEndpoint_ = statement<never>(
  'put-endpoint',
  `insert into endpoint as e (workspace_id, endpoint_id, url, verify_tls, enabled, disabled_reason,
    signature_encoding, absent_times, secrets, agent_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (workspace_id, endpoint_id) do update set url = excluded.url, verify_tls = excluded.verify_tls,
    enabled = excluded.enabled, disabled_reason = excluded.disabled_reason,
    signature_encoding = excluded.signature_encoding, absent_times = excluded.absent_times,
    secrets = excluded.secrets,
    failures = case when excluded.enabled and not e.enabled then 0 else e.failures end,
    failing_since = case when excluded.enabled and not e.enabled then null else e.failing_since end`,
).needs('endpoint');

/** Inserts it, or replaces all of it. */
export async function putEndpoint(
  tx: Writing<typeof putEndpoint_, Tx>,
  change: EndpointChange,
): Promise<void> {
  await query(tx, putEndpoint_, [
    change.workspaceId,
    change.endpointId,
    change.url,
    change.verifyTls,
    change.enabled,
    change.disabledReason,
    change.signatureEncoding,
    change.absentTimes,
    JSON.stringify(change.secrets),
    change.agentId,
  ]);
}

const bindings = batch<{ eventType: string; type: string }>(3, {
  event_type: ['text', ({ eventType }) => eventType],
  type: ['text', ({ type }) => type],
});

// Unbinding a type cancels its unsent deliveries.
const bindEndpoint_ = statement<{ streamId: string }>(
  'bind-endpoint',
  `with wanted as (
    select * from ${bindings.rows} t
  ), bound as (
    insert into endpoint_binding (workspace_id, endpoint_id, event_type, type)
    select $1, $2, event_type, type from wanted
    on conflict do nothing
  ), unbound as (
    delete from endpoint_binding b where b.workspace_id = $1 and b.endpoint_id = $2
      and not exists (select from wanted w where w.type = b.type)
    returning b.type
  )
  update delivery d set state = 'failed', outcome = 'cancelled: no longer bound', done_at = clock_timestamp()
  from unbound u where d.workspace_id = $1 and d.subscriber_id = $2 and d.type = u.type
    and d.state in ('pending', 'held')
  returning d.stream_id as "streamId"`,
).needs('send');

/** Answers the streams in which something was cancelled. */
export async function bindEndpoint(
  tx: Writing<typeof bindEndpoint_, Tx>,
  args: EndpointKey & { bindings: readonly { eventType: string; type: string }[] },
): Promise<string[]> {
  const { workspaceId, endpointId } = args;
  const values = [workspaceId, endpointId, ...bindings.values(args.bindings)];
  const rows = await query(tx, bindEndpoint_, values);
  return [...new Set(rows.map(({ streamId }) => streamId))];
}

// The rows stay for the log of deliveries; the secrets are removed.
const deleteEndpoint_ = statement<{ endpointId: string }>(
  'delete-endpoint',
  `with gone as (
    update endpoint set deleted_at = now(), enabled = false, disabled_reason = 'paused', secrets = '[]'
    where workspace_id = $1 and endpoint_id = $2 and deleted_at is null and not runs_automations returning endpoint_id
  ), unbound as (
    delete from endpoint_binding where workspace_id = $1 and endpoint_id = $2
  ), cancelled as (
    update delivery set state = 'failed', outcome = 'cancelled: the endpoint was removed', done_at = clock_timestamp()
    where workspace_id = $1 and subscriber_id = $2 and state in ('pending', 'held')
  )
  select endpoint_id as "endpointId" from gone`,
).needs('endpoint');

/** false: there is none. */
export async function deleteEndpointRow(
  tx: Writing<typeof deleteEndpoint_, Tx>,
  key: EndpointKey,
): Promise<boolean> {
  return (await queryOne(tx, deleteEndpoint_, [key.workspaceId, key.endpointId])) !== null;
}

const hold_ = statement<never>(
  'hold-deliveries',
  `update delivery set state = 'held' where workspace_id = $1 and subscriber_id = $2 and state = 'pending'`,
);

/** Unsent deliveries of a switched-off endpoint are held for it. */
export async function holdDeliveries(tx: Tx, key: EndpointKey): Promise<void> {
  await query(tx, hold_, [key.workspaceId, key.endpointId]);
}

// Pending ones too: a transaction that runs while its endpoint is switched off may still see it
// switched on.
const unhold_ = statement<never>(
  'unhold-deliveries',
  `update delivery set state = case when $3 then 'pending' else 'failed' end,
    due_at = case when $3 then clock_timestamp() else due_at end, behind_until = null,
    outcome = case when $3 then outcome else 'dropped while switched off' end,
    done_at = case when $3 then null else clock_timestamp() end
  where workspace_id = $1 and subscriber_id = $2 and state in ('held', 'pending')`,
).needs('send');

/** Sends the held ones, oldest first, to a switched-on endpoint, or drops them. */
export async function releaseHeld(
  tx: Writing<typeof unhold_, Tx>,
  args: EndpointKey & { send: boolean },
): Promise<void> {
  await query(tx, unhold_, [args.workspaceId, args.endpointId, args.send]);
}

export interface Health extends EndpointKey {
  /** Failures since the last success of this batch, or in all of it. */
  failures: number;
  succeeded: boolean;
}

const health = batch<Omit<Health, 'workspaceId'>>(2, {
  endpoint_id: ['uuid', ({ endpointId }) => endpointId],
  failures: ['integer', ({ failures }) => failures],
  succeeded: ['boolean', ({ succeeded }) => succeeded],
});

// A healthy endpoint is written at most once a minute: every batch reads its row.
const noteHealth_ = statement<{ endpointId: string; failures: number; failingSince: Date | null }>(
  'note-endpoint-health',
  `update endpoint e set
    failures = case when i.succeeded then 0 else e.failures end + i.failures,
    failing_since = case when i.failures = 0 then null when i.succeeded then clock_timestamp()
      else coalesce(e.failing_since, clock_timestamp()) end,
    last_failure_at = case when i.failures > 0 then clock_timestamp() else e.last_failure_at end,
    last_success_at = case when i.succeeded then clock_timestamp() else e.last_success_at end
  from ${health.rows} i
  where e.workspace_id = $1 and e.endpoint_id = i.endpoint_id and (i.failures > 0 or e.failures > 0
    or e.last_success_at is null or e.last_success_at < clock_timestamp() - interval '1 minute')
  returning e.endpoint_id as "endpointId", e.failures, e.failing_since as "failingSince"`,
);

/** Answers those that changed. */
export function noteEndpointHealth(
  db: Db,
  workspaceId: string,
  changes: readonly Omit<Health, 'workspaceId'>[],
): Promise<{ endpointId: string; failures: number; failingSince: Date | null }[]> {
  return query(db, noteHealth_, [workspaceId, ...health.values(changes)]);
}

const boundTo_ = statement<{ bound: boolean }>(
  'is-type-bound',
  `select exists (select from endpoint_binding b join endpoint e on e.workspace_id = $1
    and e.endpoint_id = b.endpoint_id where b.workspace_id = $1 and b.type = $2 and e.enabled) as bound`,
);

/** Whether an endpoint that is switched on is bound to this type. */
export async function isTypeBound(db: Db, workspaceId: string, type: string): Promise<boolean> {
  return (await queryOne(db, boundTo_, [workspaceId, type]))?.bound ?? false;
}

const nextSeq_ = statement<{ seq: number }>(
  'next-endpoint-seq',
  `update endpoint set event_seq = event_seq + 1 where workspace_id = $1 and endpoint_id = $2 returning event_seq as seq`,
);

/** For an event of the endpoint itself. */
export async function nextEndpointSeq(tx: Tx, key: EndpointKey): Promise<number> {
  const row = await queryOne(tx, nextSeq_, [key.workspaceId, key.endpointId]);
  if (row === null) throw new Error(`There is no endpoint ${key.endpointId}.`);
  return row.seq;
}
