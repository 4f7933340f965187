// By which channels a contact may be reached: each identity, what is open there, and by what name or session it would be found.
import { rowsOf } from './merged.ts';
import { isSeenBy } from './sight.ts';
import { type Db, query, statement } from './sql.ts';

export interface ReachRow {
  identityId: string;
  channelId: string;
  channelName: string;
  channelKind: string;
  /** As the channel knows the contact. */
  externalId: string;
  blocked: boolean;
  /** Something of theirs is open there. */
  isOpen: boolean;
  /** Which, if whoever asks may see it. */
  openId: string | null;
  /** The channel's own id of the latest conversation with them; null: there was none. */
  latestName: string | null;
  /** The latest session of the visitor that stands; null: none, or they are met elsewhere. */
  session: { sessionId: string; verified: boolean } | null;
}

const listReach_ = statement<ReachRow>(
  'list-contact-reach',
  `select k.contact_id as "identityId", k.channel_id as "channelId", h.name as "channelName", h.kind as "channelKind",
    k.external_id as "externalId", k.blocked_at is not null as blocked, o.conversation_id is not null as "isOpen",
    o.shown_id as "openId", l.external_id as "latestName", s.session
  from contact k
  join channel h on h.workspace_id = $1 and h.channel_id = k.channel_id and h.deleted_at is null
    and h.switched_off_at is null
  left join lateral (select c.conversation_id, case when ${isSeenBy('$3')} then c.conversation_id end as shown_id
    from conversation c where c.workspace_id = $1 and c.contact_id = k.contact_id and c.state <> 'closed'
    order by c.queued_at desc limit 1) o on true
  left join lateral (select c.external_id from conversation c where c.workspace_id = $1 and c.contact_id = k.contact_id
    order by c.queued_at desc limit 1) l on true
  left join lateral (select jsonb_build_object('sessionId', w.session_id, 'verified', w.verified) as session from web_session w
    where w.workspace_id = $1 and w.channel_id = k.channel_id and w.customer_id = k.external_id and w.ended_at is null
    order by w.seen_at desc limit 1) s on true
  where k.workspace_id = $1 and k.contact_id in (${rowsOf('$2')})
  order by k.seen_at desc limit 50`,
);

/** Of one that stands for itself. `seenBy`: as in sight.ts. The channel that saw them last comes first. */
export function listReach(
  db: Db,
  {
    workspaceId,
    contactId,
    seenBy,
  }: { workspaceId: string; contactId: string; seenBy: string | null },
): Promise<ReachRow[]> {
  return query(db, listReach_, [workspaceId, contactId, seenBy]);
}
