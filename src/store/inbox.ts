// Lists of conversations as agents and supervisors look at them: filtered, sorted, page by page.
import type { CloseMetaItem } from '../contract/events.ts';
import { type ConversationRow, conversationColumns, conversationJoins } from './conversations.ts';
import {
  type InboxFilter,
  IS_UNANSWERED,
  isDue,
  listConditions,
  listedValues,
  type Scope,
  type Sort,
  selectListed,
} from './inbox-filter.ts';
import { FOUND } from './inbox-search.ts';
import { isOwnOrTeams } from './sight.ts';
import { type Db, query, queryOne, type Statement, statement } from './sql.ts';

export type InboxRow = ConversationRow & {
  teamName: string | null;
  lastMessage: {
    text: string;
    authorKind: string;
    authorId: string | null;
    authorName: string | null;
    at: string;
    seq: number;
  } | null;
  unread: number;
  /** The contact's first message after our last answer; null: our word was the last. */
  awaitedSince: Date | null;
  rating: { score: number; comment: string | null } | null;
  closing: { note: string | null; categories: string[]; answers: CloseMetaItem[] } | null;
  contactReadSeq: number | null;
  /** Whom its agent has asked, the first one first. */
  consulted: { agentId: string; by: string; note: string | null; at: string }[] | null;
  contactVerified: boolean | null;
  /** For lists: what they are sorted by, as the cursor needs it. */
  sortKey: string | null;
};

// More than a hundred is shown as a hundred, so a long history costs no more to count.
const MOST_UNREAD = 100;
// Whose last answer is farther back than this many messages waits at least since the first of these.
const MOST_AWAITED = 100;

// $2 is the user who has signed in. The last message is found from the end, not through
// message_seq: notes count too.
const details = `t.name as "teamName", lm.last as "lastMessage", coalesce(u.unread, 0)::integer as unread, aw.since as "awaitedSince",
  case when c.rating_score is not null then
    jsonb_build_object('score', c.rating_score, 'comment', c.rating_comment) end as rating,
  case when c.state = 'closed' then
    jsonb_build_object('note', c.close_note, 'categories', c.categories, 'answers', c.close_meta) end as closing,
  coalesce(w.contact_read_seq, pr.contact_read_seq) as "contactReadSeq", w.verified as "contactVerified", case when c.state in ('assigned', 'parked') then (
    select jsonb_agg(jsonb_build_object('agentId', s.agent_id, 'by', s.asked_by, 'note', s.note, 'at', s.asked_at) order by s.asked_at)
    from consultation s where s.workspace_id = $1 and s.conversation_id = c.conversation_id and s.ended_at is null
      and s.agent_id <> c.agent_id) end as consulted`;
const detailJoins = `left join team t on t.workspace_id = $1 and t.team_id = c.team_id
  left join web_conversation w on w.workspace_id = $1 and w.conversation_id = c.conversation_id
  left join program_read pr on pr.workspace_id = $1 and pr.conversation_id = c.conversation_id
  left join lateral (select jsonb_build_object('text', left(m.text, 300), 'authorKind', m.author_kind,
      'authorId', m.author_id, 'authorName', a.name, 'at', m.created_at, 'seq', m.seq) as last
    from message m left join agent a on a.workspace_id = $1 and a.agent_id = m.author_id where m.workspace_id = $1 and m.conversation_id = c.conversation_id and m.kind = 'text'
    order by m.seq desc limit 1) lm on true
  left join lateral (select count(*) as unread from (select from message m
    where m.workspace_id = $1 and m.conversation_id = c.conversation_id and m.author_kind = 'contact' and not m.history
      and m.seq > coalesce((select r.up_to_seq from read_mark r where r.workspace_id = $1 and r.user_id = $2
        and r.conversation_id = c.conversation_id), 0)
    limit ${MOST_UNREAD}) few) u on $2::uuid is not null
  left join lateral (select min(m.created_at) as since from message m
    where m.workspace_id = $1 and m.conversation_id = c.conversation_id and m.seq > c.message_seq - ${MOST_AWAITED}
      and m.kind = 'text' and m.author_kind = 'contact' and not m.history
      and m.seq > coalesce((select max(o.seq) from message o where o.workspace_id = $1 and o.conversation_id = c.conversation_id
        and o.seq > c.message_seq - ${MOST_AWAITED} and o.kind = 'text' and o.author_kind in ('agent', 'bot', 'user')), 0)
    ) aw on c.state <> 'closed'`;

const getInboxRows_ = statement<InboxRow>(
  'get-inbox-rows',
  `select ${conversationColumns}, ${details}, null as "sortKey" from conversation c ${conversationJoins} ${detailJoins}
  where c.workspace_id = $1 and c.conversation_id = any ($3::uuid[])`,
);

/**
 * Those that exist, in no order, as `userId` sees them; null: a token, which has read nothing and
 * has nothing unread.
 */
export function getInboxRows(
  db: Db,
  args: { workspaceId: string; conversationIds: readonly string[]; userId: string | null },
): Promise<InboxRow[]> {
  return query(db, getInboxRows_, [args.workspaceId, args.userId, args.conversationIds]);
}

/** Those without a target, or parked without a time, come last; not infinity, which no cursor holds. */
const NEVER = '9999-12-31 00:00:00+00';

