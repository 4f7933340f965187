// The waiting conversations, read group by group so that a blocked group costs one row.
import { kindsWith } from '../contract/channel-kinds.ts';
import { type Db, query, queryOne, type Statement, statement } from './sql.ts';
import type { RoutingTx } from './tx.ts';

/** One kind of needs that waits; the fields are the same for each conversation of the group. */
export interface WaitingGroup {
  needsKey: string;
  channelId: string;
  remote: boolean;
  externalChannelId: string | null;
  teamId: string | null;
  skillIds: string[];
  weight: number;
  excludedAgentIds: string[];
}

// A loose index scan: one probe of conversation_waiting a group, however many conversations wait.
const listWaitingGroups_ = statement<WaitingGroup>(
  'list-waiting-groups',
  `with recursive heads as (
    (select needs, channel_id, external_channel_id, team_id, skill_ids, weight, excluded_agent_ids
     from conversation where workspace_id = $1 and state = 'waiting' order by needs, rank_at limit 1)
    union all
    select n.* from heads h cross join lateral (
      select needs, channel_id, external_channel_id, team_id, skill_ids, weight, excluded_agent_ids
      from conversation where workspace_id = $1 and state = 'waiting' and needs > h.needs
      order by needs, rank_at limit 1) n
  )
  select h.needs as "needsKey", h.channel_id as "channelId", coalesce(c.kind = any ($2::text[]), false) as remote,
    h.external_channel_id as "externalChannelId", h.team_id as "teamId", h.skill_ids as "skillIds", h.weight,
    h.excluded_agent_ids as "excludedAgentIds"
  from heads h left join channel c on c.workspace_id = $1 and c.channel_id = h.channel_id`,
);

export function listWaitingGroups(db: Db, workspaceId: string): Promise<WaitingGroup[]> {
  return query(db, listWaitingGroups_, [workspaceId, kindsWith('desk', 'remote')]);
}

export interface WaitingRow {
  conversationId: string;
  needsKey: string;
  /** Milliseconds since 1970, to the microsecond. */
  rankAt: number;
}

/** The LIMITs there are: a literal keeps the planner on the index, where a parameter made it sort all. */
export const headSizes = [1, 16, 256, 4096] as const;
export type HeadSize = (typeof headSizes)[number];

// The first of each group, not locked: the claim locks what it takes.
const readHeads_ = Object.fromEntries(
  headSizes.map((size) => [
    size,
    statement<WaitingRow>(
      `read-heads-${size}`,
      `select c.* from unnest($2::text[]) as g(needs) cross join lateral (
        select conversation_id as "conversationId", needs as "needsKey",
          extract(epoch from rank_at)::float8 * 1000 as "rankAt"
        from conversation w
        where w.workspace_id = $1 and w.state = 'waiting' and w.needs = g.needs
          and (w.held_until is null or w.held_until <= clock_timestamp())
        order by w.rank_at, w.conversation_id limit ${size}) c`,
    ),
  ]),
) as Record<HeadSize, Statement<WaitingRow>>;

export function readHeads(
  tx: RoutingTx,
  args: { workspaceId: string; needsKeys: readonly string[]; size: HeadSize },
): Promise<WaitingRow[]> {
  return query(tx, readHeads_[args.size], [args.workspaceId, args.needsKeys]);
}

const nextHoldEnd_ = statement<{ ms: number | null }>(
  'next-hold-end',
  `select extract(epoch from min(held_until) - clock_timestamp())::float8 * 1000 as ms from conversation
   where workspace_id = $1 and state = 'waiting' and held_until > clock_timestamp() and held_until < 'infinity'`,
);

/** In how many milliseconds the first hold ends that ends by itself. */
export async function nextHoldEnd(db: Db, workspaceId: string): Promise<number | null> {
  const ms = (await queryOne(db, nextHoldEnd_, [workspaceId]))?.ms ?? null;
  return ms === null ? null : Math.max(0, ms);
}
