// How much of a kind of channel or of one channel each agent may hold, with what is held under each limit.
import type { Writing } from './effects.ts';
import { query, statement } from './sql.ts';
import type { RoutingTx } from './tx.ts';

/** SQL: the next pass takes release `alias` off its agent's load: it is wrapped up. */
export function isReleased(alias: string): string {
  return `(${alias}.wraps_until is null or ${alias}.wraps_until <= statement_timestamp())`;
}

/** SQL: limit `limit` is about a conversation of this channel. */
const isAbout = (limit: string, { kind, id }: { kind: string; id: string }): string =>
  `${limit}.scope in (${kind}, ${id}::text)`;

/** SQL: what ended of agent `agent` under limit `l` and is still on the load. */
const releasedUnder = (agent: string): string => `(select coalesce(sum(x.weight), 0)::integer
      from load_release x join conversation v on v.workspace_id = $1 and v.conversation_id = x.conversation_id
      join channel k on k.workspace_id = $1 and k.channel_id = v.channel_id
      where x.workspace_id = $1 and x.agent_id = ${agent} and ${isReleased('x')} and ${isAbout('l', { kind: 'k.kind', id: 'v.channel_id' })})`;

/**
 * SQL: the limits of agent `agent` of workspace $1, as routing sees them; `settled`: with what ended off their loads. An
 * agent without limits costs one probe.
 */
export function limitsOf(agent: string, { settled }: { settled: boolean }): string {
  const load = settled ? `l.load - ${releasedUnder(agent)}` : 'l.load';
  return `coalesce((select jsonb_agg(jsonb_build_object('scope', l.scope, 'most', l.most, 'load', ${load}) order by l.scope)
      from agent_limit l where l.workspace_id = $1 and l.agent_id = ${agent}), '[]')`;
}

/** SQL: by limit, what the next pass takes off the loads under the limits of agent `agent`; null: the agent has none. */
export function releasedByLimit(agent: string): string {
  return `(select jsonb_object_agg(l.scope, ${releasedUnder(agent)}) from agent_limit l
      where l.workspace_id = $1 and l.agent_id = ${agent})`;
}

/**
 * CTEs after `claimed`, if there is one, and `released` with its conversations: what a pass gives and takes is written under
 * the limits of the agents. As for their loads, a ceiling sinks with what is taken, and what is forced lifts it.
 */
export function moveUnderLimits({ claimed, forced }: { claimed: boolean; forced: string }): string {
  const given = `select c.agent_id, l.scope, c.weight as given, 0 as taken from claimed c
      join agent_limit l on l.workspace_id = $1 and l.agent_id = c.agent_id and ${isAbout('l', { kind: 'c.channel_kind', id: 'c.channel_id' })}
      union all `;
  const settled = `case when m.taken > 0 then greatest(l.most, l.load - m.taken) else l.ceiling end`;
  return `moved_limits as materialized (
    select agent_id, scope, sum(given)::integer as given, sum(taken)::integer as taken from (
      ${claimed ? given : ''}select r.agent_id, l.scope, 0 as given, r.weight as taken from released r
      join conversation v on v.workspace_id = $1 and v.conversation_id = r.conversation_id
      join channel k on k.workspace_id = $1 and k.channel_id = v.channel_id
      join agent_limit l on l.workspace_id = $1 and l.agent_id = r.agent_id and ${isAbout('l', { kind: 'k.kind', id: 'v.channel_id' })}) moved
    group by agent_id, scope
  ), limited as (
    update agent_limit l set load = l.load - m.taken + m.given,
      ceiling = case when ${forced} then greatest(${settled}, l.load - m.taken + m.given) else ${settled} end
    from moved_limits m where l.workspace_id = $1 and l.agent_id = m.agent_id and l.scope = m.scope
    returning l.agent_id, l.scope, l.load
  )`;
}

/** SQL: what is held under those limits of agent `agent` that `limited` has changed; null: none. */
export const loadsUnderLimits = (agent: string): string =>
  `(select jsonb_object_agg(x.scope, x.load) from limited x where x.agent_id = ${agent})`;

// What is held is counted anew: live assignments, and ended ones that are still on the load.
const putLimits_ = statement<never>(
  'put-agent-limits',
  `with wanted as materialized (
    select a.agent_id, e.key as scope, e.value::integer as most
    from agent a join workspace w on w.workspace_id = $1
    cross join lateral jsonb_each_text(coalesce(a.limits, w.default_limits)) e
    where a.workspace_id = $1 and ($2::uuid is null or a.agent_id = $2)
  ), gone as (
    delete from agent_limit l where l.workspace_id = $1 and ($2::uuid is null or l.agent_id = $2)
      and not exists (select from wanted n where n.agent_id = l.agent_id and n.scope = l.scope)
  ), counted as materialized (
    select h.agent_id, v.channel_id, k.kind, sum(h.weight)::integer as weight from (
      select agent_id, conversation_id, weight from assignment where workspace_id = $1 and ended_at is null
      union all select agent_id, conversation_id, weight from load_release where workspace_id = $1) h
    join conversation v on v.workspace_id = $1 and v.conversation_id = h.conversation_id
    join channel k on k.workspace_id = $1 and k.channel_id = v.channel_id
    where ($2::uuid is null or h.agent_id = $2) and h.agent_id in (select agent_id from wanted)
    group by 1, 2, 3
  ), held as (
    select n.agent_id, n.scope, n.most, coalesce(sum(c.weight), 0)::integer as load from wanted n
    left join counted c on c.agent_id = n.agent_id and n.scope in (c.kind, c.channel_id::text)
    group by 1, 2, 3
  ), put as (
    insert into agent_limit (workspace_id, agent_id, scope, most, load, ceiling)
    select $1, agent_id, scope, most, load, greatest(most, load) from held
    on conflict (workspace_id, agent_id, scope) do update
      set most = excluded.most, load = excluded.load, ceiling = excluded.ceiling
  )
  update agent set roster_version = nextval('roster_version')
  where workspace_id = $1 and ($2::uuid is null or agent_id = $2)`,
).needs('wake', 'agent');

/** Puts the limits in force that the agent has, or the workspace's; null: of every agent. What is held beyond one stays. */
export async function putLimits(
  tx: Writing<typeof putLimits_, RoutingTx>,
  { workspaceId, agentId }: { workspaceId: string; agentId: string | null },
): Promise<void> {
  await query(tx, putLimits_, [workspaceId, agentId]);
}
