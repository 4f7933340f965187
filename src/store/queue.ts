// The waiting conversations, read group by group so that a blocked group costs one row.

import { workspacesToPlace } from './place-conversations.ts';
import { isOnline, roomOf } from './roster.ts';
import { type Db, query, type Statement, statement } from './sql.ts';
import { workspacesWith } from './workspaces-with.ts';

/** One group of equal needs; the fields are the same for each of its conversations. */
export interface WaitingGroup {
  needsKey: string;
  channelId: string;
  /** Empty: the channel is gone. */
  channelKind: string;
  remote: boolean;
  externalChannelId: string | null;
  teamId: string | null;
  skillIds: string[];
  skillLevels: number[];
  /** null: the policy has none. */
  plan: string | null;
  weight: number;
  excludedAgentIds: string[];
  /** The department that was given it, as channel:department; null: none. */
  handedTo: string | null;
  /** Its routing alone decides; false: ours as well. */
  isTheirs: boolean;
}

/** Where a team's conversations go whose agents a mirror chooses. */
export interface Handover {
  channelId: string;
  departmentId: string;
  /** By its name, where that is known. */
  department: string | null;
  /** How long its routing decides alone; null: without end. */
  seconds: number | null;
}

/** With where it should be given by the present settings; null: our routing decides. */
export type GroupToRoute = WaitingGroup & { handTo: Handover | null };

/** For how long the mirror alone decides where the settings do not say. */
export const HANDOVER_SECONDS = 600;

/**
 * SQL for a FROM: the teams of workspace $1 that are handed over, with team_id and hand_to. `mirrors`: a
 * parameter of the kinds that are mirrors. A team that two mirrors name is given to the first.
 */
export const handovers = (mirrors: string): string => `(
    select distinct on (team_id) (e ->> 'teamId')::uuid as team_id, jsonb_build_object(
      'channelId', m.channel_id, 'departmentId', e ->> 'departmentId', 'department', e ->> 'department', 'seconds',
      case when m.config ? 'handoverSeconds' then (m.config ->> 'handoverSeconds')::integer else ${HANDOVER_SECONDS} end) as hand_to
    from channel m cross join lateral jsonb_array_elements(m.config -> 'handovers') e
    where m.workspace_id = $1 and m.deleted_at is null and m.kind = any (${mirrors}::text[])
    order by team_id, m.channel_id)`;

/** The columns that are the same for a whole group. */
export const GROUP =
  'needs, channel_id, external_channel_id, team_id, skill_ids, skill_levels, plan, weight, excluded_agent_ids, handed_to, handed_until';

// A loose index scan: one probe of conversation_waiting for each group, however many conversations
// wait. What no pass gives away sorts after all groups (send-to-rules.ts).
// Who is handed over is joined to the groups, so it costs nothing more where many wait.
/**
 * The groups of workspace $1; `remote`, `mirrors`: parameters of the kinds whose desk is elsewhere, and
 * that are mirrors.
 */
export const waitingGroups = ({
  remote,
  mirrors,
}: {
  remote: string;
  mirrors: string;
}): string => `with recursive heads as (
    (select ${GROUP}
     from conversation where workspace_id = $1 and state = 'waiting' and needs < '~' order by needs, rank_at limit 1)
    union all
    select n.* from heads h cross join lateral (
      select ${GROUP}
      from conversation where workspace_id = $1 and state = 'waiting' and needs > h.needs and needs < '~'
      order by needs, rank_at limit 1) n
  )
  select h.needs as "needsKey", h.channel_id as "channelId", coalesce(c.kind, '') as "channelKind", coalesce(c.kind = any (${remote}::text[]), false) as remote,
    h.external_channel_id as "externalChannelId", h.team_id as "teamId", h.skill_ids as "skillIds", h.skill_levels as "skillLevels", h.plan, h.weight,
    h.excluded_agent_ids as "excludedAgentIds", h.handed_to as "handedTo", h.handed_until is not null as "isTheirs",
    case when c.kind = any (${remote}::text[]) then null else o.hand_to end as "handTo"
  from heads h left join channel c on c.workspace_id = $1 and c.channel_id = h.channel_id
  left join ${handovers(mirrors)} o on o.team_id = h.team_id`;

export interface WaitingRow {
  conversationId: string;
  needsKey: string;
  /** Milliseconds since 1970, to the microsecond. */
  rankAt: number;
  /** Whom its plan prefers, because the contact knows them. */
  stickyAgentId: string | null;
}

