// Writes newly arrived conversations, many at once, and recognises those that are already open.

import { MOST_ATTRIBUTES, MOST_CONTACT_TAGS } from '../contract/contact-bounds.ts';
import { ASKED_AGAIN, askAgain, CHANGED_CONTACTS } from './ask-again.ts';
import { batch } from './batch.ts';
import type { Writing } from './effects.ts';
import { lookUpRooms } from './look-up-rooms.ts';
import { TO_ROUTE } from './send-to-rules.ts';
import { query, statement } from './sql.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';

export interface Opening {
  conversationId: string;
  channelId: string;
  externalId: string;
  externalChannelId: string | null;
  contactId: string;
  contactExternalId: string;
  contactName: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
  contactAvatarUrl: string | null;
  contactAttributes: Record<string, unknown>;
  contactLanguage: string | null;
  /** Added to those that it has. */
  contactTags: readonly string[];
  tags: readonly string[];
  priority: string;
  weight: number;
  teamId: string | null;
  skillIds: readonly string[];
  needsKey: string;
  previousSessionId: number | null;
  meta: Record<string, unknown>;
  /** Hold it for a look at the outside system when the same room was closed within this time. */
  recheckWithinMs: number;
  /**
   * Found in a list of rooms, which may be older than such a close: then it is left to the next
   * list.
   */
  listed: boolean;
}

export interface Opened {
  externalId: string;
  channelId: string;
  /** null when another transaction is opening it at this moment, a list was not believed, or the contact is blocked. */
  conversationId: string | null;
  /** false: a repeat, which only refreshed the contact. */
  opened: boolean;
  /** The outside system is asked how the room stands. */
  asked: boolean;
  /** An endpoint is bound to an event of this item or of another in the batch. */
  told: boolean;
  /** Rules are asked again about what waits of a contact of the batch, which has changed. */
  askedAgain: boolean;
  /** The contact is blocked: nothing was opened. As its row was when it was written, so a blocking under way counts. */
  blocked: boolean;
}

// A request for a room that we assigned says that no agent is in it. Within this time after the
// assignment, the request may be older than the assignment.
const SETTLES_SECONDS = 3;

const input = batch<Opening>(2, {
  conversation_id: ['uuid', (one) => one.conversationId],
  channel_id: ['uuid', (one) => one.channelId],
  external_id: ['text', (one) => one.externalId],
  external_channel_id: ['text', (one) => one.externalChannelId],
  contact_id: ['uuid', (one) => one.contactId],
  contact_external_id: ['text', (one) => one.contactExternalId],
  name: ['text', (one) => one.contactName],
  email: ['text', (one) => one.contactEmail],
  phone: ['text', (one) => one.contactPhone],
  avatar_url: ['text', (one) => one.contactAvatarUrl],
  attributes: ['jsonb', (one) => one.contactAttributes],
  priority: ['text', (one) => one.priority],
  weight: ['integer', (one) => one.weight],
  team_id: ['uuid', (one) => one.teamId],
  needs: ['text', (one) => one.needsKey],
  previous_session_id: ['bigint', (one) => one.previousSessionId],
  meta: ['jsonb', (one) => one.meta],
  recheck_within_ms: ['integer', (one) => one.recheckWithinMs],
  listed: ['boolean', (one) => one.listed],
  lang: ['text', (one) => one.contactLanguage],
  skill_ids: ['uuid[]', (one) => one.skillIds],
  contact_tags: ['text[]', (one) => one.contactTags],
  tags: ['text[]', (one) => one.tags],
});

