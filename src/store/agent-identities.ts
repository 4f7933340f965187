// Who our agents are in an outside system, as its last report said.
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { RoutingTx } from './tx.ts';

export interface IdentityRow {
  externalId: string;
  agentId: string;
  externalChannelIds: string[] | null;
  /** By which an answer names them over there; null: not known. */
  username: string | null;
  absences: number;
  /** No longer listed: kept for the day when it is listed again. */
  isSetAside: boolean;
  /** The agent is gone there too. */
  isGone: boolean;
  name: string;
  email: string | null;
  availability: string;
  /** Without what the agent wraps up: it has ended over there. */
  load: number;
  externalLoad: number;
  answersHere: boolean;
  /** Seconds since a conversation was last given to the agent or ended. */
  settledSeconds: number;
  /** The lowest count reported above the believed external load since that was set; null: none. */
  excess: number | null;
  excessSeconds: number | null;
}

const listIdentities_ = statement<IdentityRow>(
  'list-identities',
  `select i.external_id as "externalId", i.agent_id as "agentId", i.external_channel_ids as "externalChannelIds", i.username, i.absences,
    i.set_aside_at is not null as "isSetAside", a.deleted_at is not null as "isGone", i.excess,
    extract(epoch from clock_timestamp() - i.excess_since)::float8 as "excessSeconds", a.name, a.email, a.availability, a.load - coalesce(w.weight, 0) as load, a.external_load as "externalLoad", a.answers_here as "answersHere",
    extract(epoch from clock_timestamp() - greatest(a.idle_since, w.ended_at))::float8 as "settledSeconds"
  from agent_identity i join agent a on a.workspace_id = $1 and a.agent_id = i.agent_id
  left join lateral (select sum(weight)::integer as weight, max(released_at) as ended_at from load_release r
    where r.workspace_id = $1 and r.agent_id = a.agent_id and r.wraps_until is not null) w on true
  where i.workspace_id = $1 and i.channel_id = $2`,
);

export function listIdentities(
  db: Db,
  { workspaceId, channelId }: { workspaceId: string; channelId: string },
): Promise<IdentityRow[]> {
  return query(db, listIdentities_, [workspaceId, channelId]);
}

const putIdentity_ = statement<never>(
  'put-identity',
  `with stamped as (update agent set roster_version = nextval('roster_version') where workspace_id = $1 and agent_id = $4)
  insert into agent_identity (workspace_id, channel_id, external_id, agent_id, external_channel_ids, username)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (workspace_id, channel_id, external_id) do update
    set agent_id = excluded.agent_id, external_channel_ids = excluded.external_channel_ids,
      username = excluded.username, absences = 0,
      set_aside_at = null`,
).needs('wake', 'agent');

export async function putIdentity(
  tx: Writing<typeof putIdentity_, RoutingTx>,
  args: {
    workspaceId: string;
    channelId: string;
    externalId: string;
    agentId: string;
    externalChannelIds: readonly string[] | null;
    username: string | null;
  },
): Promise<void> {
  await query(tx, putIdentity_, [
    args.workspaceId,
    args.channelId,
    args.externalId,
    args.agentId,
    args.externalChannelIds,
    args.username,
  ]);
}

const noteAbsence_ = statement<never>(
  'note-absence',
  `update agent_identity set absences = absences + 1
  where workspace_id = $1 and channel_id = $2 and external_id = $3`,
);

export async function noteAbsence(
  tx: RoutingTx,
  args: { workspaceId: string; channelId: string; externalId: string },
): Promise<void> {
  await query(tx, noteAbsence_, [args.workspaceId, args.channelId, args.externalId]);
}

const setAside_ = statement<never>(
  'set-identity-aside',
  `with stamped as (update agent set roster_version = nextval('roster_version') where workspace_id = $1 and agent_id = $4)
  update agent_identity set set_aside_at = clock_timestamp(), excess = null, excess_since = null
  where workspace_id = $1 and channel_id = $2 and external_id = $3`,
).needs('wake', 'agent');

export async function setIdentityAside(
  tx: Writing<typeof setAside_, RoutingTx>,
  args: { workspaceId: string; channelId: string; externalId: string; agentId: string },
): Promise<void> {
  await query(tx, setAside_, [args.workspaceId, args.channelId, args.externalId, args.agentId]);
}

const putExcess_ = statement<never>(
  'put-excess',
  `update agent_identity set excess = $4::integer, excess_since = case when $4::integer is null then null
    else coalesce(excess_since, clock_timestamp()) end
  where workspace_id = $1 and channel_id = $2 and external_id = $3`,
);

/** The report above what is believed; null: none, or it is believed now. */
export async function putExcess(
  tx: RoutingTx,
  args: { workspaceId: string; channelId: string; externalId: string; excess: number | null },
): Promise<void> {
  await query(tx, putExcess_, [args.workspaceId, args.channelId, args.externalId, args.excess]);
}

const dropIdentity_ = statement<never>(
  'drop-identity',
  `with dropped as (
    delete from agent_identity where workspace_id = $1 and channel_id = $2 and external_id = $3 returning agent_id)
  update agent set roster_version = nextval('roster_version')
  where workspace_id = $1 and agent_id in (select agent_id from dropped)`,
).needs('wake', 'agent');

export async function dropIdentity(
  tx: Writing<typeof dropIdentity_, RoutingTx>,
  args: { workspaceId: string; channelId: string; externalId: string },
): Promise<void> {
  await query(tx, dropIdentity_, [args.workspaceId, args.channelId, args.externalId]);
}

/**
 * A query of `external_id`: who an agent is in the outside system of a channel; no row: unknown
 * there, or no longer known.
 */
export function externalIdIn(channelId: string, agentId: string): string {
  return `select external_id from agent_identity
  where workspace_id = $1 and channel_id = ${channelId} and agent_id = ${agentId} and set_aside_at is null
  order by absences limit 1`;
}

const externalIdOf_ = statement<{ externalId: string }>(
  'external-id-of-agent',
  `select external_id as "externalId" from (${externalIdIn('$2', '$3')}) i`,
);

/** null: the outside system does not know this agent, or no longer. */
export async function externalIdOfAgent(
  db: Db,
  args: { workspaceId: string; channelId: string; agentId: string },
): Promise<string | null> {
  const row = await queryOne(db, externalIdOf_, [args.workspaceId, args.channelId, args.agentId]);
  return row?.externalId ?? null;
}

const isIdentified_ = statement<{ found: boolean }>(
  'is-identified',
  `select exists (select from agent_identity i join channel c on c.workspace_id = $1 and c.channel_id = i.channel_id
    and c.deleted_at is null
    where i.workspace_id = $1 and i.agent_id = $2 and i.set_aside_at is null) as found`,
);

/** Whether an outside system knows the agent. */
export async function isIdentified(
  db: Db,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<boolean> {
  return (await queryOne(db, isIdentified_, [workspaceId, agentId]))?.found ?? false;
}

const listUsernames_ = statement<{ agentId: string; externalId: string; username: string | null }>(
  'list-usernames',
  `select distinct on (agent_id) agent_id as "agentId", external_id as "externalId", username from agent_identity
  where workspace_id = $1 and channel_id = $2 and set_aside_at is null
  order by agent_id, absences, external_id`,
);

/** How the outside system of a channel calls those whom it lists, each once. */
export function listUsernames(
  db: Db,
  { workspaceId, channelId }: { workspaceId: string; channelId: string },
): Promise<{ agentId: string; externalId: string; username: string | null }[]> {
  return query(db, listUsernames_, [workspaceId, channelId]);
}
