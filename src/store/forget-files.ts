// Forgets files that were uploaded and never said in a message, some at a time.
import { isVisitors, WAITS } from './attachments.ts';
import { type Db, queryOne, statement } from './sql.ts';

// A file is looked at once: those that a message names are marked, and go with their conversation. Such
// a message came while the file waited: later nobody may say it. Few of those who work here upload what they do
// not send, so walking over theirs for a week costs little.
const forget_ = statement<{ looked: number }>(
  'forget-files',
  `with old as materialized (
    select attachment_id, created_at from attachment
    where workspace_id = $1 and not said and created_at <= now() - interval '${WAITS.visitor}'
      and (${isVisitors} or created_at <= now() - interval '${WAITS.staff}')
    order by created_at limit 200 for update skip locked
  ), judged as materialized (
    select o.attachment_id, exists (select from message m where m.workspace_id = $1 and m.attachments <> '[]'
      and m.created_at between o.created_at - interval '1 hour' and o.created_at + interval '${WAITS.staff}' + interval '1 day'
      and m.attachments @> jsonb_build_array(jsonb_build_object('id', o.attachment_id))) as said
    from old o
  ), kept as (
    update attachment set said = true
    where workspace_id = $1 and attachment_id in (select attachment_id from judged where said)
  ), gone as (
    delete from attachment
    where workspace_id = $1 and attachment_id in (select attachment_id from judged where not said)
  )
  select count(*)::integer as looked from judged`,
);

/** When nobody may say them any more. Answers how many were looked at: 200 at most. */
export async function forgetFiles(db: Db, workspaceId: string): Promise<number> {
  return (await queryOne(db, forget_, [workspaceId]))?.looked ?? 0;
}
