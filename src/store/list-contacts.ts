// Lists contacts: all from the newest on, or those that fit what is searched for.
import { findGuests } from '../contract/guest-name.ts';
import { UUID } from '../contract/uuid.ts';
import { batch } from './batch.ts';
import { type ContactRow, contactColumns, visitorKinds } from './contacts.ts';
import { lookedUp } from './guide-planner.ts';
import { keptOf, rowsOf } from './merged.ts';
import { isOwnOrTeams } from './sight.ts';
import { type Db, query, type Statement, statement } from './sql.ts';

export interface ContactFilter {
  q?: string | undefined;
  tag?: string | undefined;
  attribute?: { name: string; value: string } | undefined;
  blocked?: boolean | undefined;
  /** Only those with a conversation that this agent may see (sight.ts). */
  seenBy?: string | null | undefined;
}

export type ListedContact = ContactRow & {
  /** The newest conversation; null: none. */
  latest: { id: string; state: string; queuedAt: string } | null;
};

/** Of each way to be found. */
const MOST_FOUND = 1000;
/** Among so many of the newest a part in the middle of a name or an address is found. */
const LATEST_CONTACTS = 20_000;
/** Whoever sees their own and their teams' alone is listed the contacts of so many of the newest conversations. */
const LATEST_CONVERSATIONS = 20_000;

// In the very words of the indexes: PostgreSQL uses one of an expression only where it is repeated.
const WORDS = `array_to_tsvector(string_to_array(
  k.workspace_id::text || ':' || replace(lower(left(k.name, 255)), ' ', U&'\\001F' || k.workspace_id::text || ':'), U&'\\001F'))`;
const DIGITS = `regexp_replace(k.phone, '[^0-9]', '', 'g')`;
const GUEST_NUMBER = `('x' || right(k.external_id, 5))::bit(20)::integer`;
const IS_GUEST = `k.name is null and k.email is null and k.phone is null
    and k.external_id ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'`;
const HIGHEST = `U&'\\+10FFFF'`;

const guests = batch<readonly [lowest: number, highest: number]>(12, {
  lowest: ['integer', ([lowest]) => lowest],
  highest: ['integer', ([, highest]) => highest],
});

/** Whatever row fits, the contact that stands for it is listed. */
const found = `found as materialized (
    select coalesce(f.merged_into, f.contact_id) as contact_id from (
      (select k.contact_id, k.merged_into from contact k where k.workspace_id = $1 and k.name is not null
        and ${WORDS} @@ $5::tsquery limit ${MOST_FOUND})
      union all (select k.contact_id, k.merged_into from contact k where k.workspace_id = $1 and k.name is not null
        and lower(k.name) ~>=~ lower($4) and lower(k.name) ~<~ (lower($4) || ${HIGHEST}) limit ${MOST_FOUND})
      union all (select k.contact_id, k.merged_into from contact k where k.workspace_id = $1 and k.email is not null
        and lower(k.email) ~>=~ lower($4) and lower(k.email) ~<~ (lower($4) || ${HIGHEST}) limit ${MOST_FOUND})
      union all (select k.contact_id, k.merged_into from contact k where k.workspace_id = $1 and k.phone is not null
        and ${DIGITS} ~>=~ $6 and ${DIGITS} ~<~ ($6 || ${HIGHEST}) limit ${MOST_FOUND})
      union all (select k.contact_id, k.merged_into from channel h
        cross join ${lookedUp('select * from contact where workspace_id = $1 and channel_id = h.channel_id and external_id = $4')} k
        where h.workspace_id = $1)
      union all (select k.contact_id, k.merged_into from contact k where k.workspace_id = $1 and k.contact_id = $7)
      union all (select k.contact_id, k.merged_into from (select contact_id, merged_into, name, email, external_id from contact
          where workspace_id = $1 order by contact_id desc limit ${LATEST_CONTACTS}) k
        where k.name ilike $8 or k.email ilike $8 or k.external_id ilike $8 limit ${MOST_FOUND})
      union all (select n.contact_id, n.merged_into from ${guests.rows} g
        cross join ${lookedUp(`select k.contact_id, k.merged_into from contact k where k.workspace_id = $1 and ${IS_GUEST}
          and ${GUEST_NUMBER} between g.lowest and g.highest`)} n order by n.contact_id desc limit ${MOST_FOUND})
    ) f
  ), `;

