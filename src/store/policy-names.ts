// What a policy may name in a workspace: its teams, skills and channels, and its agents with theirs.
import { listChannels } from './channels.ts';
import { listGroups } from './groups.ts';
import { type Db, query, statement } from './sql.ts';

interface AgentNames {
  id: string;
  name: string;
  email: string | null;
  kind: 'human' | 'bot';
  teamIds: string[];
  /** Levels by the skill’s id. */
  skills: Record<string, number>;
}

const listAgentNames_ = statement<AgentNames>(
  'list-agent-names',
  `select a.agent_id as id, a.name, a.email, a.kind,
    array(select team_id from agent_team t where t.workspace_id = $1 and t.agent_id = a.agent_id) as "teamIds",
    coalesce((select jsonb_object_agg(skill_id, level) from agent_skill s
      where s.workspace_id = $1 and s.agent_id = a.agent_id), '{}') as skills
  from agent a where a.workspace_id = $1 and a.deleted_at is null order by a.agent_id`,
);

export async function readPolicyNames(db: Db, workspaceId: string) {
  const teams = await listGroups(db, 'team', workspaceId);
  const skills = await listGroups(db, 'skill', workspaceId);
  const agents = await query(db, listAgentNames_, [workspaceId]);
  const channels = (await listChannels(db, workspaceId)).map(({ channelId: id, name, kind }) => ({
    ...{ id, name, kind },
  }));
  return { teams, skills, agents, channels };
}
