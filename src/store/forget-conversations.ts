// Deletes conversations that ended long ago with everything that belongs to them, a few hundred at
// a time.
import { type Db, query, queryOne, statement } from './sql.ts';
import { listing } from './workspaces-with.ts';

// Contacts stay: they may return, and are known by their id in the channel.
const forget_ = statement<{ forgotten: number }>(
  'forget-conversations',
  `with rule as (
    select (value #>> '{}')::integer as days from setting
    where workspace_id = $1 and key = 'retentionDays' and value <> 'null'
  ), old as (
    select conversation_id from conversation
    where workspace_id = $1 and state = 'closed' and closed_at <= now() - make_interval(days => (select days from rule))
    order by closed_at limit 500 for update skip locked
  ), files as (
    delete from attachment where workspace_id = $1 and attachment_id in (
      select (a ->> 'id')::uuid from message m cross join jsonb_array_elements(m.attachments) a
      where m.workspace_id = $1 and m.conversation_id in (select conversation_id from old) and a ? 'id')
  ), said as (
    delete from message where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), held as (
    delete from assignment where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), decided as (
    delete from decision where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), targets as (
    delete from target_result where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), waits as (
    delete from told_wait where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), happened as (
    delete from event where workspace_id = $1 and stream_id in (select conversation_id from old)
  ), marks as (
    delete from read_mark r using user_account u, old where r.workspace_id = $1 and u.workspace_id = $1
      and r.user_id = u.user_id and r.conversation_id = old.conversation_id
  ), asked as (
    delete from consultation where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), mentioned as (
    delete from mention where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), ran as (
    delete from automation_run where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), web as (
    delete from web_conversation where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), read as (
    delete from program_read where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), mirrored as (
    delete from desk_room where workspace_id = $1 and conversation_id in (select conversation_id from old)
  ), gone as (
    delete from conversation where workspace_id = $1 and conversation_id in (select conversation_id from old)
    returning conversation_id
  )
  select count(*)::integer as forgotten from gone`,
);

const listOld_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-old-conversations',
  listing({
    table: 'setting',
    where: `t.key = 'retentionDays' and t.value <> 'null'`,
    due: `select from conversation c where c.workspace_id = w.workspace_id and c.state = 'closed'
    and c.closed_at <= now() - make_interval(days => (select (value #>> '{}')::integer from setting s
      where s.workspace_id = w.workspace_id and s.key = 'retentionDays' and s.value <> 'null'))`,
  }),
);

export async function listWorkspacesWithOldConversations(db: Db): Promise<string[]> {
  return (await query(db, listOld_, [])).map(({ workspaceId }) => workspaceId);
}

/** As the setting retentionDays says; without it none. Answers how many it deleted: 500 at most. */
export async function forgetConversations(db: Db, workspaceId: string): Promise<number> {
  return (await queryOne(db, forget_, [workspaceId]))?.forgotten ?? 0;
}
