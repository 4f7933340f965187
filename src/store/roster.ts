// The agents as the router sees them: read in full once, then only what changed since.
import {
  isReleased,
  limitsOf,
  loadsUnderLimits,
  moveUnderLimits,
  releasedByLimit,
} from './agent-limits.ts';
import type { Writing } from './effects.ts';
import { lookedUp } from './guide-planner.ts';
import { type Call, type Db, query, run, statement } from './sql.ts';
import type { RoutingTx } from './tx.ts';

export interface RosterRow {
  agentId: string;
  name: string;
  isBot: boolean;
  availability: 'online' | 'away' | 'offline';
  /** Milliseconds since 1970; null: for ever. */
  leaseUntil: number | null;
  capacity: number;
  load: number;
  externalLoad: number;
  answersHere: boolean;
  idleSince: number;
  limits: { scope: string; most: number; load: number }[];
  paceSeconds: number;
  /** null: never, or not one that they took. */
  pacedFrom: number | null;
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
  pacedFrom: number | null;
  /** What is held now under those limits that changed; null: none. */
  limits: Record<string, number> | null;
  /** How many conversations the agent was given. */
  claimed: number;
}

const milliseconds = (time: string) => `extract(epoch from ${time})::float8 * 1000`;

const rosterColumns = ({
  load,
  limits,
  pacedFrom,
}: Record<
  'load' | 'limits' | 'pacedFrom',
  string
>) => `a.agent_id as "agentId", a.name, a.kind = 'bot' as "isBot", a.availability,
    case when a.lease_until < 'infinity' then extract(epoch from a.lease_until)::float8 * 1000 end as "leaseUntil",
    a.effective_capacity as capacity, ${load} as load, a.external_load as "externalLoad",
    a.answers_here as "answersHere", extract(epoch from a.idle_since)::float8 * 1000 as "idleSince",
    ${limits} as limits, a.effective_pace as "paceSeconds", ${milliseconds(pacedFrom)} as "pacedFrom",
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
export const CHANGED_AGENTS = `select ${rosterColumns({ load: 'a.load', limits: limitsOf('a.agent_id', { settled: false }), pacedFrom: 'a.paced_from' })}
  from agent a where a.workspace_id = $1 and a.roster_version > $2 and a.roster_version <= 9223372036854775807
  order by a.agent_id`;

/** Assignments that ended since the last pass and are still on an agent's load. */
export interface Release {
  agentId: string;
  weight: number;
  releasedAt: number;
  /** When the last of them was given that the agent never took; null: they took all. */
  unpacedFrom: number | null;
  /** By limit; null: the agent has none. */
  limits: Record<string, number> | null;
  /** Some of it was wrapped up: nobody has told yet that this is over. */
  wrapped: boolean;
}

/** SQL: when release `r` frees its place. */
const FREED_AT = 'coalesce(r.wraps_until, r.released_at)';

/** The releases of workspace $1 that are wrapped up. */
export const RELEASES = `select r.agent_id as "agentId", sum(r.weight)::integer as weight,
  ${milliseconds(`max(${FREED_AT})`)} as "releasedAt", ${milliseconds('max(r.unpaced_from)')} as "unpacedFrom",
  ${releasedByLimit('r.agent_id')} as limits, bool_or(r.wraps_until is not null) as wrapped
  from load_release r where r.workspace_id = $1 and ${isReleased('r')} group by r.agent_id`;

/** SQL: in how many milliseconds the next wrap-up of workspace $1 ends by itself. */
export const WRAP_UP_ENDS_IN_MS = `(select extract(epoch from min(wraps_until) - clock_timestamp())::float8 * 1000
    from load_release where workspace_id = $1 and wraps_until > statement_timestamp())`;

/** A row of the roster, and what the agent still wraps up. */
export type SettledRow = RosterRow & { wrapUps: { weight: number; nextAt: number } | null };

/** CTEs: of load_release what the next pass takes off the loads, by agent. */
const SETTLED = `released as (
    select agent_id, sum(weight)::integer as weight, max(unpaced_from) as unpaced_from
    from load_release r where workspace_id = $1 and ${isReleased('r')} group by agent_id
  )`;

const readSettledRoster_ = statement<SettledRow>(
  'read-settled-roster',
  `with ${SETTLED}, wrapped as (
    select agent_id, jsonb_build_object('weight', sum(weight), 'nextAt', ${milliseconds('min(wraps_until)')}) as places
    from load_release r where workspace_id = $1 and not ${isReleased('r')} group by agent_id
  )
  select ${rosterColumns({
    load: 'a.load - coalesce(r.weight, 0)',
    limits: limitsOf('a.agent_id', { settled: true }),
    pacedFrom: 'case when r.unpaced_from = a.paced_from then null else a.paced_from end',
  })}, w.places as "wrapUps"
  from agent a left join released r on r.agent_id = a.agent_id left join wrapped w on w.agent_id = a.agent_id
  where a.workspace_id = $1 and a.deleted_at is null order by a.agent_id`,
);

/**
 * All agents as the next pass will find them, without its lock: ended assignments are off their
 * loads.
 */
export function readSettledRoster(db: Db, workspaceId: string): Promise<SettledRow[]> {
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
  limits: RosterRow['limits'];
  /**
   * The most that any agent of the kind can still take, in weights; below 0 when all are above
   * their capacity.
   */
  room: number;
}

// Ended assignments are off the loads, as the next pass will find them.
const readOnlineKinds_ = statement<OnlineKind>(
  'read-online-kinds',
  `with ${SETTLED}, here as (
    select ${roomOf('a')} + coalesce(r.weight, 0) as room, ${limitsOf('a.agent_id', { settled: true })} as limits,
      array(select team_id from agent_team t where t.workspace_id = $1 and t.agent_id = a.agent_id order by team_id) as teams,
      array(select skill_id from agent_skill s where s.workspace_id = $1 and s.agent_id = a.agent_id order by skill_id) as skills
    from agent a left join released r on r.agent_id = a.agent_id
    where a.workspace_id = $1 and a.deleted_at is null and a.answers_here and a.kind = 'human' and ${isOnline('a')}
  )
  select teams as "teamIds", skills as "skillIds", limits, max(room) as room from here group by teams, skills, limits`,
);

/**
 * For people who are online and answer here: each combination of teams, skills and limits, with the
 * most room in it.
 */
export function readOnlineKinds(db: Db, workspaceId: string): Promise<OnlineKind[]> {
  return query(db, readOnlineKinds_, [workspaceId]);
}

/**
 * A CTE after one called `ended` that returned whole keys, agents, weights, confirmations and ends of assignments.
 * The next pass, which alone may write agents, takes their weight off the loads. `wrapsUp`: where the agent
 * wraps up, once that is over; of what they never took there is nothing to wrap up.
 */
export function releaseLoad(
  ended: string,
  { wrapsUp = false }: { wrapsUp?: boolean } = {},
): string {
  const until = `(select case when e.confirmed_at is not null and a.effective_wrap_up > 0
      then e.ended_at + make_interval(secs => a.effective_wrap_up) end
      from agent a where a.workspace_id = $1 and a.agent_id = e.agent_id)`;
  return `released as (
    insert into load_release (workspace_id, conversation_id, assignment_id, agent_id, weight, released_at, wraps_until, unpaced_from)
    select $1, e.conversation_id, e.assignment_id, e.agent_id, e.weight, e.ended_at, ${wrapsUp ? until : 'null::timestamptz'},
      case when e.confirmed_at is null then e.assigned_at end
    from ${ended} e
  )`;
}

/** Columns of an assignment `a` that ended, for releaseLoad. */
export const ENDED =
  'a.conversation_id, a.assignment_id, a.agent_id, a.weight, a.assigned_at, a.confirmed_at, a.ended_at';

/** A CTE that takes the releases of workspace $1 that are wrapped up. */
export const TAKE_RELEASES = `released as (
    delete from load_release r where r.workspace_id = $1 and ${isReleased('r')}
    returning r.agent_id, r.conversation_id, r.weight, ${FREED_AT} as released_at, r.unpaced_from
  )`;

/**
 * Writes a pass's changes to the agents, each once: after a CTE `sums` of agent_id, `given` and
 * `taken` (weights), `at` (of the last of both), `assigned_at` (null: nothing was given), `unpaced_from` (of what the
 * agent never took) and `claimed` (how many), and, where somebody has limits, after moveUnderLimits. Weight that is
 * taken off lowers a ceiling above the capacity with it. Each agent is found by its key and then by its place
 * (guide-planner.ts). `paces`: the pace counts from what was given.
 */
export function moveLoads({
  forced,
  limited,
  paces,
}: {
  forced: string;
  limited: boolean;
  paces: string;
}): string {
  const settled = `case when s.taken > 0 then greatest(a.effective_capacity, a.load - s.taken) else a.ceiling end`;
  return `update agent a set load = a.load - s.taken + s.given, idle_since = greatest(a.idle_since, s.at),
    last_assigned_at = coalesce(s.assigned_at, a.last_assigned_at),
    paced_from = coalesce(case when ${paces} then s.assigned_at end, case when s.unpaced_from = a.paced_from then null else a.paced_from end),
    ceiling = case when ${forced} then greatest(${settled}, a.load - s.taken + s.given) else ${settled} end,
    roster_version = nextval('roster_version')
  from sums s cross join ${lookedUp('select ctid as place from agent where workspace_id = $1 and agent_id = s.agent_id')} p
  where a.ctid = p.place
  returning a.agent_id as "agentId", a.load, a.roster_version as version, s.claimed,
    extract(epoch from a.idle_since)::float8 * 1000 as "idleSince", ${milliseconds('a.paced_from')} as "pacedFrom",
    ${limited ? loadsUnderLimits('a.agent_id') : 'null::jsonb'} as limits`;
}

const settle = (limits: string) => `with ${TAKE_RELEASES}, sums as materialized (
    select agent_id, 0 as given, sum(weight)::integer as taken, max(released_at) as at,
      null::timestamptz as assigned_at, max(unpaced_from) as unpaced_from, 0 as claimed
    from released group by agent_id
  )${limits}`;
const settleReleased_ = statement<LoadChange>(
  'settle-released',
  `${settle('')} ${moveLoads({ forced: 'false', limited: false, paces: 'false' })}`,
).needs('wake');
const settleLimited_ = statement<LoadChange>(
  'settle-released-limited',
  `${settle(`, ${moveUnderLimits({ claimed: false, forced: 'false' })}`)} ${moveLoads({ forced: 'false', limited: true, paces: 'false' })}`,
).needs('wake');

/** Takes assignments that ended since the last pass off the loads of their agents. `limited`: somebody has limits. */
export function settling(
  workspaceId: string,
  { limited }: { limited: boolean },
): Call<LoadChange, 'wake'> {
  return { statement: limited ? settleLimited_ : settleReleased_, values: [workspaceId] };
}

export function settleReleased(
  tx: Writing<typeof settleReleased_, RoutingTx>,
  workspaceId: string,
): Promise<LoadChange[]> {
  return run(tx, settling(workspaceId, { limited: true }));
}
