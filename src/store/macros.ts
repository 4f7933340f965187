// Macros: named lists of actions that agents choose from.
import type { Action } from '../contract/actions.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface MacroRow {
  id: string;
  name: string;
  /** null: everybody's. */
  teamId: string | null;
  actions: Action[];
}

const columns = 'macro_id as id, name, team_id as "teamId", actions';

const list_ = statement<MacroRow>(
  'list-macros',
  `select ${columns} from macro where workspace_id = $1 order by lower(name), macro_id limit 1000`,
);

export function listMacros(db: Db, workspaceId: string): Promise<MacroRow[]> {
  return query(db, list_, [workspaceId]);
}

const get_ = statement<MacroRow & { usable: boolean }>(
  'get-macro',
  `select ${columns}, team_id is null or exists (select from agent_team t where t.workspace_id = $1
    and t.team_id = m.team_id and t.agent_id = $3::uuid) as usable
  from macro m where workspace_id = $1 and macro_id = $2`,
);

/** `usable`: it is everybody's, or of a team of that agent. */
export function getMacro(
  db: Db,
  key: { workspaceId: string; id: string; agentId: string | null },
): Promise<(MacroRow & { usable: boolean }) | null> {
  return queryOne(db, get_, [key.workspaceId, key.id, key.agentId]);
}

const insert_ = statement<never>(
  'insert-macro',
  `insert into macro (workspace_id, macro_id, name, team_id, actions) values ($1, $2, $3, $4, $5)`,
);

export async function insertMacro(
  tx: Tx,
  { workspaceId, id, name, teamId, actions }: MacroRow & { workspaceId: string },
): Promise<void> {
  await query(tx, insert_, [workspaceId, id, name, teamId, JSON.stringify(actions)]);
}

const update_ = statement<MacroRow>(
  'update-macro',
  `update macro set name = coalesce($3, name), team_id = case when $4 then $5 else team_id end,
    actions = coalesce($6, actions)
  where workspace_id = $1 and macro_id = $2 returning ${columns}`,
);

/** Undefined fields stay. null: there is none. */
export function updateMacro(
  tx: Tx,
  change: {
    workspaceId: string;
    id: string;
    name?: string | undefined;
    teamId?: string | null | undefined;
    actions?: Action[] | undefined;
  },
): Promise<MacroRow | null> {
  const { workspaceId, id, name = null, teamId, actions } = change;
  const list = actions === undefined ? null : JSON.stringify(actions);
  return queryOne(tx, update_, [workspaceId, id, name, teamId !== undefined, teamId ?? null, list]);
}

const delete_ = statement<MacroRow>(
  'delete-macro',
  `delete from macro where workspace_id = $1 and macro_id = $2 returning ${columns}`,
);

/** null: there is none. */
export function deleteMacro(
  tx: Tx,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<MacroRow | null> {
  return queryOne(tx, delete_, [workspaceId, id]);
}
