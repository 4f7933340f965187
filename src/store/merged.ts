// Contacts that were merged: whose row stands for them, and which rows are theirs.

/** SQL: the id of the contact into which `id` was merged, else itself. */
export function keptOf(id: string): string {
  return `(select coalesce(r.merged_into, r.contact_id) from contact r where r.workspace_id = $1 and r.contact_id = ${id})`;
}

/** SQL: the ids of the contact that `kept` is, and of those that were merged into it. */
export function rowsOf(kept: string): string {
  return `select o.contact_id from contact o where o.workspace_id = $1 and o.contact_id = ${kept}
    union all select o.contact_id from contact o where o.workspace_id = $1 and o.merged_into = ${kept}`;
}
