// The agents for whom alone conversations wait, and what waits for each: read agent by agent, so that those who are busy cost nothing.

import { isReleased } from './agent-limits.ts';
import { GROUP, type HeadSize, headSizes, type WaitingGroup, type WaitingRow } from './queue.ts';
import { TO_ROUTE } from './send-to-rules.ts';
import { type Db, query, type Statement, statement } from './sql.ts';

const ID_LENGTH = 36;

/** An agent for whom conversations began to wait. */
export interface Awaited {
  agentId: string;
  version: number;
}

// The upper bound makes the planner expect few rows, as for changed agents (roster.ts). A range of
// needs would have it walk the index of the queue, through all that wait for somebody.
/**
 * Agents of workspace $1 for whom something began to wait after version $2; 0: all of them. Every
 * such version is written under the routing lock, so they grow in the order of the commits.
 */
export const NEWLY_AWAITED = `select substr(needs, 2, ${ID_LENGTH}) as "agentId", max(awaits_version) as version
  from conversation where workspace_id = $1 and state = 'waiting'
    and awaits_version > $2 and awaits_version <= 9223372036854775807
    and left(needs, 1) = '~' and needs <> '${TO_ROUTE}'
  group by 1`;

/** What waits for one agent with equal needs. The key of needs names the agent (routing/needs-key.ts). */
export interface AwaitingGroup extends WaitingGroup {
  agentId: string;
  /** Its first ones that are not held. */
  heads: Pick<WaitingRow, 'conversationId' | 'rankAt'>[];
}

// A loose index scan of conversation_waiting for each agent that is asked about: a probe for each of
// its groups. } is the sign after the | that ends the agent's id.
const groupsOf = (after: string, agent: string) => `select ${GROUP}
      from conversation where workspace_id = $1 and state = 'waiting' and needs > ${after} and needs < '~' || ${agent} || '}'
      order by needs, rank_at limit 1`;

/**
 * SQL: every group of the agents of `agents`, a FROM with their ids as text in `agent`, each with at
 * most `size` heads. `remote`: a parameter of the kinds whose desk is elsewhere.
 */
export const awaitingGroups = ({
  agents,
  remote,
  size,
}: {
  agents: string;
  remote: string;
  size: number;
}): string => `with recursive groups as (
    select g.agent, n.* from ${agents} as g(agent)
    cross join lateral (${groupsOf(`'~' || g.agent || '|'`, 'g.agent')}) n
    union all
    select p.agent, n.* from groups p cross join lateral (${groupsOf('p.needs', 'p.agent')}) n
  )
  select p.agent as "agentId", p.needs as "needsKey", p.channel_id as "channelId", coalesce(c.kind, '') as "channelKind", coalesce(c.kind = any (${remote}::text[]), false) as remote,
    p.external_channel_id as "externalChannelId", p.team_id as "teamId", p.skill_ids as "skillIds", p.skill_levels as "skillLevels",
    p.plan, p.weight, p.excluded_agent_ids as "excludedAgentIds", p.handed_to as "handedTo", p.handed_until is not null as "isTheirs",
    (select coalesce(jsonb_agg(jsonb_build_object('conversationId', h.conversation_id, 'rankAt', h.rank)), '[]') from (
      select w.conversation_id, extract(epoch from w.rank_at)::float8 * 1000 as rank from conversation w
      where w.workspace_id = $1 and w.state = 'waiting' and w.needs = p.needs
        and (w.held_until is null or w.held_until <= clock_timestamp())
      order by w.rank_at, w.conversation_id limit ${size}) h) as heads
  from groups p left join channel c on c.workspace_id = $1 and c.channel_id = p.channel_id`;

/** A FROM for `awaitingGroups`: agents with an ended assignment, who probably have room now. */
export const RELEASED_AGENTS = `(select distinct agent_id::text from load_release r where workspace_id = $1 and ${isReleased('r')})`;

const read_ = (size: HeadSize) => {
  const agents = 'jsonb_array_elements_text($2::jsonb)';
  return statement<AwaitingGroup>(
    `read-awaiting-${size}`,
    awaitingGroups({ agents, remote: '$3', size }),
  );
};

const reads = Object.fromEntries<Statement<AwaitingGroup>>(
  headSizes.map((size) => [size, read_(size)]),
) as Record<HeadSize, Statement<AwaitingGroup>>;

/** Of each of these agents every group, with at most `size` heads. `remote`: the kinds whose desk is elsewhere. */
export function readAwaiting(
  db: Db,
  args: {
    workspaceId: string;
    agentIds: readonly string[];
    size: HeadSize;
    remote: readonly string[];
  },
): Promise<AwaitingGroup[]> {
  const { workspaceId, agentIds, size, remote } = args;
  return query(db, reads[size], [workspaceId, JSON.stringify(agentIds), remote]);
}

const list_ = statement<{ conversationId: string }>(
  'list-awaiting',
  `select c.conversation_id as "conversationId" from jsonb_array_elements_text($2::jsonb) as g(needs)
  cross join lateral (select conversation_id from conversation
    where workspace_id = $1 and state = 'waiting' and needs = g.needs
    order by rank_at, conversation_id limit $3) c limit $3`,
);

/** At most `most` of the conversations with these needs. */
export async function listAwaiting(
  db: Db,
  args: { workspaceId: string; needsKeys: readonly string[]; most: number },
): Promise<string[]> {
  const { workspaceId, needsKeys, most } = args;
  const rows = await query(db, list_, [workspaceId, JSON.stringify(needsKeys), most]);
  return rows.map(({ conversationId }) => conversationId);
}
