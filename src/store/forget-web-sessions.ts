// Forgets sessions over the web that nobody uses any more, and with a guest's last one the guest, a few hundred at a time.
import { kindsWith } from '../contract/channel-kinds.ts';
import { type Db, queryOne, statement } from './sql.ts';

/** Nobody gets in with an ended one. */
const ENDED_DAYS = 1;
const UNUSED_DAYS = 30;

// Who has a contact, or was proved by the company, stays known: another may not take that id.
const forget_ = statement<{ forgotten: number }>(
  'forget-web-sessions',
  `with old as (
    select s.session_id, s.customer_id from web_session s
    where s.workspace_id = $1
      and (s.ended_at <= now() - interval '${ENDED_DAYS} days' or s.seen_at <= now() - interval '${UNUSED_DAYS} days')
      and not exists (select from conversation c where c.workspace_id = $1 and c.conversation_id = s.conversation_id
        and c.state <> 'closed')
    limit 500 for update of s skip locked
  ), gone as (
    delete from web_session where workspace_id = $1 and session_id in (select session_id from old)
    returning session_id
  ), strangers as (
    delete from web_identity i where i.workspace_id = $1 and i.customer_id in (select customer_id from old) and not i.verified
      and not exists (select from web_session s where s.workspace_id = $1 and s.customer_id = i.customer_id
        and s.session_id not in (select session_id from old))
      and not exists (select from contact k join channel h on h.workspace_id = $1 and h.channel_id = k.channel_id
        and h.kind = any ($2::text[]) where k.workspace_id = $1 and k.external_id = i.customer_id)
  )
  select count(*)::integer as forgotten from gone`,
);

/** Those of open conversations stay. Answers how many went: 500 at most. */
export async function forgetWebSessions(db: Db, workspaceId: string): Promise<number> {
  return (
    (await queryOne(db, forget_, [workspaceId, kindsWith('visitors', 'here')]))?.forgotten ?? 0
  );
}
