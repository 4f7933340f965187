// Gives an agent a skill that the company names, and creates it if there is none.
import { v7 as uuid } from 'uuid';
import { getAgent, setAgentSkills } from '../store/agents.ts';
import type { Promised } from '../store/effects.ts';
import { insertGroup, listGroups } from '../store/groups.ts';
import type { RoutingTx } from '../store/tx.ts';

export async function takeSkill(
  tx: RoutingTx & Promised<'wake' | 'agent'>,
  key: { workspaceId: string; agentId: string },
  name: string,
): Promise<void> {
  const { workspaceId } = key;
  const known = (await listGroups(tx, 'skill', workspaceId)).find(
    (skill) => skill.name.toLowerCase() === name.toLowerCase(),
  );
  const skill = known ?? { id: uuid(), name };
  if (known === undefined) await insertGroup(tx, 'skill', { workspaceId, ...skill });
  const skillIds = (await getAgent(tx, key))?.skillIds ?? [];
  if (skillIds.includes(skill.id)) return;
  await setAgentSkills(tx, { ...key, skillIds: [...skillIds, skill.id] });
}
