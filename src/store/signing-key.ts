// The installation's own signing key, made once and shared by its nodes.
import { placeOf, type Sealed, type SecretBox } from './secret-box.ts';
import { type Db, queryOne, statement } from './sql.ts';

const keepKey_ = statement<{ value: Sealed }>(
  'keep-signing-key',
  `with made as (
    insert into setting (workspace_id, key, value) values ($1, $2, to_jsonb($3::text))
    on conflict (workspace_id, key) do nothing returning value
  )
  select value #>> '{}' as value from made union all
  select value #>> '{}' from setting where workspace_id = $1 and key = $2 limit 1`,
);

/** Answers the stored key: the given one if there was none. */
export async function keepSigningKey(
  db: Db,
  box: SecretBox,
  args: { workspaceId: string; name: string; made: string },
): Promise<string> {
  const place = placeOf('setting', args.workspaceId, args.name, 'value');
  const values = [args.workspaceId, args.name, box.seal(args.made, place)];
  // Another node may be writing it at this moment: the second look finds it.
  const row = (await queryOne(db, keepKey_, values)) ?? (await queryOne(db, keepKey_, values));
  if (row === null) throw new Error('The signing key was not kept.');
  return box.open(row.value, place);
}
