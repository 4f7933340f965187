// The customers: what is known of each, and what was sent to them through the company's own system.

import { type ChannelKind, kindsWith } from '../contract/channel-kinds.ts';
import { ASKED_AGAIN, askAgain, CHANGED_CONTACTS } from './ask-again.ts';
import type { Writing } from './effects.ts';
import { keptOf, rowsOf } from './merged.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { APP_CODE } from './tell-endpoints.ts';
import type { Tx } from './tx.ts';

export interface ContactRow {
  contactId: string;
  channelId: string;
  externalId: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  avatarUrl: string | null;
  /** The company has proved who this is; null: the channel knows no proof. */
  verified: boolean | null;
  anonymous: boolean;
  lang: string | null;
  groups: string[];
  tags: string[];
  attributes: Record<string, unknown>;
  /** To whom the contact belongs; null: to nobody. */
  agentId: string | null;
  createdAt: Date;
  seenAt: Date;
  /** What it sends opens nothing since then; null: it does. */
  blockedAt: Date | null;
}

export interface ContactKey {
  workspaceId: string;
  contactId: string;
}

/** SQL; `kinds`: the parameter with the kinds whose visitors can be proved. */
export const contactColumns = (
  kinds: string,
) => `k.contact_id as "contactId", k.channel_id as "channelId", k.external_id as "externalId", k.name, k.email,
  k.phone, k.avatar_url as "avatarUrl", k.anonymous, k.lang, k.groups, k.tags, k.attributes, k.created_at as "createdAt",
  k.seen_at as "seenAt", k.blocked_at as "blockedAt", (select g.agent_id from agent g where g.workspace_id = $1 and g.agent_id = k.agent_id
    and g.deleted_at is null) as "agentId", (select exists (select from web_identity i where i.workspace_id = $1
      and i.customer_id = k.external_id and i.verified) from channel h
    where h.workspace_id = $1 and h.channel_id = k.channel_id and h.kind = any (${kinds}::text[])) as verified`;

/** For `contactColumns`. */
export const visitorKinds = () => kindsWith('visitors', 'here');

const getContact_ = statement<ContactRow>(
  'get-contact',
  `select ${contactColumns('$3')} from contact k where k.workspace_id = $1 and k.contact_id = ${keptOf('$2')}`,
);

/** The one into which it was merged, if it was. */
export function getContact(db: Db, key: ContactKey): Promise<ContactRow | null> {
  return queryOne(db, getContact_, [key.workspaceId, key.contactId, visitorKinds()]);
}

/** Undefined fields stay; attributes that are null are removed. */
export interface ContactChange extends ContactKey {
  name?: string | null | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  lang?: string | null | undefined;
  agentId?: string | null | undefined;
  groups?: string[] | undefined;
  tags?: string[] | undefined;
  attributes?: Record<string, string | null> | undefined;
}

const updateContact_ = statement<ContactRow & { askedAgain: boolean }>(
  'update-contact',
  `with changed as (update contact k set
    name = case when $3::jsonb ? 'name' then $3 ->> 'name' else k.name end,
    email = case when $3 ? 'email' then $3 ->> 'email' else k.email end,
    phone = case when $3 ? 'phone' then $3 ->> 'phone' else k.phone end,
    lang = case when $3 ? 'lang' then $3 ->> 'lang' else k.lang end,
    agent_id = case when $3 ? 'agentId' then ($3 ->> 'agentId')::uuid else k.agent_id end,
    groups = coalesce($4, k.groups), tags = coalesce($5, k.tags),
    attributes = jsonb_strip_nulls(k.attributes || coalesce($6::jsonb, '{}'))
  where k.workspace_id = $1 and k.contact_id = $2 returning ${contactColumns('$7')}
  ), ${askAgain(`select o.contact_id from changed cross join lateral (${rowsOf('changed."contactId"')}) o`)}
  select *, ${ASKED_AGAIN} as "askedAgain" from changed`,
).needs('contact', 'wake');

/** null: there is none. `askedAgain`: rules are asked about what waits. */
export function updateContactRow(
  tx: Writing<typeof updateContact_, Tx>,
  change: ContactChange,
): Promise<(ContactRow & { askedAgain: boolean }) | null> {
  const { workspaceId, contactId, groups, tags, attributes, ...scalars } = change;
  return queryOne(tx, updateContact_, [
    workspaceId,
    contactId,
    JSON.stringify(scalars),
    groups ?? null,
    tags ?? null,
    attributes === undefined ? null : JSON.stringify(attributes),
    visitorKinds(),
  ]);
}

/** Undefined fields stay, tags are added; attributes that are null are removed. */
export interface PuttingContact {
  workspaceId: string;
  /** For one who is not known yet. */
  contactId: string;
  channelId: string;
  externalId: string;
  name?: string | null | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  language?: string | null | undefined;
  avatarUrl?: string | null | undefined;
  attributes?: Record<string, unknown> | undefined;
  tags?: readonly string[] | undefined;
}

interface Put {
  contactId: string;
  created: boolean;
  askedAgain: boolean;
  /** How many the contact has now. */
  attributeCount: number;
  tagCount: number;
}

