// Agents, and who they are in outside systems. Every write holds the routing lock and stamps the roster.
import type { StatusCause } from '../contract/statuses.ts';
import { limitsOf } from './agent-limits.ts';
import { recordCapacity } from './capacity-changes.ts';
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { LAPSED_BECAUSE, lastChange, recordChanges } from './status-changes.ts';
import type { RoutingTx } from './tx.ts';
import { wrapUpsOf } from './wrap-ups.ts';

export interface AgentRow {
  agentId: string;
  name: string;
  kind: 'human' | 'bot';
  /** Where a bot hears of what it has; null: nowhere. */
  webhook: { endpointId: string; url: string; enabled: boolean } | null;
  email: string | null;
  role: 'admin' | 'supervisor' | 'agent';
  capacity: number | null;
  effectiveCapacity: number;
  load: number;
  externalLoad: number;
  /** By the clock: an agent whose lease has ended is offline. */
  availability: 'online' | 'away' | 'offline';
  /** Offline only because the agent's client went silent. */
  lapsed: boolean;
  availabilityChangedAt: Date;
  /** Of the workspace's list; null: none. Cause, who and when are also by the clock. */
  statusId: string | null;
  statusCause: StatusCause;
  statusBy: string | null;
  statusReason: string | null;
  statusSince: Date;
  answersHere: boolean;
  lastAssignedAt: Date | null;
  /** How many conversations the agent has set aside: they are no load. */
  parked: number;
  /** By kind of channel, or by the id of one; null: the workspace's default. */
  limits: Record<string, number> | null;
  /** Those in force, with what is held under each. */
  effectiveLimits: { scope: string; most: number; load: number }[];
  /** In seconds; null: the workspace's default. */
  pace: number | null;
  effectivePace: number;
  /** Until then the router gives the agent nothing more; null: it may now. */
  pacedUntil: Date | null;
  wrapUp: number | null;
  effectiveWrapUp: number;
  /** Ended conversations that are still on the load, the first to end by itself before the others. */
  wrapUps: WrapUp[];
  teamIds: string[];
  skillIds: string[];
  /** By the id of the skill, 1 to 5. */
  skillLevels: Record<string, number>;
}

export interface WrapUp {
  conversationId: string;
  weight: number;
  /** Milliseconds since 1970. */
  since: number;
  until: number;
}

const isOver = `(a.availability = 'online' and a.lease_until <= clock_timestamp())`;

const columns = `a.agent_id as "agentId", a.name, a.kind, case when a.kind = 'bot' then (
    select jsonb_build_object('endpointId', e.endpoint_id, 'url', e.url, 'enabled', e.enabled) from endpoint e
    where e.workspace_id = $1 and e.agent_id = a.agent_id and e.deleted_at is null) end as webhook, a.email, a.role, a.capacity,
  a.effective_capacity as "effectiveCapacity", a.load, a.external_load as "externalLoad",
  case when ${isOver} then 'offline' else a.availability end as availability, a.lapsed or ${isOver} as lapsed,
  a.availability_changed_at as "availabilityChangedAt", a.answers_here as "answersHere", last.status_id as "statusId",
  case when ${isOver} then ${LAPSED_BECAUSE} else coalesce(last.cause, 'unknown') end as "statusCause",
  case when not ${isOver} then last.by end as "statusBy", case when not ${isOver} then last.reason end as "statusReason",
  case when ${isOver} then a.lease_until else coalesce(last.at, a.availability_changed_at) end as "statusSince",
  a.last_assigned_at as "lastAssignedAt",
  (select count(*)::integer from conversation p where p.workspace_id = $1 and p.state = 'parked' and p.agent_id = a.agent_id) as parked,
  a.limits, ${limitsOf('a.agent_id', { settled: false })} as "effectiveLimits", a.pace, a.effective_pace as "effectivePace",
  case when a.effective_pace > 0 and a.paced_from + make_interval(secs => a.effective_pace) > clock_timestamp()
    then a.paced_from + make_interval(secs => a.effective_pace) end as "pacedUntil",
  a.wrap_up as "wrapUp", a.effective_wrap_up as "effectiveWrapUp", ${wrapUpsOf('a.agent_id')} as "wrapUps",
  array(select team_id from agent_team t where t.workspace_id = $1 and t.agent_id = a.agent_id order by 1) as "teamIds",
  array(select skill_id from agent_skill s where s.workspace_id = $1 and s.agent_id = a.agent_id order by 1) as "skillIds",
  coalesce((select jsonb_object_agg(skill_id, level) from agent_skill s where s.workspace_id = $1 and s.agent_id = a.agent_id), '{}') as "skillLevels"`;

