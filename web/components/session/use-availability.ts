// The signed-in person's own availability, changed at once and put back if the server refuses.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { serverNow } from '../../../browser/server-clock.ts';
import { ask, client } from '../../api/client.ts';
import { agentsQuery } from '../../api/queries.ts';
import type { Agent, Availability } from '../../api/shapes.ts';
import { useLive } from '../../live/live-provider.tsx';
import { toasts } from '../../ui/toasts.tsx';
import { problemText } from '../answers/problem-text.ts';
import { useSession } from './use-session.ts';

type Wish = Pick<Agent, 'availability' | 'statusId'> &
  Partial<Pick<Agent, 'statusCause' | 'statusSince'>>;

const NOBODY = {
  availability: 'offline' as Availability,
  statusId: null,
  statusCause: 'unknown' as Agent['statusCause'],
  statusSince: new Date(0).toISOString(),
};

export function useAvailability() {
  const queries = useQueryClient();
  const { user } = useSession();
  const { line } = useLive();
  // Whoever closes the page before the line stands is not online for ever.
  const leaseSeconds = line?.leaseSeconds() ?? 30;
  const mine = useQuery(agentsQuery).data?.find(({ id }) => id === user.agentId);

  const show = (wish: Wish) =>
    queries.setQueryData<Agent[]>(agentsQuery.queryKey, (agents) =>
      agents?.map((agent) => (agent.id === user.agentId ? { ...agent, ...wish } : agent)),
    );
  const { mutate } = useMutation({
    // Two choices in a row reach the server in that order.
    scope: { id: 'availability' },
    mutationFn: ({ availability, statusId }: Wish) =>
      ask(
        client.PATCH('/api/v1/agents/{id}', {
          params: { path: { id: user.agentId ?? '' } },
          body: { availability, statusId, ...(availability === 'online' && { leaseSeconds }) },
        }),
      ),
    onMutate: (wish) => {
      const { availability, statusId, statusCause, statusSince } = mine ?? NOBODY;
      show({ ...wish, statusCause: 'chosen', statusSince: new Date(serverNow()).toISOString() });
      return { before: { availability, statusId, statusCause, statusSince } };
    },
    onError: (error, _wish, context) => {
      if (context) show(context.before);
      toasts.show({ message: problemText(error), color: 'red' });
    },
    onSuccess: () => line?.tellPresence(),
    onSettled: () => queries.invalidateQueries({ queryKey: ['agents'] }),
  });
  const { availability, statusId } = mine ?? NOBODY;
  const choose = (wish: Availability) => mutate({ availability: wish, statusId: null });
  return {
    availability,
    statusId,
    mine,
    /** Whoever answers only in an outside system is as available as that says. */
    choosesHere: mine?.answersHere === true,
    choose,
    /** With a status of the workspace. */
    chooseStatus: (wish: Pick<Agent, 'availability' | 'statusId'>) => mutate(wish),
    toggle: () => choose(availability === 'online' ? 'away' : 'online'),
  };
}
