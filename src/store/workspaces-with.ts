// Asks once for all workspaces which of them have something to do: a quiet one costs no query.

/**
 * SQL: the workspaces that have a row `t` of the table where the condition holds, by one probe each
 * of an index that begins with workspace_id. A partial index for the condition has no entry of
 * quiet ones.
 */
export function workspacesWith({
  table,
  where = 'true',
}: {
  table: string;
  where?: string;
}): string {
  const first = (after: string) =>
    `select t.workspace_id from ${table} t where ${where}${after} order by t.workspace_id limit 1`;
  return `(with recursive found as (
    (${first('')})
    union all
    select n.workspace_id from found f cross join lateral (${first(' and t.workspace_id > f.workspace_id')}) n
  ) select workspace_id from found)`;
}

/**
 * SQL of a list. `due`: for the workspace `w`, as an index finds it. Workspaces that are being
 * removed, or are suspended, are left out.
 */
export function listing(found: { table: string; where?: string; due?: string }): string {
  const { due = 'select' } = found;
  return `-- across workspaces: one look for all of them
  select w.workspace_id as "workspaceId" from ${workspacesWith(found)} f
  join workspace w on w.workspace_id = f.workspace_id and w.removed_at is null and w.suspended_at is null
  cross join lateral (${due} limit 1) due`;
}
