// The bytes that strangers have uploaded, counted in the database so that all nodes count together.
import { type Db, query, statement } from './sql.ts';

// The rows are locked in the order of their keys. Old rows are deleted in passing.
const take_ = statement<{ key: string; bytes: number }>(
  'take-from-upload-budgets',
  `with old as (
    delete from upload_budget where (workspace_id, key) in (
      select workspace_id, key from upload_budget
      where workspace_id = $1 and key <> all ($2::text[]) and began_at <= now() - interval '1 day'
      order by began_at limit 20 for update skip locked)
  )
  insert into upload_budget as b (workspace_id, key, bytes, began_at)
  select $1, key, $3, now() from unnest($2::text[]) as wanted(key) order by key
  on conflict (workspace_id, key) do update set
    bytes = case when b.began_at <= now() - interval '1 day' then excluded.bytes else b.bytes + excluded.bytes end,
    began_at = case when b.began_at <= now() - interval '1 day' then now() else b.began_at end
  returning key, bytes`,
);

/** Answers the bytes in the day of each key, including these. */
export async function takeFromBudgets(
  db: Db,
  args: { workspaceId: string; keys: readonly string[]; bytes: number },
): Promise<Map<string, number>> {
  const rows = await query(db, take_, [args.workspaceId, args.keys, args.bytes]);
  return new Map(rows.map(({ key, bytes }) => [key, bytes]));
}

const giveBack_ = statement<never>(
  'give-back-upload',
  `with mine as (
    select key from upload_budget where workspace_id = $1 and key = any ($2::text[]) order by key for update
  )
  update upload_budget b set bytes = greatest(b.bytes - $3, 0) from mine
  where b.workspace_id = $1 and b.key = mine.key`,
);

export async function giveBackUpload(
  db: Db,
  args: { workspaceId: string; keys: readonly string[]; bytes: number },
): Promise<void> {
  await query(db, giveBack_, [args.workspaceId, args.keys, args.bytes]);
}
