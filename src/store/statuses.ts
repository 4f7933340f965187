// The statuses that a workspace offers to people who are away.
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { RoutingTx } from './tx.ts';

export interface StatusRow {
  id: string;
  name: string;
  emoji: string | null;
  colour: string | null;
  archived: boolean;
}

const columns = 'status_id as id, name, emoji, colour, archived_at is not null as archived';

const list_ = statement<StatusRow>(
  'list-statuses',
  `select ${columns} from agent_status where workspace_id = $1 order by archived_at nulls first, place, status_id`,
);

/** In their order, the archived ones last. */
export function listStatuses(db: Db, workspaceId: string): Promise<StatusRow[]> {
  return query(db, list_, [workspaceId]);
}

const get_ = statement<StatusRow>(
  'get-status',
  `select ${columns} from agent_status where workspace_id = $1 and status_id = $2`,
);

export function getStatus(
  db: Db,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<StatusRow | null> {
  return queryOne(db, get_, [workspaceId, id]);
}

const insert_ = statement<never>(
  'insert-status',
  `insert into agent_status (workspace_id, status_id, name, emoji, colour, place)
  select $1, $2, $3, $4, $5, coalesce(max(place), 0) + 1 from agent_status where workspace_id = $1`,
).needs('settings');

/** It becomes the last. */
export async function insertStatus(
  tx: Writing<typeof insert_, RoutingTx>,
  { workspaceId, id, name, emoji, colour }: Omit<StatusRow, 'archived'> & { workspaceId: string },
): Promise<void> {
  await query(tx, insert_, [workspaceId, id, name, emoji, colour]);
}

const update_ = statement<StatusRow>(
  'update-status',
  `update agent_status set name = $3, emoji = $4, colour = $5,
    archived_at = case when $6 then coalesce(archived_at, clock_timestamp()) end
  where workspace_id = $1 and status_id = $2 returning ${columns}`,
).needs('settings');

export function updateStatus(
  tx: Writing<typeof update_, RoutingTx>,
  { workspaceId, id, name, emoji, colour, archived }: StatusRow & { workspaceId: string },
): Promise<StatusRow | null> {
  return queryOne(tx, update_, [workspaceId, id, name, emoji, colour, archived]);
}

const order_ = statement<never>(
  'order-statuses',
  `update agent_status s set place = o.place from unnest($2::uuid[]) with ordinality o(id, place)
  where s.workspace_id = $1 and s.status_id = o.id`,
).needs('settings');

export async function orderStatuses(
  tx: Writing<typeof order_, RoutingTx>,
  { workspaceId, ids }: { workspaceId: string; ids: readonly string[] },
): Promise<void> {
  await query(tx, order_, [workspaceId, ids]);
}
