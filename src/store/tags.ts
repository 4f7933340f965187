// The tags that a workspace offers to choose from.
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface TagRow {
  id: string;
  name: string;
  colour: string;
}

const columns = 'tag_id as id, name, colour';

const list_ = statement<TagRow>(
  'list-tags',
  `select ${columns} from tag where workspace_id = $1 order by lower(name) limit 5000`,
);

export function listTags(db: Db, workspaceId: string): Promise<TagRow[]> {
  return query(db, list_, [workspaceId]);
}

const insert_ = statement<never>(
  'insert-tag',
  'insert into tag (workspace_id, tag_id, name, colour) values ($1, $2, $3, $4)',
);

export async function insertTag(
  tx: Tx,
  { workspaceId, id, name, colour }: TagRow & { workspaceId: string },
): Promise<void> {
  await query(tx, insert_, [workspaceId, id, name, colour]);
}

const update_ = statement<TagRow>(
  'update-tag',
  `update tag set name = coalesce($3, name), colour = coalesce($4, colour)
  where workspace_id = $1 and tag_id = $2 returning ${columns}`,
);

/** Undefined fields stay. null: there is none. */
export function updateTag(
  tx: Tx,
  change: {
    workspaceId: string;
    id: string;
    name?: string | undefined;
    colour?: string | undefined;
  },
): Promise<TagRow | null> {
  const { workspaceId, id, name = null, colour = null } = change;
  return queryOne(tx, update_, [workspaceId, id, name, colour]);
}

const delete_ = statement<TagRow>(
  'delete-tag',
  `delete from tag where workspace_id = $1 and tag_id = $2 returning ${columns}`,
);

/** null: there is none. Conversations keep its name. */
export function deleteTag(
  tx: Tx,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<TagRow | null> {
  return queryOne(tx, delete_, [workspaceId, id]);
}
