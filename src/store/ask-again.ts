// Sends waiting conversations to the rules whose answer may have changed, or that were never asked.
import { lookedUp, unindexed } from './guide-planner.ts';
import { HAS_RULES, TO_ROUTE } from './send-to-rules.ts';
import { type Call, statement } from './sql.ts';

/** As many at a time: they are written under the routing lock. */
const MOST_SENT = 2048;

// Rows that somebody else changes are left to the next pass: here nobody may be waited for.
const sendUnasked_ = statement<{ conversationId: string }>(
  'send-unasked-to-rules',
  `with locked as materialized (
    select ctid as place from conversation where workspace_id = $1 and state = 'waiting' and policy_version is null
    order by conversation_id limit ${MOST_SENT} for update skip locked
  )
  update conversation c set needs = '${TO_ROUTE}', policy_version = 0, router_due_at = null
  from locked l where c.ctid = l.place returning c.conversation_id as "conversationId"`,
).needs('wake');

/**
 * Those whose door saw a policy without rules, although there are some by now: it had looked before
 * they were put, and committed after.
 */
export function sendingUnasked(workspaceId: string): Call<{ conversationId: string }, 'wake'> {
  return { statement: sendUnasked_, values: [workspaceId] };
}

const POLICY = `(select version, reads_message from policy where workspace_id = $1 order by version desc limit 1)`;

/**
 * CTE `asked_again`: what waits of these contacts goes to the rules. `contacts`: a select of the
 * contact_id of those about whom something has changed, whose rows are locked.
 *
 * What has not been asked yet is written as well: a pass may have read the contact as it was before,
 * and leaves out rows that have changed since. Looked up by the contact: before the first ANALYZE an
 * index of all that waits seemed as good, and 200 contacts beside 50,000 waiting took 27 s.
 */
export function askAgain(contacts: string): string {
  return `to_ask as materialized (
    select w.conversation_id from (${contacts}) k cross join ${lookedUp(`select conversation_id from conversation
      where workspace_id = $1 and contact_id = k.contact_id and ${unindexed('state')} = 'waiting' and policy_version is not null`)} w
  ), asking as materialized (
    select c.* from (select conversation_id from to_ask order by conversation_id) w
    cross join lateral (select ctid as place, state, policy_version from conversation
      where workspace_id = $1 and conversation_id = w.conversation_id for update) c
  ), asked_again as (
    update conversation c set needs = '${TO_ROUTE}', policy_version = 0, router_due_at = null
    from asking a where c.ctid = a.place and a.state = 'waiting' and a.policy_version is not null
    returning c.conversation_id
  )`;
}

/**
 * SQL: for `askAgain`, the contacts of `known` (contact_id, name, email, phone, lang, tags, attributes) which this
 * statement has written with something new. Nothing is compared where there are no rules.
 */
export const CHANGED_CONTACTS = `select k.contact_id from known k
    cross join ${lookedUp(`select name, email, phone, lang, tags, attributes from contact
      where workspace_id = $1 and contact_id = k.contact_id`)} was
    where ${HAS_RULES} and (was.name, was.email, was.phone, was.lang, was.tags, was.attributes)
      is distinct from (k.name, k.email, k.phone, k.lang, k.tags, k.attributes)`;

/** SQL: whether `askAgain` found any. */
export const ASKED_AGAIN = 'exists (select from asked_again)';

/**
 * SQL: assignments that send row `alias` of conversation to the rules if it waits for them to see its
 * first message, which is written by the same statement; `isMessage`: whether the contact says something.
 */
export function sendFirstMessage(alias: string, isMessage: string): string {
  const isFirst = `${alias}.state = 'waiting' and ${alias}.policy_version is not null and ${isMessage}
      and (select reads_message from ${POLICY} p) and not exists (select from message m where m.workspace_id = $1
        and m.conversation_id = ${alias}.conversation_id and m.author_kind = 'contact' and m.kind = 'text')`;
  return `needs = case when ${isFirst} then '${TO_ROUTE}' else ${alias}.needs end,
      policy_version = case when ${isFirst} then 0 else ${alias}.policy_version end`;
}

/** SQL: of a row after `sendFirstMessage`: the router has to look at it. */
export const isToRoute = (alias: string): string =>
  `${alias}.state = 'waiting' and ${alias}.needs = '${TO_ROUTE}'`;
