// The agents as the router sees them: read in full once, then only what changed since.
import type { Writing } from './effects.ts';
import { lookedUp } from './guide-planner.ts';
import { type Call, type Db, query, run, statement } from './sql.ts';
import type { RoutingTx } from './tx.ts';

export interface RosterRow {
  agentId: string;
  name: string;
  availability: 'online' | 'away' | 'offline';
  /** Milliseconds since 1970; null: for ever. */
  leaseUntil: number | null;
  capacity: number;
  load: number;
  externalLoad: number;
  answersHere: boolean;
  idleSince: number;
  deleted: boolean;
  version: number;
  teamIds: string[];
  /** The level of each skill, by its id. */
  skills: Record<string, number>;
  identities: { channelId: string; externalId: string; externalChannelIds: string[] | null }[];
}

/** What a pass itself changed in an agent. */
export interface LoadChange {
  agentId: string;
  load: number;
  idleSince: number;
  version: number;
  /** How many conversations the agent was given. */
  claimed: number;
}

const rosterColumns = (load: string) => `a.agent_id as "agentId", a.name, a.availability,
    case when a.lease_until < 'infinity' then extract(epoch from a.lease_until)::float8 * 1000 end as "leaseUntil",
    a.effective_capacity as capacity, ${load} as load, a.external_load as "externalLoad",
    a.answers_here as "answersHere", extract(epoch from a.idle_since)::float8 * 1000 as "idleSince",
    a.deleted_at is not null as deleted, a.roster_version as version,
    array(select team_id from agent_team t where t.workspace_id = $1 and t.agent_id = a.agent_id) as "teamIds",
    coalesce((select jsonb_object_agg(skill_id, level) from agent_skill s
      where s.workspace_id = $1 and s.agent_id = a.agent_id), '{}') as skills,
    coalesce((select jsonb_agg(jsonb_build_object('channelId', channel_id, 'externalId', external_id,
      'externalChannelIds', external_channel_ids)) from agent_identity i
      where i.workspace_id = $1 and i.agent_id = a.agent_id and i.set_aside_at is null), '[]') as identities`;

// After the first time only few rows: agents that others changed. The index by version finds them.
// The upper bound excludes nothing, but makes the planner expect few rows; without it, it read all
// agents.
/** Agents of workspace $1 changed after version $2; 0: all of them, the deleted included. */
export const CHANGED_AGENTS = `select ${rosterColumns('a.load')}
  from agent a where a.workspace_id = $1 and a.roster_version > $2 and a.roster_version <= 9223372036854775807
  order by a.agent_id`;

/** Assignments that ended since the last pass and are still on an agent's load. */
export interface Release {
  agentId: string;
  weight: number;
  releasedAt: number;
}

/** The releases of workspace $1. */
export const RELEASES = `select agent_id as "agentId", sum(weight)::integer as weight,
  extract(epoch from max(released_at))::float8 * 1000 as "releasedAt"
  from load_release where workspace_id = $1 group by agent_id`;

const readSettledRoster_ = statement<RosterRow>(
  'read-settled-roster',
  `with released as (
    select agent_id, sum(weight)::integer as weight from load_release where workspace_id = $1 group by agent_id
  )
  select ${rosterColumns('a.load - coalesce(r.weight, 0)')}
  from agent a left join released r on r.agent_id = a.agent_id
  where a.workspace_id = $1 and a.deleted_at is null order by a.agent_id`,
);

/**
 * All agents as the next pass will find them, without its lock: ended assignments are off their
 * loads.
 */
export function readSettledRoster(db: Db, workspaceId: string): Promise<RosterRow[]> {
  return query(db, readSettledRoster_, [workspaceId]);
}

/** As routing/eligible does: how much more the agent `alias` may hold. */
export function roomOf(alias: string): string {
  return `(${alias}.effective_capacity - ${alias}.external_load - ${alias}.load)`;
}

/** Whether the agent `alias` is online, as routing/eligible does. */
export function isOnline(alias: string): string {
  return `(${alias}.availability = 'online' and ${alias}.lease_until > clock_timestamp())`;
}

