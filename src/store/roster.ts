// The agents as the router sees them: read in full once, then only what changed since.
import { type Db, query, statement } from './sql.ts';
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
  skillIds: string[];
  identities: { channelId: string; externalId: string; externalChannelIds: string[] | null }[];
}

/** What a pass itself changed in an agent. */
export interface LoadChange {
  agentId: string;
  load: number;
  idleSince: number;
  version: number;
}

const rosterColumns = (load: string) => `a.agent_id as "agentId", a.name, a.availability,
    case when a.lease_until < 'infinity' then extract(epoch from a.lease_until)::float8 * 1000 end as "leaseUntil",
    a.effective_capacity as capacity, ${load} as load, a.external_load as "externalLoad",
    a.answers_here as "answersHere", extract(epoch from a.idle_since)::float8 * 1000 as "idleSince",
    a.deleted_at is not null as deleted, a.roster_version as version,
    array(select team_id from agent_team t where t.workspace_id = $1 and t.agent_id = a.agent_id) as "teamIds",
    array(select skill_id from agent_skill s where s.workspace_id = $1 and s.agent_id = a.agent_id) as "skillIds",
    coalesce((select jsonb_agg(jsonb_build_object('channelId', channel_id, 'externalId', external_id,
      'externalChannelIds', external_channel_ids)) from agent_identity i
      where i.workspace_id = $1 and i.agent_id = a.agent_id and i.set_aside_at is null), '[]') as identities`;

// Few rows after the first time: agents that others changed. The index by version finds them: the
// upper bound, which excludes nothing, makes the planner expect few, where it read all agents.
const readRoster_ = statement<RosterRow>(
  'read-roster',
  `select ${rosterColumns('a.load')}
  from agent a where a.workspace_id = $1 and a.roster_version > $2 and a.roster_version <= 9223372036854775807
  order by a.agent_id`,
);

/** Agents changed after `version`; 0 reads all of them, the deleted included. */
export function readRoster(
  tx: RoutingTx,
  { workspaceId, version }: { workspaceId: string; version: number },
): Promise<RosterRow[]> {
  return query(tx, readRoster_, [workspaceId, version]);
}

const readSettledRoster_ = statement<RosterRow>(
  'read-settled-roster',
  `with released as (
    select agent_id, sum(weight)::integer as weight from load_release where workspace_id = $1 group by agent_id
  )
  select ${rosterColumns('a.load - coalesce(r.weight, 0)')}
  from agent a left join released r on r.agent_id = a.agent_id
  where a.workspace_id = $1 and a.deleted_at is null order by a.agent_id`,
);

/** All agents as the next pass will find them, without its lock: what has ended is off their loads. */
export function readSettledRoster(db: Db, workspaceId: string): Promise<RosterRow[]> {
  return query(db, readSettledRoster_, [workspaceId]);
}

export interface OnlineKind {
  teamIds: string[];
  skillIds: string[];
  /** The most that any agent of the kind can still take, in weights; below 0 where all hold too much. */
  room: number;
}

// What has ended is off the loads, as the next pass will find them.
const readOnlineKinds_ = statement<OnlineKind>(
  'read-online-kinds',
  `with released as (
    select agent_id, sum(weight)::integer as weight from load_release where workspace_id = $1 group by agent_id
  ), here as (
    select a.effective_capacity - a.external_load - a.load + coalesce(r.weight, 0) as room,
      array(select team_id from agent_team t where t.workspace_id = $1 and t.agent_id = a.agent_id order by team_id) as teams,
      array(select skill_id from agent_skill s where s.workspace_id = $1 and s.agent_id = a.agent_id order by skill_id) as skills
    from agent a left join released r on r.agent_id = a.agent_id
    where a.workspace_id = $1 and a.deleted_at is null and a.answers_here and a.availability = 'online'
      and a.lease_until > clock_timestamp()
  )
  select teams as "teamIds", skills as "skillIds", max(room) as room from here group by teams, skills`,
);

/** Of those who are online and answer here: each combination of teams and skills, with the most room in it. */
export function readOnlineKinds(db: Db, workspaceId: string): Promise<OnlineKind[]> {
  return query(db, readOnlineKinds_, [workspaceId]);
}

/**
 * A CTE after one called `ended` that returned whole keys, agents, weights and ends of assignments:
 * their weight goes off their agents' loads with the next pass, which alone may write agents.
 */
export function releaseLoad(ended: string): string {
  return `released as (
    insert into load_release (workspace_id, conversation_id, assignment_id, agent_id, weight, released_at)
    select $1, conversation_id, assignment_id, agent_id, weight, ended_at from ${ended}
  )`;
}

// Takes what has ended since the last pass off the loads of those who held it. The last join is not
// on $1 for the reason given in guide-planner.ts.
const settleReleased_ = statement<LoadChange>(
  'settle-released',
  `with released as (
    delete from load_release where workspace_id = $1 returning workspace_id, agent_id, weight, released_at
  ), sums as (
    select workspace_id, agent_id, sum(weight)::integer as weight, max(released_at) as released_at
    from released group by workspace_id, agent_id
  )
  update agent a set load = a.load - s.weight, ceiling = greatest(a.effective_capacity, a.load - s.weight),
    idle_since = greatest(a.idle_since, s.released_at), roster_version = nextval('roster_version')
  from sums s where a.workspace_id = s.workspace_id and a.agent_id = s.agent_id
  returning a.agent_id as "agentId", a.load, a.roster_version as version,
    extract(epoch from a.idle_since)::float8 * 1000 as "idleSince"`,
);

export function settleReleased(tx: RoutingTx, workspaceId: string): Promise<LoadChange[]> {
  return query(tx, settleReleased_, [workspaceId]);
}