// Walking back over all contacts would cost the more the fewer conversations an agent sees.
const seenOfLate = `seen as materialized (
    select distinct coalesce(k.merged_into, k.contact_id) as contact_id from (
      select c.contact_id from (select * from conversation where workspace_id = $1
        order by conversation_id desc limit ${LATEST_CONVERSATIONS}) c where ${isOwnOrTeams('$9')}) s
    join contact k on k.workspace_id = $1 and k.contact_id = s.contact_id
  ), `;
// Contact by contact: joined as a whole, a search read all conversations, once or for each contact found.
const IS_SEEN = `exists (select from (${rowsOf('k.contact_id')}) r
      cross join ${lookedUp(`select from conversation c where c.workspace_id = $1 and c.contact_id = r.contact_id
        and ${isOwnOrTeams('$9')}`)} c)`;

const known = new Map<string, Statement<ListedContact>>();

/** A statement for each combination of filters that is used, so that the planner sees only what is asked. */
function statementFor(filter: ContactFilter, more: boolean): Statement<ListedContact> {
  const { q, tag, attribute, blocked, seenBy } = filter;
  const conditions = [
    q !== undefined && 'k.contact_id in (select contact_id from found)',
    tag !== undefined && `k.tags <> '{}' and k.tags @> array[$10::text]`,
    attribute !== undefined && `k.attributes <> '{}' and k.attributes @> $11::jsonb`,
    blocked === true && 'k.blocked_at is not null',
    seenBy != null && (q === undefined ? 'k.contact_id in (select contact_id from seen)' : IS_SEEN),
    more && 'k.contact_id < $3::uuid',
  ].filter((one) => one !== false);
  const shape = conditions.join(' ');
  const before = known.get(shape);
  if (before !== undefined) return before;
  // Values that a shape does not use still need a type.
  const places = `$3::uuid is null or $4::text is null or $5::tsquery is null or $6::text is null or $7::uuid is null
      or $8::text is null or $9::uuid is null or $10::text is null or $11::jsonb is null or $12::integer[] is null
      or $13::integer[] is null or $14::text[] is null or true`;
  const made = statement<ListedContact>(
    `list-contacts-${known.size}`,
    `with ${q === undefined ? '' : found}${seenBy != null && q === undefined ? seenOfLate : ''}page as materialized (
      select k.contact_id from contact k where k.workspace_id = $1 and k.merged_into is null and (${places})
        and ${['true', ...conditions].join(' and ')}
      order by k.contact_id desc limit $2
    )
    select ${contactColumns('$14')}, latest.of as latest
    from page p join contact k on k.workspace_id = $1 and k.contact_id = p.contact_id
    left join ${lookedUp(`select jsonb_build_object('id', c.conversation_id, 'state', c.state, 'queuedAt', c.queued_at) as of
      from (${rowsOf('k.contact_id')}) r
      cross join ${lookedUp(`select * from conversation where workspace_id = $1 and contact_id = r.contact_id
        order by conversation_id desc limit 1`)} c
      order by c.conversation_id desc limit 1`)} latest on true
    order by k.contact_id desc`,
  );
  known.set(shape, made);
  return made;
}

/** At most `limit`, after `after`; the newest first. */
export function listContacts(
  db: Db,
  args: ContactFilter & { workspaceId: string; after: string | null; limit: number },
): Promise<ListedContact[]> {
  const { workspaceId, after, limit, q, tag, attribute, seenBy } = args;
  const digits = q?.replace(/\D/g, '') ?? '';
  // Three digits in a name are no phone number.
  const phone = q !== undefined && /^[\d\s()+.-]{3,}$/.test(q) && digits !== '' ? digits : null;
  return query(db, statementFor(args, after !== null), [
    workspaceId,
    limit,
    after,
    q ?? null,
    q === undefined ? null : wordsQuery(workspaceId, q),
    phone,
    q !== undefined && UUID.test(q.toLowerCase()) ? q.toLowerCase() : null,
    q === undefined ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`,
    seenBy ?? null,
    tag ?? null,
    attribute === undefined ? null : JSON.stringify({ [attribute.name]: attribute.value }),
    ...guests.values(q === undefined ? [] : findGuests(q)),
    visitorKinds(),
  ]);
}

/** Each word begins a word of the name. */
function wordsQuery(workspaceId: string, q: string): string | null {
  const words = q
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 8);
  if (words.length === 0) return null;
  return words
    .map((word) => `'${`${workspaceId}:${word}`.replace(/['\\]/g, '$&$&')}':*`)
    .join(' & ');
}

/** SQL for others that are asked by the id of any row of a contact. */
export const OF_CONTACT = rowsOf(keptOf('$2'));
