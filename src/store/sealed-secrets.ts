// Every place where the database keeps a sealed secret, for the change of keys and the check of them.
import { placeOf, SEAL, type Sealed } from './secret-box.ts';
import { type Db, query, queryOne, type Statement, statement } from './sql.ts';

export interface StoredSecret {
  workspaceId: string;
  /** The id of its row. */
  id: string;
  field: string;
  value: Sealed;
}

export interface Shelf {
  table: string;
  place: (secret: StoredSecret) => string;
  keyIds: Statement<{ keyId: string; count: number }>;
  outdated: Statement<StoredSecret>;
  replace: Statement<{ id: string }>;
}

/** Add a table here when it begins to keep sealed secrets. */
export const shelves: readonly Shelf[] = [
  makeShelf({
    table: 'channel',
    rows: `select workspace_id, channel_id::text as id, s.key as field, s.value
      from channel, jsonb_each_text(secrets) s`,
    replace: `update channel set secrets = jsonb_set(secrets, array[$3::text], to_jsonb($5::text))
      where workspace_id = $1 and channel_id = $2::uuid and secrets ->> $3::text = $4 returning channel_id::text as id`,
  }),
  makeShelf({
    table: 'endpoint',
    // The field is its position in the list, and no part of the place.
    rows: `select workspace_id, endpoint_id::text as id, (s.n - 1)::text as field, s.one ->> 'secret' as value
      from endpoint, jsonb_array_elements(secrets) with ordinality as s(one, n)`,
    replace: `update endpoint set secrets = jsonb_set(secrets, array[$3::text, 'secret'], to_jsonb($5::text))
      where workspace_id = $1 and endpoint_id = $2::uuid and secrets -> ($3::text)::integer ->> 'secret' = $4
      returning endpoint_id::text as id`,
    place: ({ workspaceId, id }) => placeOf('endpoint', workspaceId, id, 'secret'),
  }),
  makeShelf({
    table: 'second_factor',
    rows: `select workspace_id, user_id::text as id, 'secret' as field, secret as value from second_factor`,
    replace: `update second_factor set secret = $5
      where workspace_id = $1 and user_id = $2::uuid and $3::text = 'secret' and secret = $4
      returning user_id::text as id`,
  }),
  makeShelf({
    table: 'setting',
    rows: `select workspace_id, key as id, 'value' as field, value #>> '{}' as value from setting
      where key in ('mqtt-key', 'push-key', 'alarm-slack', 'alarm-webhook')`,
    replace: `update setting set value = to_jsonb($5::text)
      where workspace_id = $1 and key = $2 and $3::text = 'value' and value #>> '{}' = $4 returning key as id`,
  }),
];

function makeShelf({
  table,
  rows,
  replace,
  place = ({ workspaceId, id, field }) => placeOf(table, workspaceId, id, field),
}: {
  table: string;
  rows: string;
  replace: string;
  place?: Shelf['place'];
}): Shelf {
  return {
    table,
    place,
    keyIds: statement<{ keyId: string; count: number }>(
      `key-ids-of-${table}`,
      `-- across workspaces: the keys are the installation's
      select case when starts_with(value, '${SEAL}') then split_part(value, ':', 3) else '' end as "keyId",
        count(*) as count
      from (${rows}) as one where value <> '' group by 1`,
    ),
    outdated: statement<StoredSecret>(
      `outdated-secrets-of-${table}`,
      `-- across workspaces: the keys are the installation's
      select workspace_id as "workspaceId", id, field, value from (${rows}) as one
      where value <> '' and starts_with(value, $1) <> $2 limit $3`,
    ),
    replace: statement<{ id: string }>(`reseal-${table}`, replace),
  };
}

/** How many secrets each key seals; the key '' stands for plain ones. */
export async function countByKey(db: Db): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const shelf of shelves) {
    for (const { keyId, count } of await query(db, shelf.keyIds, [])) {
      counts.set(keyId, (counts.get(keyId) ?? 0) + count);
    }
  }
  return counts;
}

/** Some of those that this key has not sealed; null: of those that are sealed at all. */
export function listOutdated(
  db: Db,
  shelf: Shelf,
  { keyId, limit }: { keyId: string | null; limit: number },
): Promise<StoredSecret[]> {
  const prefix = keyId === null ? SEAL : `${SEAL}${keyId}:`;
  return query(db, shelf.outdated, [prefix, keyId !== null, limit]);
}

/** false: it was changed meanwhile. */
export async function replaceSecret(
  db: Db,
  shelf: Shelf,
  { secret, value }: { secret: StoredSecret; value: Sealed },
): Promise<boolean> {
  const { workspaceId, id, field, value: before } = secret;
  return (await queryOne(db, shelf.replace, [workspaceId, id, field, before, value])) !== null;
}
