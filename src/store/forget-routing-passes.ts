// Deletes the record of passes after a month: with a pass a decision, it is as large as the decisions are.
import { type Db, query, statement } from './sql.ts';
import { listing } from './workspaces-with.ts';

export const PASS_DAYS = 30;

const forget_ = statement<{ seq: string }>(
  'forget-passes',
  `delete from routing_pass p using (
    select at, pass_seq from routing_pass where workspace_id = $1
      and at < now() - make_interval(days => ${PASS_DAYS}) order by at limit 1000
  ) old where p.workspace_id = $1 and p.at = old.at and p.pass_seq = old.pass_seq
  returning p.pass_seq::text as seq`,
);

/** Answers how many it deleted, a thousand at most. */
export async function forgetPasses(db: Db, workspaceId: string): Promise<number> {
  return (await query(db, forget_, [workspaceId])).length;
}

const listOld_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-old-passes',
  listing({
    table: 'routing_pass',
    due: `select from (select at from routing_pass p where p.workspace_id = w.workspace_id order by at limit 1) first
    where first.at < now() - make_interval(days => ${PASS_DAYS})`,
  }),
);

export async function listWorkspacesWithOldPasses(db: Db): Promise<string[]> {
  return (await query(db, listOld_, [])).map(({ workspaceId }) => workspaceId);
}
