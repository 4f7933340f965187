// Finds conversations by words: of their contact, their id outside, or what was said in them.
import { batch } from './batch.ts';
import { lookedUp } from './guide-planner.ts';

// For contacts: a whole id, or the beginning of a name or address, by index. A part in the middle
// is found only among the latest, as for messages. Trigram indexes (pg_trgm) would find any part of
// all, but cost each opening and each message several times its own insert, and need an extension
// that a given database may not allow.
const LATEST_CONTACTS = 20_000;
const LATEST_MESSAGES = 50_000;
const MOST_FOUND = 1000;
// In the very words of the index contact_by_guest_name: PostgreSQL uses a partial index only where
// the query repeats its condition. contract/guest-name.ts makes the names from this number. Each
// range is looked up separately.
const GUEST_NUMBER = `('x' || right(k.external_id, 5))::bit(20)::integer`;
const IS_GUEST = `k.name is null and k.email is null and k.phone is null
    and k.external_id ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'`;
export const guestNumbers = batch<readonly [lowest: number, highest: number]>(13, {
  lowest: ['integer', ([lowest]) => lowest],
  highest: ['integer', ([, highest]) => highest],
});
// Each has a partial index by the id outside, and PostgreSQL does not see that the two are all there is.
const HALVES = [`state <> 'closed'`, `state = 'closed'`];
/** CTE: `found`, the conversations that the words $10, and $11 as a pattern, find. */
export const FOUND = `found as (
    select conversation_id from conversation f where f.workspace_id = $1 and f.contact_id in (
      select k.contact_id from channel h join contact k on k.workspace_id = $1 and k.channel_id = h.channel_id
        and k.external_id = $10 where h.workspace_id = $1
      union all (select contact_id from contact where workspace_id = $1
        and lower(name) ~>=~ lower($10) and lower(name) ~<~ (lower($10) || U&'\\+10FFFF') and name is not null limit ${MOST_FOUND})
      union all (select contact_id from contact where workspace_id = $1
        and lower(email) ~>=~ lower($10) and lower(email) ~<~ (lower($10) || U&'\\+10FFFF') and email is not null limit ${MOST_FOUND})
      union all (select k.contact_id from (select contact_id, name, email, external_id from contact where workspace_id = $1
          order by contact_id desc limit ${LATEST_CONTACTS}) k
        where k.name ilike $11 or k.email ilike $11 or k.external_id ilike $11 limit ${MOST_FOUND})
      union all (select n.contact_id from ${guestNumbers.rows} g
        cross join ${lookedUp(`select k.contact_id from contact k where k.workspace_id = $1 and ${IS_GUEST}
          and ${GUEST_NUMBER} between g.lowest and g.highest`)} n
        order by n.contact_id desc limit ${MOST_FOUND}))
    union
    ${HALVES.map(
      (
        half,
      ) => `select f.conversation_id from channel h join conversation f on f.workspace_id = $1 and f.channel_id = h.channel_id
      and f.external_id = $10 and f.${half} where h.workspace_id = $1`,
    ).join(' union ')}
    union
    (select m.conversation_id from (select conversation_id, text from message where workspace_id = $1
        order by message_id desc limit ${LATEST_MESSAGES}) m
      where m.text ilike $11 limit ${MOST_FOUND})
  )`;