const put_ = statement<Put>(
  'put-contact',
  `with known as (
    insert into contact as k (workspace_id, contact_id, channel_id, external_id, name, email, phone, lang, avatar_url, attributes, tags)
    select $1, $2, $3, $4, f.of ->> 'name', f.of ->> 'email', f.of ->> 'phone', f.of ->> 'language', f.of ->> 'avatarUrl',
      jsonb_strip_nulls($6::jsonb), $7::text[]
    from (select $5::jsonb as of) f
    on conflict (workspace_id, channel_id, external_id) do update set
      name = case when $5 ? 'name' then excluded.name else k.name end,
      email = case when $5 ? 'email' then excluded.email else k.email end,
      phone = case when $5 ? 'phone' then excluded.phone else k.phone end,
      lang = case when $5 ? 'language' then excluded.lang else k.lang end,
      avatar_url = case when $5 ? 'avatarUrl' then excluded.avatar_url else k.avatar_url end,
      attributes = jsonb_strip_nulls(k.attributes || $6),
      tags = k.tags || array(select t from unnest(excluded.tags) t where t <> all (k.tags))
    returning contact_id, name, email, phone, lang, tags, attributes
  ), ${askAgain(CHANGED_CONTACTS)}
  select contact_id as "contactId", contact_id = $2 as created, ${ASKED_AGAIN} as "askedAgain",
    (select count(*)::integer from jsonb_object_keys(attributes)) as "attributeCount", cardinality(tags) as "tagCount" from known`,
).needs('contact', 'conversation', 'wake');

/** `askedAgain`: rules are asked about what waits. */
export async function putContactRow(
  tx: Writing<typeof put_, Tx>,
  contact: PuttingContact,
): Promise<Put> {
  const { workspaceId, contactId, channelId, externalId, attributes = {}, tags = [] } = contact;
  const { name, email, phone, language, avatarUrl } = contact;
  const row = await queryOne(tx, put_, [
    ...[workspaceId, contactId, channelId, externalId],
    JSON.stringify({ name, email, phone, language, avatarUrl }),
    JSON.stringify(attributes),
    tags,
  ]);
  if (row === null) throw new Error('The contact was not written.');
  return row;
}

export interface LockedContact {
  contactId: string;
  channelKind: ChannelKind;
  name: string | null;
  email: string | null;
  phone: string | null;
  lang: string | null;
  agentId: string | null;
  groups: string[];
  tags: string[];
  attributes: Record<string, unknown>;
  /** null: it stands for itself. */
  mergedInto: string | null;
}

const lockContact_ = statement<LockedContact>(
  'lock-contact',
  `select k.contact_id as "contactId", h.kind as "channelKind", k.name, k.email, k.phone, k.lang, k.agent_id as "agentId",
    k.groups, k.tags, k.attributes, k.merged_into as "mergedInto" from contact k
  join channel h on h.workspace_id = $1 and h.channel_id = k.channel_id
  where k.workspace_id = $1 and k.contact_id = $2 for update of k`,
);

/** Locks it until the transaction ends. null: there is none. */
export function lockContact(tx: Tx, key: ContactKey): Promise<LockedContact | null> {
  return queryOne(tx, lockContact_, [key.workspaceId, key.contactId]);
}

const openOfContact_ = statement<{ conversationId: string }>(
  'open-conversations-of-contact',
  `select conversation_id as "conversationId" from conversation
  where workspace_id = $1 and contact_id in (${rowsOf(keptOf('$2'))}) and state <> 'closed'`,
);

/** Of all rows of the contact. */
export async function listOpenOfContact(tx: Tx, key: ContactKey): Promise<string[]> {
  const rows = await query(tx, openOfContact_, [key.workspaceId, key.contactId]);
  return rows.map(({ conversationId }) => conversationId);
}

const countEvent_ = statement<ContactRow & { seq: number; appCode: string }>(
  'count-contact-event',
  `update contact k set event_seq = event_seq + 1
  where k.workspace_id = $1 and k.contact_id = $2
  returning ${contactColumns('$3')}, k.event_seq as seq, (select ${APP_CODE} from channel h
    where h.workspace_id = $1 and h.channel_id = k.channel_id) as "appCode"`,
);

/** For an event of the contact, whose row is locked until the transaction ends. null: there is none. */
export function countContactEvent(
  tx: Tx,
  key: ContactKey,
): Promise<(ContactRow & { seq: number; appCode: string }) | null> {
  return queryOne(tx, countEvent_, [key.workspaceId, key.contactId, visitorKinds()]);
}

export interface ExternalMessageRow {
  eventId: string;
  at: Date;
  data: { from: { id: string; name: string | null }; text: string };
  deliveries: {
    id: string;
    endpointId: string;
    state: 'pending' | 'sending' | 'held' | 'done' | 'failed';
    status: number | null;
    outcome: string | null;
  }[];
}

// Of every endpoint the latest delivery counts: a retry by hand is a delivery of its own. A message
// whose deliveries are deleted is not shown, because its outcome is unknown.
const listExternalMessages_ = statement<ExternalMessageRow>(
  'list-external-messages',
  `select e.event_id as "eventId", e.at, e.data, coalesce((
    select jsonb_agg(jsonb_build_object('id', d.delivery_id::text, 'endpointId', d.subscriber_id, 'state', d.state,
      'outcome', d.outcome, 'status', (select a.status from delivery_attempt a where a.workspace_id = $1
        and a.delivery_id = d.delivery_id order by a.attempt desc limit 1)) order by d.subscriber_id)
    from (select distinct on (d.subscriber_id) d.* from delivery d
      where d.workspace_id = $1 and d.event_id = e.event_id
        and d.type in ('send_external_message', 'external-message.sent')
      order by d.subscriber_id, d.delivery_id desc) d), '[]') as deliveries
  from event e where e.workspace_id = $1 and e.stream_id = $2 and e.type = 'external-message.sent'
    and exists (select from delivery d where d.workspace_id = $1 and d.event_id = e.event_id
      and d.type in ('send_external_message', 'external-message.sent'))
  order by e.seq desc limit 100`,
);

/** The latest hundred, newest first. */
export function listExternalMessages(db: Db, key: ContactKey): Promise<ExternalMessageRow[]> {
  return query(db, listExternalMessages_, [key.workspaceId, key.contactId]);
}
