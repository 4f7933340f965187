// What the reports and the wall ask the server for.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { serverNow } from '../../browser/server-clock.ts';
import { ask, client } from './client.ts';
import { PAGE_SIZE } from './queries.ts';
import type {
  AdherenceQuery,
  DayQuery,
  DistributionQuery,
  ReportListQuery,
  SideQuery,
  ToldWaitsQuery,
  WeekQuery,
} from './shapes.ts';

export const occupancyQuery = (query: SideQuery) =>
  queryOptions({
    queryKey: ['report', 'occupancy', query],
    queryFn: () => ask(client.GET('/api/v1/reports/occupancy', { params: { query } })),
  });
export const offersQuery = (query: SideQuery) =>
  queryOptions({
    queryKey: ['report', 'offers', query],
    queryFn: () => ask(client.GET('/api/v1/reports/offers', { params: { query } })),
  });
export const answersQuery = (query: SideQuery) =>
  queryOptions({
    queryKey: ['report', 'answers', query],
    queryFn: () => ask(client.GET('/api/v1/reports/answers', { params: { query } })),
  });
export const adherenceQuery = (query: AdherenceQuery) =>
  queryOptions({
    queryKey: ['report', 'adherence', query],
    queryFn: () => ask(client.GET('/api/v1/reports/adherence', { params: { query } })),
  });
export const toldWaitsQuery = (query: ToldWaitsQuery) =>
  queryOptions({
    queryKey: ['report', 'told-waits', query],
    queryFn: () => ask(client.GET('/api/v1/reports/told-waits', { params: { query } })),
  });
export const dayQuery = (query: DayQuery) =>
  queryOptions({
    queryKey: ['report', 'day', query],
    queryFn: () => ask(client.GET('/api/v1/reports/day', { params: { query } })),
  });

export const distributionQuery = (query: DistributionQuery) =>
  queryOptions({
    queryKey: ['report', 'distribution', query],
    queryFn: () => ask(client.GET('/api/v1/reports/distribution', { params: { query } })),
  });
export const weekQuery = (query: WeekQuery) =>
  queryOptions({
    queryKey: ['report', 'week', query],
    queryFn: () => ask(client.GET('/api/v1/reports/week', { params: { query } })),
  });
export const ratingsQuery = (query: WeekQuery) =>
  queryOptions({
    queryKey: ['report', 'ratings', query],
    queryFn: () => ask(client.GET('/api/v1/reports/ratings', { params: { query } })),
  });
export const behindQuery = (query: ReportListQuery) =>
  infiniteQueryOptions({
    queryKey: ['report', 'behind', query] as const,
    queryFn: ({ pageParam }) =>
      ask(
        client.GET('/api/v1/reports/conversations', {
          params: {
            query: {
              ...query,
              limit: PAGE_SIZE,
              ...(pageParam === '' ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** `at`: when it was told. */
export const wallQuery = queryOptions({
  queryKey: ['wall'],
  // An answer that does not come must not hold up the next question.
  queryFn: async () => {
    const signal = AbortSignal.timeout(10_000);
    return { ...(await ask(client.GET('/api/v1/queue/wall', { signal }))), at: serverNow() };
  },
});
