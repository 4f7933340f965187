// Who is in a team, as chosen in its form; kept with each agent, because that is where the server has it.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, client } from '../../api/client.ts';
import { agentsQuery } from '../../api/queries.ts';
import type { Agent } from '../../api/shapes.ts';

/** `teamId`: null: of a team that is still to be made. */
export function useMembers(teamId: string | null) {
  const agents = useQuery(agentsQuery).data ?? [];
  const before = agents.filter((agent) => isIn(agent, teamId)).map(({ id }) => id);
  const [chosen, choose] = useState<string[] | null>(null);
  const memberIds = chosen ?? before;
  const changed = agents.filter(({ id }) => memberIds.includes(id) !== before.includes(id));
  return {
    ...{ agents, memberIds, choose },
    isChanged: changed.length > 0,
    save: async (id: string) => {
      for (const agent of changed) {
        const others = agent.teamIds.filter((one) => one !== id);
        const teamIds = memberIds.includes(agent.id) ? [...others, id] : others;
        await ask(
          client.PATCH('/api/v1/agents/{id}', {
            params: { path: { id: agent.id } },
            body: { teamIds },
          }),
        );
      }
    },
  };
}

const isIn = ({ teamIds }: Agent, teamId: string | null): boolean =>
  teamId !== null && teamIds.includes(teamId);