const listAgents_ = statement<AgentRow>(
  'list-agents',
  `select ${columns} from agent a ${lastChange('a.agent_id')}
  where a.workspace_id = $1 and a.deleted_at is null and a.agent_id > $2 order by a.agent_id limit $3`,
);

export function listAgents(
  db: Db,
  args: { workspaceId: string; after: string; limit: number },
): Promise<AgentRow[]> {
  return query(db, listAgents_, [args.workspaceId, args.after, args.limit]);
}

const getAgent_ = statement<AgentRow>(
  'get-agent',
  `select ${columns} from agent a ${lastChange('a.agent_id')}
  where a.workspace_id = $1 and a.agent_id = $2 and a.deleted_at is null`,
);

export function getAgent(
  db: Db,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<AgentRow | null> {
  return queryOne(db, getAgent_, [workspaceId, agentId]);
}

const findAgentByEmail_ = statement<{ agentId: string }>(
  'find-agent-by-email',
  `select agent_id as "agentId" from agent
  where workspace_id = $1 and lower(email) = lower($2) and deleted_at is null`,
);

export async function findAgentByEmail(
  db: Db,
  { workspaceId, email }: { workspaceId: string; email: string },
): Promise<string | null> {
  return (await queryOne(db, findAgentByEmail_, [workspaceId, email]))?.agentId ?? null;
}

const insertAgent_ = statement<never>(
  'insert-agent',
  `with made as (
    insert into agent (workspace_id, agent_id, name, email, role, capacity, effective_capacity, ceiling,
      availability, answers_here, kind, effective_pace, effective_wrap_up)
    select workspace_id, $2, $3, $4, $5, $6::integer, coalesce($6, default_capacity), coalesce($6, default_capacity), $7, $8, $9,
      case when $9 = 'bot' then 0 else default_pace end, case when $9 = 'bot' then 0 else default_wrap_up end
    from workspace where workspace_id = $1 returning agent_id, availability, effective_capacity as capacity
  ), counted as (
    ${recordCapacity('made')}
  ), changed as (
    select agent_id, clock_timestamp() as since, availability, null::uuid as status_id, 'created' as cause,
      null::text as by, null::text as reason from made
  ), ${recordChanges('changed')}
  select from recorded`,
).needs('wake', 'agent');

export interface NewAgent {
  workspaceId: string;
  agentId: string;
  name: string;
  email: string | null;
  role: string;
  capacity: number | null;
  availability: string;
  answersHere: boolean;
  /** Absent: a person. */
  kind?: 'human' | 'bot';
}

/** With the workspace's defaults; its limits are put by putLimits. */
export async function insertAgent(
  tx: Writing<typeof insertAgent_, RoutingTx>,
  agent: NewAgent,
): Promise<void> {
  await query(tx, insertAgent_, [
    agent.workspaceId,
    agent.agentId,
    agent.name,
    agent.email,
    agent.role,
    agent.capacity,
    agent.availability,
    agent.answersHere,
    agent.kind ?? 'human',
  ]);
}

// An agent who comes online after a lease has ended has a client, which will soon send a sign of
// life.
const ONLINE_UNTIL_HEARD_SECONDS = 30;

// A lowered capacity takes no conversation away: the ceiling sinks with the load.
// A status is kept while the agent stays away, and lost with any other availability. What the house
// has done is a status too: whoever then chooses to be simply away is away for another cause.
const updateAgent_ = statement<AgentChanged>(
  'update-agent',
  `with before as (
    select a.*, last.status_id, last.cause in ('missed-offers') is true as by_house
    from agent a ${lastChange('a.agent_id')}
    where a.workspace_id = $1 and a.agent_id = $2 and a.deleted_at is null
  ), wanted as (
    select coalesce($3, b.name) as name, case when $4 then $5 else b.email end as email, coalesce($6, b.role) as role,
      case when $7 then $8::integer else b.capacity end as capacity, coalesce($9, b.availability) as availability,
      coalesce($10::boolean, b.answers_here) as answers_here, case when $11::timestamptz is not null then greatest($11, case when $9 is distinct from 'offline' then b.asleep_until end) when $9 = 'online' and b.lease_until <= clock_timestamp()
        then clock_timestamp() + interval '${ONLINE_UNTIL_HEARD_SECONDS} seconds' else b.lease_until end as lease_until,
      case when $9 = 'offline' then null else b.asleep_until end as asleep_until,
      case when $11::timestamptz is not null then $11 when $9 = 'online' and b.lease_until <= clock_timestamp()
        then clock_timestamp() + interval '${ONLINE_UNTIL_HEARD_SECONDS} seconds' else b.awake_until end as awake_until,
      coalesce($12::integer, b.external_load) as external_load, b.availability as was, w.default_capacity,
      case when $13 then $14::uuid when b.availability = 'away' and coalesce($9, 'away') = 'away' then b.status_id end as status_id,
      b.status_id as status_was, $13 and b.by_house as ends_house, b.effective_capacity as capacity_was,
      case when $15 then $16::jsonb else b.limits end as limits, case when $17 then $18::integer else b.pace end as pace,
      case when $19 then $20::integer else b.wrap_up end as wrap_up, w.default_pace, w.default_wrap_up
    from before b join workspace w on w.workspace_id = $1
  ), judged as (
    select *, was <> availability as comes, was <> availability or ends_house or status_id is distinct from status_was as turns
    from wanted
  ), moved as (
    select $2::uuid as agent_id, coalesce(capacity, default_capacity) as capacity from judged
    where coalesce(capacity, default_capacity) <> capacity_was
  ), counted as (
    ${recordCapacity('moved')}
  )
  update agent a set name = n.name, email = n.email, role = n.role, capacity = n.capacity,
    effective_capacity = coalesce(n.capacity, n.default_capacity),
    ceiling = greatest(coalesce(n.capacity, n.default_capacity), a.load), availability = n.availability,
    availability_changed_at = case when n.comes then clock_timestamp() else a.availability_changed_at end,
    lapsed = a.lapsed and $9 is null, answers_here = n.answers_here, lease_until = n.lease_until,
    asleep_until = n.asleep_until, awake_until = n.awake_until, push_missed = a.push_missed and $9 is null and $11 is null,
    external_load = n.external_load,
    limits = n.limits, pace = n.pace, effective_pace = coalesce(n.pace, n.default_pace),
    wrap_up = n.wrap_up, effective_wrap_up = coalesce(n.wrap_up, n.default_wrap_up),
    event_seq = a.event_seq + n.comes::integer + n.turns::integer,
    roster_version = nextval('roster_version')
  from judged n where a.workspace_id = $1 and a.agent_id = $2
  returning n.comes as "availabilityChanged", n.turns as "statusChanged", n.availability, n.status_id as "statusId",
    a.event_seq as "eventSeq"`,
).needs('wake', 'agent', 'rights');

export interface AgentChanged {
  availabilityChanged: boolean;
  /** Also when the availability has. */
  statusChanged: boolean;
  availability: AgentRow['availability'];
  statusId: string | null;
  /** Of the last event. */
  eventSeq: number;
}

/** Absent fields stay. */
export interface AgentChange {
  name?: string | undefined;
  email?: string | null | undefined;
  role?: string | undefined;
  /** null: the workspace's default. */
  capacity?: number | null | undefined;
  availability?: string | undefined;
  /** One of the workspace's list, for whoever is away; null: none. */
  statusId?: string | null | undefined;
  answersHere?: boolean | undefined;
  leaseUntil?: Date | 'infinity' | undefined;
  externalLoad?: number | undefined;
  /** In force once putLimits has put them. null, of all three: the workspace's default. */
  limits?: Readonly<Record<string, number>> | null | undefined;
  pace?: number | null | undefined;
  wrapUp?: number | null | undefined;
}

/** null: there is no such agent. */
export function updateAgentRow(
  tx: Writing<typeof updateAgent_, RoutingTx>,
  key: { workspaceId: string; agentId: string },
  change: AgentChange,
): Promise<AgentChanged | null> {
  return queryOne(tx, updateAgent_, [
    key.workspaceId,
    key.agentId,
    change.name ?? null,
    change.email !== undefined,
    change.email ?? null,
    change.role ?? null,
    change.capacity !== undefined,
    change.capacity ?? null,
    change.availability ?? null,
    change.answersHere ?? null,
    change.leaseUntil ?? null,
    change.externalLoad ?? null,
    change.statusId !== undefined,
    change.statusId ?? null,
    change.limits !== undefined,
    change.limits === undefined || change.limits === null ? null : JSON.stringify(change.limits),
    change.pace !== undefined,
    change.pace ?? null,
    change.wrapUp !== undefined,
    change.wrapUp ?? null,
  ]);
}

// Before the statement the agent may have been offline already, unnoticed.
const recordGone = `changed as materialized (
    select a.agent_id, a.lease_until as since, 'offline' as availability, null::uuid as status_id,
      ${LAPSED_BECAUSE} as cause, null::text as by, null::text as reason
    from agent a join gone using (agent_id) where a.workspace_id = $1 and ${isOver}
    union all
    select agent_id, clock_timestamp(), 'gone', null, 'removed', null, null from gone
  ), ${recordChanges('changed')}`;

const deleteAgent_ = statement<{ agentId: string }>(
  'delete-agent',
  `with forgotten as (delete from agent_identity where workspace_id = $1 and agent_id = $2), gone as (
    update agent set deleted_at = now(), availability = 'offline', roster_version = nextval('roster_version')
    where workspace_id = $1 and agent_id = $2 and deleted_at is null returning agent_id
  ), ${recordGone}
  select agent_id as "agentId" from gone`,
).needs('agent', 'rights');

export async function deleteAgentRow(
  tx: Writing<typeof deleteAgent_, RoutingTx>,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<boolean> {
  return (await queryOne(tx, deleteAgent_, [workspaceId, agentId])) !== null;
}

const setAsideAgent_ = statement<never>(
  'set-agent-aside',
  `with gone as (
    update agent set deleted_at = now(), set_aside_at = now(), availability = 'offline',
      external_load = 0, roster_version = nextval('roster_version')
    where workspace_id = $1 and agent_id = $2 and deleted_at is null returning agent_id
  ), ${recordGone}
  select from recorded`,
).needs('agent');

/** Hidden from everybody, until an outside system lists them again. */
export async function setAgentAside(
  tx: Writing<typeof setAsideAgent_, RoutingTx>,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<void> {
  await query(tx, setAsideAgent_, [workspaceId, agentId]);
}

// If another agent has got their address meanwhile, that one keeps it.
const bringBack_ = statement<{ agentId: string }>(
  'bring-agent-back',
  `with back as (
    update agent a set deleted_at = null, set_aside_at = null, roster_version = nextval('roster_version')
    where a.workspace_id = $1 and a.agent_id = $2 and a.set_aside_at is not null and not exists (
      select from agent o where o.workspace_id = $1 and lower(o.email) = lower(a.email) and o.deleted_at is null)
    returning a.agent_id, a.availability
  ), changed as (
    select agent_id, clock_timestamp() as since, availability, null::uuid as status_id, 'elsewhere' as cause,
      null::text as by, null::text as reason from back
  ), ${recordChanges('changed')}
  select agent_id as "agentId" from back`,
).needs('wake', 'agent');

/**
 * With capacity, teams and skills as they were. false: not set aside, or another agent has the
 * address.
 */
export async function bringAgentBack(
  tx: Writing<typeof bringBack_, RoutingTx>,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<boolean> {
  return (await queryOne(tx, bringBack_, [workspaceId, agentId])) !== null;
}

const setDefaultCapacity_ = statement<never>(
  'set-default-capacity',
  `with changed as (update workspace set default_capacity = $2 where workspace_id = $1), moved as (
    select agent_id, $2::integer as capacity from agent
    where workspace_id = $1 and capacity is null and effective_capacity <> $2
  ), counted as (
    ${recordCapacity('moved')}
  )
  update agent set effective_capacity = $2, ceiling = greatest($2, load), roster_version = nextval('roster_version')
  where workspace_id = $1 and capacity is null`,
).needs('wake', 'agent');

/** The capacity of every agent without one of their own. */
export async function setDefaultCapacity(
  tx: Writing<typeof setDefaultCapacity_, RoutingTx>,
  { workspaceId, capacity }: { workspaceId: string; capacity: number },
): Promise<void> {
  await query(tx, setDefaultCapacity_, [workspaceId, capacity]);
}

const setDefaultPace_ = statement<never>(
  'set-default-pace',
  `with changed as (
    update workspace set default_pace = coalesce($2, default_pace), default_wrap_up = coalesce($3, default_wrap_up),
      default_limits = coalesce($4, default_limits)
    where workspace_id = $1 returning default_pace, default_wrap_up
  )
  update agent a set effective_pace = coalesce(a.pace, w.default_pace), effective_wrap_up = coalesce(a.wrap_up, w.default_wrap_up),
    roster_version = nextval('roster_version')
  from changed w where a.workspace_id = $1`,
).needs('wake', 'agent');

/** Of every agent without their own; the limits are in force once putLimits has put them. Absent fields stay. */
export async function setDefaultPace(
  tx: Writing<typeof setDefaultPace_, RoutingTx>,
  args: {
    workspaceId: string;
    pace?: number | undefined;
    wrapUp?: number | undefined;
    limits?: Readonly<Record<string, number>> | undefined;
  },
): Promise<void> {
  const { workspaceId, pace, wrapUp, limits } = args;
  await query(tx, setDefaultPace_, [
    workspaceId,
    pace ?? null,
    wrapUp ?? null,
    limits === undefined ? null : JSON.stringify(limits),
  ]);
}

const setTeams_ = statement<never>(
  'set-agent-teams',
  `with gone as (delete from agent_team where workspace_id = $1 and agent_id = $2 and team_id <> all ($3::uuid[])),
  stamped as (update agent set roster_version = nextval('roster_version') where workspace_id = $1 and agent_id = $2)
  insert into agent_team (workspace_id, team_id, agent_id) select $1, unnest($3::uuid[]), $2 on conflict do nothing`,
).needs('wake', 'agent');

export async function setAgentTeams(
  tx: Writing<typeof setTeams_, RoutingTx>,
  args: { workspaceId: string; agentId: string; teamIds: readonly string[] },
): Promise<void> {
  await query(tx, setTeams_, [args.workspaceId, args.agentId, args.teamIds]);
}

const setSkills_ = statement<never>(
  'set-agent-skills',
  `with gone as (delete from agent_skill where workspace_id = $1 and agent_id = $2 and skill_id <> all ($3::uuid[])),
  stamped as (update agent set roster_version = nextval('roster_version') where workspace_id = $1 and agent_id = $2)
  insert into agent_skill (workspace_id, skill_id, agent_id) select $1, unnest($3::uuid[]), $2 on conflict do nothing`,
).needs('wake', 'agent');

export async function setAgentSkills(
  tx: Writing<typeof setSkills_, RoutingTx>,
  args: { workspaceId: string; agentId: string; skillIds: readonly string[] },
): Promise<void> {
  await query(tx, setSkills_, [args.workspaceId, args.agentId, args.skillIds]);
}

const setSkillLevels_ = statement<{ skillId: string }>(
  'set-agent-skill-levels',
  `with stamped as (update agent set roster_version = nextval('roster_version') where workspace_id = $1 and agent_id = $2)
  update agent_skill s set level = l.value::smallint from jsonb_each_text($3::jsonb) l
  where s.workspace_id = $1 and s.agent_id = $2 and s.skill_id = l.key::uuid returning s.skill_id as "skillId"`,
).needs('wake', 'agent');

/** Answers the skills whose level was set: those that the agent has. */
export async function setAgentSkillLevels(
  tx: Writing<typeof setSkillLevels_, RoutingTx>,
  args: { workspaceId: string; agentId: string; skillLevels: Readonly<Record<string, number>> },
): Promise<string[]> {
  const { workspaceId, agentId, skillLevels } = args;
  const rows = await query(tx, setSkillLevels_, [
    workspaceId,
    agentId,
    JSON.stringify(skillLevels),
  ]);
  return rows.map(({ skillId }) => skillId);
}
