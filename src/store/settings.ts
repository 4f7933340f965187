// A workspace's own settings: one value for each key that somebody has set.
import type { Writing } from './effects.ts';
import { type Db, query, statement } from './sql.ts';
import type { Tx } from './tx.ts';

/**
 * How much agents see in the workspace of that expression: read together with the user, at no
 * further cost.
 */
export function agentsSeeIn(workspaceId: string): string {
  return `coalesce((select value #>> '{}' from setting s where s.workspace_id = ${workspaceId}
    and s.key = 'agentsSee'), 'everything')`;
}

const readSettings_ = statement<{ key: string; value: unknown }>(
  'read-settings',
  'select key, value from setting where workspace_id = $1',
);

export async function readSettingRows(
  db: Db,
  workspaceId: string,
): Promise<Record<string, unknown>> {
  const rows = await query(db, readSettings_, [workspaceId]);
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
}

const putSetting_ = statement<never>(
  'put-setting',
  `insert into setting (workspace_id, key, value) values ($1, $2, $3)
  on conflict (workspace_id, key) do update set value = excluded.value, changed_at = now()`,
).needs('settings');

export async function putSetting(
  tx: Writing<typeof putSetting_, Tx>,
  { workspaceId, key, value }: { workspaceId: string; key: string; value: unknown },
): Promise<void> {
  await query(tx, putSetting_, [workspaceId, key, JSON.stringify(value)]);
}
