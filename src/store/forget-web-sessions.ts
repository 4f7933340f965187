// Forgets sessions over the web that nobody uses any more, and with a guest's last one the guest, a few hundred at a time.
import { kindsWith } from '../contract/channel-kinds.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { listing } from './workspaces-with.ts';

/** An ended session grants nothing. */
const ENDED_DAYS = 1;
const UNUSED_DAYS = 30;
const HAS_ENDED = `s.ended_at <= now() - interval '${ENDED_DAYS} days'`;
const IS_UNUSED = `s.seen_at <= now() - interval '${UNUSED_DAYS} days'`;

// A visitor with a contact, or whom the company has proved, stays known: nobody else may take that
// id.
const forget_ = statement<{ forgotten: number }>(
  'forget-web-sessions',
  `with old as (
    select s.session_id, s.customer_id from web_session s
    where s.workspace_id = $1
      and (${HAS_ENDED} or ${IS_UNUSED})
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

/** Sessions of open conversations stay. Answers how many it deleted: 500 at most. */
export async function forgetWebSessions(db: Db, workspaceId: string): Promise<number> {
  return (
    (await queryOne(db, forget_, [workspaceId, kindsWith('visitors', 'here')]))?.forgotten ?? 0
  );
}

// Each condition by its own index.
const listOld_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-unused-sessions',
  listing({
    table: 'web_session',
    due: `select from (
    (select 1 from web_session s where s.workspace_id = w.workspace_id and ${HAS_ENDED} limit 1)
    union all
    (select 1 from web_session s where s.workspace_id = w.workspace_id and ${IS_UNUSED} limit 1)) old`,
  }),
);

/** Workspaces in which a session ended long ago, or has long been unused. */
export async function listWorkspacesWithUnusedSessions(db: Db): Promise<string[]> {
  return (await query(db, listOld_, [])).map(({ workspaceId }) => workspaceId);
}
