// The signed-in person's own availability, changed at once and put back if the server refuses.
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, client } from '../../api/client.ts';
import { agentsQuery } from '../../api/queries.ts';
import type { Agent, Availability } from '../../api/shapes.ts';
import { useLive } from '../../live/live-provider.tsx';
import { problemText } from '../answers/problem-text.ts';
import { useSession } from './use-session.ts';

export function useAvailability() {
  const queries = useQueryClient();
  const { user } = useSession();
  const { line } = useLive();
  const mine = useQuery(agentsQuery).data?.find(({ id }) => id === user.agentId);

  const show = (availability: Availability) =>
    queries.setQueryData<Agent[]>(agentsQuery.queryKey, (agents) =>
      agents?.map((agent) => (agent.id === user.agentId ? { ...agent, availability } : agent)),
    );
  const { mutate } = useMutation({
    // Two choices in a row reach the server in that order.
    scope: { id: 'availability' },
    mutationFn: (availability: Availability) =>
      ask(
        client.PATCH('/api/v1/agents/{id}', {
          params: { path: { id: user.agentId ?? '' } },
          body: { availability },
        }),
      ),
    onMutate: (availability) => {
      const before = mine?.availability ?? 'offline';
      show(availability);
      return { before };
    },
    onError: (error, _wish, context) => {
      if (context) show(context.before);
      notifications.show({ message: problemText(error), color: 'red' });
    },
    onSuccess: () => line?.tellPresence(),
    onSettled: () => queries.invalidateQueries({ queryKey: ['agents'] }),
  });
  const availability = mine?.availability ?? 'offline';
  return {
    availability,
    /** Whoever answers only in an outside system is as available as that says. */
    choosesHere: mine?.answersHere === true,
    choose: mutate,
    toggle: () => mutate(availability === 'online' ? 'away' : 'online'),
  };
}