// What would be too much of a contact is left away: it must not keep the customer out.
// One statement, so that a webhook costs one round trip and one commit, whatever it writes. Both
// inserts go in the order of their unique keys: concurrent batches cannot deadlock.
const openConversations_ = statement<Opened>(
  'open-conversations',
  `with input as (
    select * from ${input.rows} t
  ), known as (
    insert into contact as c
      (workspace_id, contact_id, channel_id, external_id, name, email, phone, avatar_url, attributes, lang, tags)
    select distinct on (channel_id, contact_external_id)
      $1, contact_id, channel_id, contact_external_id, name, email, phone, avatar_url, attributes, lang, contact_tags
    from input order by channel_id, contact_external_id
    on conflict (workspace_id, channel_id, external_id) do update set
      name = coalesce(excluded.name, c.name), email = coalesce(excluded.email, c.email),
      phone = coalesce(excluded.phone, c.phone), avatar_url = coalesce(excluded.avatar_url, c.avatar_url),
      attributes = c.attributes || case
        when (select count(*) from jsonb_object_keys(c.attributes || excluded.attributes)) <= ${MOST_ATTRIBUTES} then excluded.attributes
        else (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(excluded.attributes) where c.attributes ? key) end, lang = coalesce(excluded.lang, c.lang),
      tags = c.tags || (array(select t from unnest(excluded.tags) t where t <> all (c.tags)))[:greatest(0, ${MOST_CONTACT_TAGS} - cardinality(c.tags))], seen_at = now()
    returning contact_id, channel_id, external_id, name, email, phone, lang, tags, attributes, c.blocked_at
  ), ${askAgain(CHANGED_CONTACTS)}, opened as (
    insert into conversation
      (workspace_id, conversation_id, channel_id, external_id, external_channel_id, contact_id, priority,
       weight, team_id, skill_ids, needs, policy_version, queued_at, rank_at, previous_session_id, meta, tags, event_seq, held_until, hold_reason)
    select $1, i.conversation_id, i.channel_id, i.external_id, i.external_channel_id, k.contact_id, i.priority,
      i.weight, i.team_id, i.skill_ids, case when rules.has_rules then '${TO_ROUTE}' else i.needs end,
      case when rules.has_rules then 0 end, now(), now() - make_interval(secs => (rules.boosts ->> i.priority)::integer),
      i.previous_session_id, i.meta, i.tags, 1,
      case when past.recent then 'infinity'::timestamptz end, case when past.recent then 'recheck' end
    from input i
    join known k on k.channel_id = i.channel_id and k.external_id = i.contact_external_id
    cross join (select boosts, has_rules from policy where workspace_id = $1
      order by version desc limit 1) rules
    cross join lateral (select exists (
      select from conversation p
      where p.workspace_id = $1 and p.channel_id = i.channel_id and p.external_id = i.external_id
        and p.state = 'closed' and p.closed_at > now() - make_interval(secs => i.recheck_within_ms / 1000.0)
    ) as recent) past
    where not (i.listed and past.recent) and k.blocked_at is null
    order by i.channel_id, i.external_id, i.conversation_id
    on conflict (workspace_id, channel_id, external_id) where state <> 'closed' do nothing
    returning ${eventFacts('conversation')}, hold_reason
  ), ${appendAndTell({
    source: 'opened',
    type: `'conversation.opened'`,
    at: 'queued_at',
    data: `jsonb_build_object('channelId', channel_id, 'externalId', external_id, 'contactId', contact_id,
      'priority', priority)`,
  })}, already as materialized (
    select i.conversation_id as input_id, e.conversation_id, e.channel_id, e.state, e.confirmed_at, i.recheck_within_ms
    from input i join conversation e on e.workspace_id = $1 and e.channel_id = i.channel_id
      and e.external_id = i.external_id and e.state <> 'closed'
  ), ${lookUpRooms(`
    select channel_id, conversation_id, now() as due_at from opened where hold_reason is not null
    union all
    select channel_id, conversation_id, greatest(now(), confirmed_at + interval '${SETTLES_SECONDS} seconds')
    from already where state = 'assigned' and confirmed_at is not null and recheck_within_ms > 0`)}
  select i.external_id as "externalId", i.channel_id as "channelId",
    coalesce(o.conversation_id, a.conversation_id, t.conversation_id) as "conversationId",
    o.conversation_id is not null as opened,
    exists (select from looked l where l.stream_id in (o.conversation_id, a.conversation_id)) as asked,
    exists (select from told_endpoints) as told, ${ASKED_AGAIN} as "askedAgain", exists (select from known k
      where k.channel_id = i.channel_id and k.external_id = i.contact_external_id and k.blocked_at is not null) as blocked
  from input i
  left join opened o on o.conversation_id = i.conversation_id
  left join already a on a.input_id = i.conversation_id
  left join opened t on t.channel_id = i.channel_id and t.external_id = i.external_id`,
).needs('wake', 'send', 'conversation');

export function openConversations(
  db: Writing<typeof openConversations_>,
  workspaceId: string,
  openings: readonly Opening[],
): Promise<Opened[]> {
  return query(db, openConversations_, [workspaceId, ...input.values(openings)]);
}
