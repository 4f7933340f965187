// The macros that one may use: everybody's, those of one's teams, and for supervisors all.
import { useQuery } from '@tanstack/react-query';
import { agentsQuery, macrosQuery } from '../../api/queries.ts';
import type { Macro } from '../../api/shapes.ts';
import { useCan, useSession } from '../session/use-session.ts';

/** undefined: they have not come yet. */
export function useMacros(enabled = true): Macro[] | undefined {
  const can = useCan();
  const { user } = useSession();
  const macros = useQuery({ ...macrosQuery, enabled }).data;
  const agents = useQuery({ ...agentsQuery, enabled }).data;
  const teamIds = agents?.find(({ id }) => id === user.agentId)?.teamIds ?? [];
  return macros?.filter(
    ({ teamId }) => teamId === null || teamIds.includes(teamId) || can('macros.write'),
  );
}