export interface OnlineKind {
  teamIds: string[];
  skillIds: string[];
  /**
   * The most that any agent of the kind can still take, in weights; below 0 when all are above
   * their capacity.
   */
  room: number;
}

// Ended assignments are off the loads, as the next pass will find them.
const readOnlineKinds_ = statement<OnlineKind>(
  'read-online-kinds',
  `with released as (
    select agent_id, sum(weight)::integer as weight from load_release where workspace_id = $1 group by agent_id
  ), here as (
    select ${roomOf('a')} + coalesce(r.weight, 0) as room,
      array(select team_id from agent_team t where t.workspace_id = $1 and t.agent_id = a.agent_id order by team_id) as teams,
      array(select skill_id from agent_skill s where s.workspace_id = $1 and s.agent_id = a.agent_id order by skill_id) as skills
    from agent a left join released r on r.agent_id = a.agent_id
    where a.workspace_id = $1 and a.deleted_at is null and a.answers_here and ${isOnline('a')}
  )
  select teams as "teamIds", skills as "skillIds", max(room) as room from here group by teams, skills`,
);

/**
 * For agents who are online and answer here: each combination of teams and skills, with the most
 * room in it.
 */
export function readOnlineKinds(db: Db, workspaceId: string): Promise<OnlineKind[]> {
  return query(db, readOnlineKinds_, [workspaceId]);
}

/**
 * A CTE after one called `ended` that returned whole keys, agents, weights and ends of assignments.
 * The next pass, which alone may write agents, takes their weight off the loads.
 */
export function releaseLoad(ended: string): string {
  return `released as (
    insert into load_release (workspace_id, conversation_id, assignment_id, agent_id, weight, released_at)
    select $1, conversation_id, assignment_id, agent_id, weight, ended_at from ${ended}
  )`;
}

/** A CTE that takes the releases of workspace $1. */
export const TAKE_RELEASES = `released as (
    delete from load_release where workspace_id = $1 returning agent_id, weight, released_at
  )`;

/**
 * Writes a pass's changes to the agents, each once: after a CTE `sums` of agent_id, `given` and
 * `taken` (weights), `at` (of the last of both), `assigned_at` (null: nothing was given) and
 * `claimed` (how many). Weight that is taken off lowers a ceiling above the capacity with it. Each
 * agent is found by its key and then by its place (guide-planner.ts).
 */
export function moveLoads(forced: string): string {
  const settled = `case when s.taken > 0 then greatest(a.effective_capacity, a.load - s.taken) else a.ceiling end`;
  return `update agent a set load = a.load - s.taken + s.given, idle_since = greatest(a.idle_since, s.at),
    last_assigned_at = coalesce(s.assigned_at, a.last_assigned_at),
    ceiling = case when ${forced} then greatest(${settled}, a.load - s.taken + s.given) else ${settled} end,
    roster_version = nextval('roster_version')
  from sums s cross join ${lookedUp('select ctid as place from agent where workspace_id = $1 and agent_id = s.agent_id')} p
  where a.ctid = p.place
  returning a.agent_id as "agentId", a.load, a.roster_version as version, s.claimed,
    extract(epoch from a.idle_since)::float8 * 1000 as "idleSince"`;
}

const settleReleased_ = statement<LoadChange>(
  'settle-released',
  `with ${TAKE_RELEASES}, sums as materialized (
    select agent_id, 0 as given, sum(weight)::integer as taken, max(released_at) as at,
      null::timestamptz as assigned_at, 0 as claimed
    from released group by agent_id
  )
  ${moveLoads('false')}`,
).needs('wake');

/** Takes assignments that ended since the last pass off the loads of their agents. */
export function settling(workspaceId: string): Call<LoadChange, 'wake'> {
  return { statement: settleReleased_, values: [workspaceId] };
}

export function settleReleased(
  tx: Writing<typeof settleReleased_, RoutingTx>,
  workspaceId: string,
): Promise<LoadChange[]> {
  return run(tx, settling(workspaceId));
}
