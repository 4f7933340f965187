// The company of `makeCompany` in a database, so that policies that are written for it hold.
import type { PolicyNames } from '../../src/routing/policy/policy-names.ts';
import type { Db } from '../../src/store/sql.ts';
import { makeCompany } from './valid-policies.ts';

export async function fillCompany(db: Db, workspaceId: string): Promise<PolicyNames> {
  const company = makeCompany();
  const { teams, skills, agents, channels } = company;
  const insert = async (text: string, values: unknown[]) => {
    await db.query({ text, values: [workspaceId, ...values] });
  };
  for (const [table, groups] of [
    ['team', teams],
    ['skill', skills],
  ] as const) {
    for (const { id, name } of groups) {
      const columns = `(workspace_id, ${table}_id, name)`;
      await insert(`insert into ${table} ${columns} values ($1, $2, $3)`, [id, name]);
    }
  }
  for (const { id, name } of channels) {
    const columns = '(workspace_id, channel_id, kind, name)';
    await insert(`insert into channel ${columns} values ($1, $2, 'webchat', $3)`, [id, name]);
  }
  for (const agent of agents) {
    const columns = '(workspace_id, agent_id, name, email, effective_capacity, ceiling)';
    const { id, name, email } = agent;
    await insert(`insert into agent ${columns} values ($1, $2, $3, $4, 2, 2)`, [id, name, email]);
    for (const teamId of agent.teamIds) {
      await insert('insert into agent_team (workspace_id, agent_id, team_id) values ($1, $2, $3)', [
        ...[id, teamId],
      ]);
    }
    for (const [skillId, level] of Object.entries(agent.skills)) {
      const own = '(workspace_id, agent_id, skill_id, level)';
      await insert(`insert into agent_skill ${own} values ($1, $2, $3, $4)`, [id, skillId, level]);
    }
  }
  return company;
}
