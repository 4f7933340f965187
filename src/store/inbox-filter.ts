// What a list of conversations is narrowed to, as conditions, and the parts of a list that an index finds each.
import { findGuests } from '../contract/guest-name.ts';
import { guestNumbers } from './inbox-search.ts';
import { keptOf, rowsOf } from './merged.ts';
import { consultedOf, isOwnOrTeams } from './sight.ts';

export type Scope = 'waiting' | 'assigned' | 'parked' | 'open' | 'closed' | 'any';
export type Sort = 'waiting' | 'recent' | 'oldest' | 'due' | 'until';

export interface InboxFilter {
  scope: Scope;
  sort: Sort;
  agentId?: string | undefined;
  unassigned?: boolean | undefined;
  teamIds?: readonly string[] | undefined;
  channelId?: string | undefined;
  tag?: string | undefined;
  due?: 'soon' | 'overdue' | undefined;
  unanswered?: boolean | undefined;
  q?: string | undefined;
  contactId?: string | undefined;
  /** About which this agent is asked, and which somebody else has. */
  consulted?: string | undefined;
  /** Only what this agent may see (sight.ts). */
  seenBy?: string | null | undefined;
}

export const scopes: Record<Scope, string> = {
  waiting: `c.state = 'waiting'`,
  assigned: `c.state = 'assigned'`,
  parked: `c.state = 'parked'`,
  open: `c.state <> 'closed'`,
  closed: `c.state = 'closed'`,
  any: 'true',
};

/** SQL: another agent has the conversation `c` and has asked this one. */
function isConsulted(agent: string): string {
  return `(c.state in ('assigned', 'parked') and c.agent_id <> ${agent} and c.conversation_id in (${consultedOf(agent)}))`;
}

export const isDue = {
  soon: 'c.target_soon_at <= clock_timestamp() and c.target_due_at > clock_timestamp()',
  overdue: 'c.target_due_at <= clock_timestamp()',
};

export const IS_UNANSWERED = `c.state = 'assigned' and c.unanswered_at is not null`;

function whatPresses({ due, unanswered }: InboxFilter): (string | false)[] {
  return [due !== undefined && isDue[due], unanswered === true && IS_UNANSWERED];
}

// The index on tags is partial. Its condition as `tags <> '{}'` would be known to the planner, and be multiplied with
// what it knows of the tag: it then takes 20,000 conversations for 400, and reads and sorts them all for one page.
const HAS_TAG = 'c.tags @> array[$8] and cardinality(c.tags) > 0';

export function listConditions(filter: InboxFilter): string[] {
  return [
    filter.agentId !== undefined && 'c.agent_id = $5',
    filter.unassigned === true && 'c.agent_id is null',
    filter.teamIds !== undefined && 'c.team_id = any ($6)',
    filter.channelId !== undefined && 'c.channel_id = $7',
    filter.tag !== undefined && HAS_TAG,
    ...whatPresses(filter),
    filter.contactId !== undefined && `c.contact_id in (${rowsOf(keptOf('$9'))})`,
    filter.q !== undefined && 'c.conversation_id in (select conversation_id from found)',
    filter.seenBy != null && isOwnOrTeams('$12'),
    filter.consulted !== undefined && isConsulted('$15'),
  ].filter((one) => one !== false);
}

// Every value has its place in every shape, and values that a shape does not use still need a type.
const PLACES = `$2::uuid is null or $3::text is null or $5::uuid is null or $6::uuid[] is null or $7::uuid is null or $8::text is null
      or $9::uuid is null or $10::text is null or $11::text is null or $4::uuid is null or $12::uuid is null
      or $13::integer[] is null or $14::integer[] is null or $15::uuid is null or true`;

/** The values of these places. */
export function listedValues(
  args: InboxFilter & {
    workspaceId: string;
    userId: string | null;
    after: { key: string | null; id: string } | null;
  },
): unknown[] {
  const { after, q } = args;
  return [
    args.workspaceId,
    args.userId,
    after?.key ?? null,
    after?.id ?? null,
    args.agentId ?? null,
    args.teamIds ?? null,
    args.channelId ?? null,
    args.tag ?? null,
    args.contactId ?? null,
    q ?? null,
    q === undefined ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`,
    args.seenBy ?? null,
    ...guestNumbers.values(q === undefined ? [] : findGuests(q)),
    args.consulted ?? null,
  ];
}

/** With `keys` it is as many lists as these have rows, each with the condition for its own. */
interface Part {
  keys?: string;
  condition: string;
}

const ofEachTeam = (teams: string): Part => ({
  keys: teams,
  condition: `${scopes.closed} and c.team_id = k.team_id`,
});
const TEAMS_OF_SEER = `(select t.team_id from agent_team t where t.workspace_id = $1 and t.agent_id = $12)`;

/**
 * What is open is little enough to be looked through. What is closed is not: of a team that has
 * closed five, a page is never full, and a walk back from the latest ends at the first day.
 */
function partsOf({ scope, agentId, teamIds, q, contactId, seenBy }: InboxFilter): readonly Part[] {
  const isFew = [agentId, q, contactId].some((one) => one !== undefined);
  if (scope === 'closed' && !isFew) {
    if (teamIds !== undefined) return [ofEachTeam('unnest($6::uuid[])')];
    if (seenBy != null) {
      return [{ condition: `${scopes.closed} and c.agent_id = $12` }, ofEachTeam(TEAMS_OF_SEER)];
    }
  }
  return [{ condition: scopes[scope] }];
}

/**
 * SQL: `conversation_id` and `sort_key` of what a list shows, at most `size`. Without an order any of
 * them; without a key the ids are the order, because they grow with time.
 */
export function selectListed(
  filter: InboxFilter,
  args: { order?: { key: string | null; direction: 'asc' | 'desc' }; size: number; after?: string },
): string {
  const { order, size, after } = args;
  const orderBy = (key: string, id: string): string => {
    if (order === undefined) return '';
    return `order by ${order.key === null ? '' : `${key} ${order.direction}, `}${id} ${order.direction}`;
  };
  const key = order?.key ?? 'null::timestamptz';
  const narrowed = [...(after === undefined ? [] : [after]), ...listConditions(filter)];
  const parts = partsOf(filter);
  const selects = parts.map(({ keys, condition }) => {
    const select = `select c.conversation_id, ${key} as sort_key from conversation c
      where c.workspace_id = $1 and (${PLACES}) and ${[condition, ...narrowed].join(' and ')}
      ${orderBy(key, 'c.conversation_id')} limit ${size}`;
    return keys === undefined
      ? select
      : `select l.* from ${keys} k(team_id) cross join lateral (${select}) l`;
  });
  if (parts.length === 1 && parts[0]?.keys === undefined) return selects.join();
  return `select conversation_id, sort_key from (${selects.map((one) => `(${one})`).join(' union ')}) listed
      ${orderBy('sort_key', 'conversation_id')} limit ${size}`;
}