/**
 * The heads of each group of workspace $1, not locked: the claim locks what it takes. `keys` is a
 * JSON parameter: the planner expects the same number however many there are, and keeps one plan;
 * for an array it made a new plan for each call (0.35 ms). `size` is a literal, which keeps it on
 * the index; a parameter made it sort everything.
 */
export function firstOfGroups(keys: string, size: number): string {
  return `select ${WAITING} from ${firstRows(keys, size)}`;
}

/** What is computed of a row is left to whoever knows which of them are wanted. */
const firstRows = (keys: string, size: number) =>
  `jsonb_array_elements_text(${keys}::jsonb) as g(needs) cross join lateral (
        select conversation_id, w.needs, rank_at, route
        from conversation w
        where w.workspace_id = $1 and w.state = 'waiting' and w.needs = g.needs
          and (w.held_until is null or w.held_until <= clock_timestamp())
        order by w.rank_at, w.conversation_id limit ${size}) c`;

const WAITING = `c.conversation_id as "conversationId", c.needs as "needsKey",
  extract(epoch from c.rank_at)::float8 * 1000 as "rankAt", c.route ->> 'sticky' as "stickyAgentId"`;

/** A pass decides about no more: it holds the lock for as long as they take to write, some 100 ms. */
export const MAX_BATCH = 4096;

/** The LIMITs in use. */
export const headSizes = [16, 256, 512, 1024, 2048, 4096] as const;
export type HeadSize = (typeof headSizes)[number];

const readHeads_ = Object.fromEntries<Statement<WaitingRow>>(
  headSizes.map((size) => [
    size,
    statement<WaitingRow>(
      `read-heads-${size}`,
      `select ${WAITING} from (select c.* from ${firstRows('$2', size)} order by c.rank_at, c.conversation_id limit ${MAX_BATCH}) c`,
    ),
  ]),
) as Record<HeadSize, Statement<WaitingRow>>;

/** At most MAX_BATCH of all of them, those that came first; `size`: of one group. */
export function readHeads(
  db: Db,
  args: { workspaceId: string; needsKeys: readonly string[]; size: HeadSize },
): Promise<WaitingRow[]> {
  return query(db, readHeads_[args.size], [args.workspaceId, JSON.stringify(args.needsKeys)]);
}

/** SQL: in how many milliseconds the next timed hold of workspace $1 ends, or a mirror decides no longer alone. */
export const HOLD_ENDS_IN_MS = `(select extract(epoch from least((select min(held_until) from conversation
      where workspace_id = $1 and state = 'waiting' and held_until > statement_timestamp() and held_until < 'infinity'),
    (select min(handed_until) from conversation
      where workspace_id = $1 and state = 'waiting' and handed_until > statement_timestamp() and handed_until < 'infinity'))
    - clock_timestamp())::float8 * 1000)`;

/** SQL: a mirror has decided alone for long enough. */
export const HANDOVER_LAPSED = `exists (select from conversation
    where workspace_id = $1 and state = 'waiting' and handed_until <= statement_timestamp())`;

const RELEASED_SOON = `(t.wraps_until is null or t.wraps_until <= statement_timestamp() + make_interval(secs => $1 / 1000.0))`;

const listToRoute_ = statement<{ workspaceId: string }>(
  'list-workspaces-to-route',
  `-- across workspaces: one look for all of them
  select w.workspace_id as "workspaceId" from (
    select f.workspace_id from ${workspacesWith({ table: 'conversation', where: `t.state = 'waiting'` })} f
    cross join lateral (select from agent a where a.workspace_id = f.workspace_id and a.deleted_at is null
      and ${isOnline('a')} and ${roomOf('a')} > 0 limit 1) free
    union select workspace_id from ${workspacesWith({ table: 'load_release', where: RELEASED_SOON })} r
    union select m.workspace_id from channel m
    where m.deleted_at is null and m.config @> '{"handovers":[{}]}'
      and exists (select from conversation c where c.workspace_id = m.workspace_id and c.state = 'waiting')
    union select workspace_id from ${workspacesToPlace('$1')} p
  ) f join workspace w on w.workspace_id = f.workspace_id and w.removed_at is null and w.suspended_at is null`,
);

/**
 * Workspaces in which something waits beside an agent with room, or where a team is handed over, or an
 * ended assignment is still on a load or wrapped up within that time, or a conversation has to be placed in
 * its plan within it.
 */
export async function listWorkspacesToRoute(
  db: Db,
  { withinMs }: { withinMs: number },
): Promise<string[]> {
  return (await query(db, listToRoute_, [withinMs])).map(({ workspaceId }) => workspaceId);
}
