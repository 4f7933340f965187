// Teams and skills: names by which agents are grouped and conversations narrowed.
import { type Db, query, queryOne, type Statement, statement } from './sql.ts';
import type { RoutingTx } from './tx.ts';

export type GroupKind = 'team' | 'skill';
export interface GroupRow {
  id: string;
  name: string;
}

function statementsFor(kind: GroupKind) {
  return {
    list: statement<GroupRow>(
      `list-${kind}s`,
      `select ${kind}_id as id, name from ${kind} where workspace_id = $1 order by lower(name)`,
    ),
    insert: statement<never>(
      `insert-${kind}`,
      `insert into ${kind} (workspace_id, ${kind}_id, name) values ($1, $2, $3)`,
    ),
    rename: statement<GroupRow>(
      `rename-${kind}`,
      `update ${kind} set name = $3 where workspace_id = $1 and ${kind}_id = $2 returning ${kind}_id as id, name`,
    ),
    remove: statement<GroupRow>(
      `delete-${kind}`,
      `delete from ${kind} where workspace_id = $1 and ${kind}_id = $2 returning ${kind}_id as id, name`,
    ),
    // Membership is part of the roster, so those who lose it must be read anew.
    touch: statement<never>(
      `touch-${kind}-members`,
      `update agent set roster_version = nextval('roster_version') where workspace_id = $1
        and agent_id in (select agent_id from agent_${kind} where workspace_id = $1 and ${kind}_id = $2)`,
    ),
  } satisfies Record<string, Statement<unknown>>;
}

const sql = { team: statementsFor('team'), skill: statementsFor('skill') };

export function listGroups(db: Db, kind: GroupKind, workspaceId: string): Promise<GroupRow[]> {
  return query(db, sql[kind].list, [workspaceId]);
}

export async function insertGroup(
  db: Db,
  kind: GroupKind,
  group: GroupRow & { workspaceId: string },
): Promise<void> {
  await query(db, sql[kind].insert, [group.workspaceId, group.id, group.name]);
}

/** null: there is none. */
export function renameGroup(
  db: Db,
  kind: GroupKind,
  group: GroupRow & { workspaceId: string },
): Promise<GroupRow | null> {
  return queryOne(db, sql[kind].rename, [group.workspaceId, group.id, group.name]);
}

export async function deleteGroup(
  db: Db,
  kind: GroupKind,
  key: { workspaceId: string; id: string },
): Promise<boolean> {
  return (await queryOne(db, sql[kind].remove, [key.workspaceId, key.id])) !== null;
}

export async function touchMembers(
  tx: RoutingTx,
  kind: GroupKind,
  key: { workspaceId: string; id: string },
): Promise<void> {
  await query(tx, sql[kind].touch, [key.workspaceId, key.id]);
}