/** What a list is sorted by. Ids grow with time, so they serve where nothing else is indexed. */
function orderOf(scope: Scope, sort: Sort): { key: string; direction: 'asc' | 'desc' } {
  const direction = sort === 'recent' ? 'desc' : 'asc';
  if (scope === 'any') return { key: 'null::timestamptz', direction };
  if (scope === 'closed') return { key: 'c.closed_at', direction };
  const keys = {
    waiting: 'c.rank_at',
    recent: 'c.active_at',
    oldest: 'c.queued_at',
    due: `coalesce(c.target_due_at, '${NEVER}'::timestamptz)`,
    until: `case when c.state = 'parked' then coalesce(c.parked_until, '${NEVER}'::timestamptz) else '${NEVER}'::timestamptz end`,
  };
  return { key: keys[sort], direction };
}

// Limits are literals, because with a parameter the planner expects a tenth of the table.
const SIZES = [51, 201] as const;

const known = new Map<string, Statement<InboxRow>>();

/**
 * A statement for each combination of filters that is used, so that the planner sees only what is asked.
 * Of 1,000,000 conversations, 100,000 of them open, on two shared cores (npm run bench:inbox): a page of mine,
 * of closed or of all takes 1 to 3 ms; of what waits 7; of all open 50 to 60, because these are looked at one by
 * one and only the page is joined; a search 160 to 460; the counts 42 to 70. A page of any
 * state by a tag or a team that hardly any has walks back through all there is.
 */
function statementFor(filter: InboxFilter, size: number, more: boolean): Statement<InboxRow> {
  const { key, direction } = orderOf(filter.scope, filter.sort);
  const shape = `${filter.scope} ${key} ${direction} ${size} ${more} ${listConditions(filter).join(' ')}`;
  const seen = known.get(shape);
  if (seen !== undefined) return seen;
  const beyond = direction === 'asc' ? '>' : '<';
  const sorted = filter.scope !== 'any';
  const after = sorted
    ? `(${key}, c.conversation_id) ${beyond} ($3::timestamptz, $4::uuid)`
    : `c.conversation_id ${beyond} $4::uuid`;
  const made = statement<InboxRow>(
    `list-inbox-${known.size}`,
    `with ${filter.q === undefined ? '' : `${FOUND}, `}page as materialized (
      ${selectListed(filter, { order: { key: sorted ? key : null, direction }, size, ...(more && { after }) })}
    )
    select ${conversationColumns}, ${details}, p.sort_key::text as "sortKey"
    from page p join conversation c on c.workspace_id = $1 and c.conversation_id = p.conversation_id
    ${conversationJoins} ${detailJoins}
    order by p.sort_key ${direction}, c.conversation_id ${direction}`,
  );
  known.set(shape, made);
  return made;
}

/** At most `limit`, after `after`. */
export async function listInbox(
  db: Db,
  args: InboxFilter & {
    workspaceId: string;
    userId: string | null;
    after: { key: string | null; id: string } | null;
    limit: number;
  },
): Promise<InboxRow[]> {
  const { after, limit } = args;
  const size = SIZES.find((one) => one >= limit) ?? SIZES[1];
  const rows = await query(db, statementFor(args, size, after !== null), listedValues(args));
  return rows.slice(0, limit);
}

interface Counts {
  mine: number;
  parked: number;
  waiting: number;
  team: number;
  all: number;
  unread: number;
  dueSoon: number;
  overdue: number;
  unanswered: number;
  consulted: number;
}

// $4 is given where an agent sees only their own and their teams' conversations.
const countsWhere = (suffix: '' | '-seen', seen: string) =>
  statement<Counts>(
    `inbox-counts${suffix}`,
    `select o.waiting, o.team, o."all", o."dueSoon", o.overdue, o.unanswered, m.mine, m.unread, p.parked, k.consulted from
  (select count(*) filter (where state = 'waiting')::integer as waiting, count(*)::integer as "all",
    count(*) filter (where team_id in (select team_id from agent_team where workspace_id = $1 and agent_id = $2))::integer as team,
    count(*) filter (where ${isDue.soon})::integer as "dueSoon", count(*) filter (where ${isDue.overdue})::integer as overdue,
    count(*) filter (where ${IS_UNANSWERED})::integer as unanswered
    from conversation c where workspace_id = $1 and state <> 'closed' and ${seen}) o,
  (select count(*)::integer as mine, count(*) filter (where exists (select from message m
      where m.workspace_id = $1 and m.conversation_id = c.conversation_id and m.author_kind = 'contact' and not m.history
        and m.seq > coalesce((select r.up_to_seq from read_mark r where r.workspace_id = $1 and r.user_id = $3
          and r.conversation_id = c.conversation_id), 0)))::integer as unread
    from conversation c where c.workspace_id = $1 and c.state = 'assigned' and c.agent_id = $2) m,
  (select count(*)::integer as parked from conversation where workspace_id = $1 and state = 'parked' and agent_id = $2) p,
  (select count(*)::integer as consulted from consultation s
    join conversation c on c.workspace_id = $1 and c.conversation_id = s.conversation_id
    where s.workspace_id = $1 and s.agent_id = $2 and s.ended_at is null and c.state in ('assigned', 'parked') and c.agent_id <> $2) k`,
  );
const counts_ = countsWhere('', 'true');
const countsSeen_ = countsWhere('-seen', isOwnOrTeams('$4::uuid'));

/** Counts of the open conversations. */
export async function readInboxCounts(
  db: Db,
  args: {
    workspaceId: string;
    agentId: string | null;
    userId: string | null;
    seenBy: string | null;
  },
) {
  const { workspaceId, agentId, userId, seenBy } = args;
  const who = [workspaceId, agentId, userId];
  const row =
    seenBy === null
      ? await queryOne(db, counts_, who)
      : await queryOne(db, countsSeen_, [...who, seenBy]);
  if (row === null) throw new Error('The counts are empty.');
  return args.userId === null ? { ...row, unread: 0 } : row;
}
