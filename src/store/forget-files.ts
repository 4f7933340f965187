// Deletes uploaded files that no message names, some at a time.
import { isVisitors, WAITS } from './attachments.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { listing } from './workspaces-with.ts';

// A file is looked at once: one that a message names is marked, and is deleted with its
// conversation. Such a message came while the file waited: later no message may name it. Staff
// upload few files that they do not send, so walking over theirs for a week costs little.
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

/** Once no message may name them any more. Answers how many were looked at: 200 at most. */
export async function forgetFiles(db: Db, workspaceId: string): Promise<number> {
  return (await queryOne(db, forget_, [workspaceId]))?.looked ?? 0;
}

const listOld_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-unsaid-files',
  listing({
    table: 'attachment',
    where: 'not t.said',
    due: `select from attachment a where a.workspace_id = w.workspace_id and not a.said
    and a.created_at <= now() - interval '${WAITS.visitor}'
    and (${isVisitors} or a.created_at <= now() - interval '${WAITS.staff}')`,
  }),
);

/** Workspaces with a file that no message may name any more. */
export async function listWorkspacesWithUnsaidFiles(db: Db): Promise<string[]> {
  return (await query(db, listOld_, [])).map(({ workspaceId }) => workspaceId);
}
