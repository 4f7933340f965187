// The waiting conversations, read group by group so that a blocked group costs one row.

import { isOnline, roomOf } from './roster.ts';
import { type Db, query, type Statement, statement } from './sql.ts';
import type { RoutingTx } from './tx.ts';
import { workspacesWith } from './workspaces-with.ts';

/** One group of equal needs; the fields are the same for each of its conversations. */
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

// A loose index scan: one probe of conversation_waiting for each group, however many conversations
// wait.
/** The groups of workspace $1; `remote`: a parameter of the kinds whose desk is elsewhere. */
export const waitingGroups = (remote: string): string => `with recursive heads as (
    (select needs, channel_id, external_channel_id, team_id, skill_ids, weight, excluded_agent_ids
     from conversation where workspace_id = $1 and state = 'waiting' order by needs, rank_at limit 1)
    union all
    select n.* from heads h cross join lateral (
      select needs, channel_id, external_channel_id, team_id, skill_ids, weight, excluded_agent_ids
      from conversation where workspace_id = $1 and state = 'waiting' and needs > h.needs
      order by needs, rank_at limit 1) n
  )
  select h.needs as "needsKey", h.channel_id as "channelId", coalesce(c.kind = any (${remote}::text[]), false) as remote,
    h.external_channel_id as "externalChannelId", h.team_id as "teamId", h.skill_ids as "skillIds", h.weight,
    h.excluded_agent_ids as "excludedAgentIds"
  from heads h left join channel c on c.workspace_id = $1 and c.channel_id = h.channel_id`;

export interface WaitingRow {
  conversationId: string;
  needsKey: string;
  /** Milliseconds since 1970, to the microsecond. */
  rankAt: number;
}

/**
 * The heads of each group of workspace $1, not locked: the claim locks what it takes. `keys` is a
 * JSON parameter: the planner expects the same number however many there are, and keeps one plan;
 * for an array it made a new plan for each call (0.35 ms). `size` is a literal, which keeps it on
 * the index; a parameter made it sort everything.
 */
export function firstOfGroups(keys: string, size: number): string {
  return `select c.* from jsonb_array_elements_text(${keys}::jsonb) as g(needs) cross join lateral (
        select conversation_id as "conversationId", needs as "needsKey",
          extract(epoch from rank_at)::float8 * 1000 as "rankAt"
        from conversation w
        where w.workspace_id = $1 and w.state = 'waiting' and w.needs = g.needs
          and (w.held_until is null or w.held_until <= clock_timestamp())
        order by w.rank_at, w.conversation_id limit ${size}) c`;
}

/** The LIMITs in use. */
export const headSizes = [256, 4096] as const;
export type HeadSize = (typeof headSizes)[number];

const readHeads_ = Object.fromEntries<Statement<WaitingRow>>(
  headSizes.map((size) => [
    size,
    statement<WaitingRow>(`read-heads-${size}`, firstOfGroups('$2', size)),
  ]),
) as Record<HeadSize, Statement<WaitingRow>>;

export function readHeads(
  tx: RoutingTx,
  args: { workspaceId: string; needsKeys: readonly string[]; size: HeadSize },
): Promise<WaitingRow[]> {
  return query(tx, readHeads_[args.size], [args.workspaceId, JSON.stringify(args.needsKeys)]);
}

/** SQL: in how many milliseconds the next timed hold of workspace $1 ends. */
export const HOLD_ENDS_IN_MS = `(select extract(epoch from min(held_until) - clock_timestamp())::float8 * 1000 from conversation
    where workspace_id = $1 and state = 'waiting' and held_until > statement_timestamp() and held_until < 'infinity')`;

const listToRoute_ = statement<{ workspaceId: string }>(
  'list-workspaces-to-route',
  `-- across workspaces: one look for all of them
  select w.workspace_id as "workspaceId" from (
    select f.workspace_id from ${workspacesWith({ table: 'conversation', where: `t.state = 'waiting'` })} f
    cross join lateral (select from agent a where a.workspace_id = f.workspace_id and a.deleted_at is null
      and ${isOnline('a')} and ${roomOf('a')} > 0 limit 1) free
    union select workspace_id from ${workspacesWith({ table: 'load_release' })} r
  ) f join workspace w on w.workspace_id = f.workspace_id and w.removed_at is null`,
);

/**
 * Workspaces in which something waits beside an agent with room, or an ended assignment is still on
 * a load.
 */
export async function listWorkspacesToRoute(db: Db): Promise<string[]> {
  return (await query(db, listToRoute_, [])).map(({ workspaceId }) => workspaceId);
}
