// Failed tries by e-mail and by address, counted in the database so that all nodes count together.
import { type Db, query, queryOne, statement } from './sql.ts';

// Old rows are deleted in passing, a few at a time, so that the table stays small.
const countTry_ = statement<{ tries: number }>(
  'count-try',
  `with old as (
    delete from try_count where (workspace_id, key) in (
      select workspace_id, key from try_count
      where workspace_id = $1 and key <> $2 and began_at <= now() - interval '1 hour'
      order by began_at limit 20 for update skip locked)
  )
  insert into try_count as t (workspace_id, key, tries, began_at) values ($1, $2, 1, now())
  on conflict (workspace_id, key) do update set
    tries = case when t.began_at <= now() - make_interval(secs => $3) then 1 else t.tries + 1 end,
    began_at = case when t.began_at <= now() - make_interval(secs => $3) then now() else t.began_at end
  returning tries`,
);

/** Answers how many there were within the window, including this one. */
export async function countTry(
  db: Db,
  args: { workspaceId: string; key: string; windowSeconds: number },
): Promise<number> {
  const row = await queryOne(db, countTry_, [args.workspaceId, args.key, args.windowSeconds]);
  return row?.tries ?? 1;
}

const giveBackTry_ = statement<never>(
  'give-back-try',
  'update try_count set tries = greatest(tries - 1, 0) where workspace_id = $1 and key = $2',
);

/** Takes a try back that was no failure. */
export async function giveBackTry(
  db: Db,
  { workspaceId, key }: { workspaceId: string; key: string },
): Promise<void> {
  await query(db, giveBackTry_, [workspaceId, key]);
}

const forgetTries_ = statement<never>(
  'forget-tries',
  'delete from try_count where workspace_id = $1 and key = $2',
);

export async function forgetTries(
  db: Db,
  { workspaceId, key }: { workspaceId: string; key: string },
): Promise<void> {
  await query(db, forgetTries_, [workspaceId, key]);
}
