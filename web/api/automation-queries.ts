// What the pages of automations read.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask, client } from './client.ts';

export const automationsQuery = queryOptions({
  queryKey: ['automations'],
  queryFn: async () => (await ask(client.GET('/api/v1/automations'))).items,
});
export const automationRunsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['automation-runs', id],
    queryFn: ({ pageParam }) => {
      const query = { limit: 50, ...(pageParam === '' ? {} : { cursor: pageParam }) };
      return ask(client.GET('/api/v1/automations/{id}/runs', { params: { path: { id }, query } }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 5000,
  });
/** What is wrong with it. */
export const automationCheckQuery = (automation: object) =>
  queryOptions({
    queryKey: ['automation-check', automation],
    queryFn: () => ask(client.POST('/api/v1/automations/check', { body: { automation } })),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
/** For which conversations it would act; worked out anew each time. */
export const automationTrialQuery = (automation: object) =>
  queryOptions({
    queryKey: ['automation-trial', automation],
    queryFn: () =>
      ask(client.POST('/api/v1/automations/check', { body: { automation, try: true } })),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
