// What there is beside a plan: whom its steps can name, and who is there.
import { useQuery } from '@tanstack/react-query';
import { everyAgentQuery, skillsQuery, teamsQuery } from '../../api/queries.ts';
import type { Agent } from '../../api/shapes.ts';
import type { Known } from './count-serving.ts';

export interface PlanWorld {
  teams: Known;
  skills: Known;
  /** undefined: they have not come, or may not be seen. */
  agents: readonly Agent[] | undefined;
}

export function usePlanWorld(): PlanWorld {
  return {
    teams: useQuery(teamsQuery).data ?? [],
    skills: useQuery(skillsQuery).data ?? [],
    agents: useQuery(everyAgentQuery).data,
  };
}
