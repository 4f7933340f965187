// Teams and skills: names by which agents are grouped and conversations narrowed.
import type { Effect, Promised, Writing } from './effects.ts';
import { type Db, query, queryOne, type Statement, statement } from './sql.ts';
import type { RoutingTx, Tx } from './tx.ts';

export type GroupKind = 'team' | 'skill';
export interface GroupRow {
  id: string;
  name: string;
  /** Of a team: what each of its conversations needs. */
  skillIds?: readonly string[];
}

const rowOf = (kind: GroupKind): string =>
  `${kind}_id as id, name${kind === 'team' ? ', skill_ids as "skillIds"' : ''}`;

/** SQL: those of workspace $1. */
export const groupsOf = (kind: GroupKind): string =>
  `select ${rowOf(kind)} from ${kind} where workspace_id = $1 order by lower(name)`;

function statementsFor(kind: GroupKind) {
  const row = rowOf(kind);
  return {
    list: statement<GroupRow>(`list-${kind}s`, groupsOf(kind)),
    insert: statement<never>(
      `insert-${kind}`,
      `insert into ${kind} (workspace_id, ${kind}_id, name) values ($1, $2, $3)`,
    ),
    rename: statement<GroupRow>(
      `rename-${kind}`,
      `update ${kind} set name = coalesce($3, name) where workspace_id = $1 and ${kind}_id = $2 returning ${row}`,
    ),
    remove: statement<GroupRow>(
      `delete-${kind}`,
      `delete from ${kind} where workspace_id = $1 and ${kind}_id = $2 returning ${row}`,
    ),
    // Membership is part of the roster, so agents who lose it must be read again.
    touch: statement<never>(
      `touch-${kind}-members`,
      `update agent set roster_version = nextval('roster_version') where workspace_id = $1
        and agent_id in (select agent_id from agent_${kind} where workspace_id = $1 and ${kind}_id = $2)`,
    ).needs('wake', 'agent'),
  } satisfies Record<string, Statement<unknown, Effect>>;
}

const sql = { team: statementsFor('team'), skill: statementsFor('skill') };

export function listGroups(db: Db, kind: GroupKind, workspaceId: string): Promise<GroupRow[]> {
  return query(db, sql[kind].list, [workspaceId]);
}

export async function insertGroup(
  db: Db,
  kind: GroupKind,
  group: { workspaceId: string; id: string; name: string },
): Promise<void> {
  await query(db, sql[kind].insert, [group.workspaceId, group.id, group.name]);
}

/** Without a name the old one stays. null: there is none. */
export function renameGroup(
  db: Db,
  kind: GroupKind,
  group: { workspaceId: string; id: string; name: string | null },
): Promise<GroupRow | null> {
  return queryOne(db, sql[kind].rename, [group.workspaceId, group.id, group.name]);
}

const setTeamSkills_ = statement<never>(
  'set-team-skills',
  'update team set skill_ids = $3 where workspace_id = $1 and team_id = $2',
).needs('channels');

/** What each conversation of the team needs. */
export async function setTeamSkills(
  tx: Writing<typeof setTeamSkills_, Tx>,
  team: { workspaceId: string; id: string; skillIds: readonly string[] },
): Promise<void> {
  await query(tx, setTeamSkills_, [team.workspaceId, team.id, team.skillIds]);
}

const dropTeamSkill_ = statement<never>(
  'drop-team-skill',
  `update team set skill_ids = array_remove(skill_ids, $2)
  where workspace_id = $1 and skill_ids @> array[$2::uuid]`,
).needs('channels');

const dropChannelSkill_ = statement<never>(
  'drop-channel-skill',
  `update channel set config = jsonb_set(config, '{skills}', (config -> 'skills') - $2::text)
  where workspace_id = $1 and config -> 'skills' ? $2::text`,
).needs('channels');

/** Removes a deleted skill from the teams and channels that implied it. */
export async function dropSkill(
  tx: Writing<typeof dropTeamSkill_ | typeof dropChannelSkill_, Tx>,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<void> {
  await query(tx, dropTeamSkill_, [workspaceId, id]);
  await query(tx, dropChannelSkill_, [workspaceId, id]);
}

const dropHandover_ = statement<never>(
  'drop-channel-handover',
  `update channel set config = jsonb_set(config, '{handovers}', (
    select coalesce(jsonb_agg(e), '[]') from jsonb_array_elements(config -> 'handovers') e where e ->> 'teamId' <> $2::uuid::text))
  where workspace_id = $1 and config @> jsonb_build_object('handovers', jsonb_build_array(jsonb_build_object('teamId', $2::uuid)))`,
).needs('channels');

/** No channel takes the conversations of a deleted team over any more. */
export async function dropHandover(
  tx: Writing<typeof dropHandover_, Tx>,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<void> {
  await query(tx, dropHandover_, [workspaceId, id]);
}

export async function deleteGroup(
  db: Db,
  kind: GroupKind,
  key: { workspaceId: string; id: string },
): Promise<boolean> {
  return (await queryOne(db, sql[kind].remove, [key.workspaceId, key.id])) !== null;
}

export async function touchMembers(
  tx: RoutingTx & Promised<'wake' | 'agent'>,
  kind: GroupKind,
  key: { workspaceId: string; id: string },
): Promise<void> {
  await query(tx, sql[kind].touch, [key.workspaceId, key.id]);
}
