// What the reports of the agents' side ask the server for.
import { queryOptions } from '@tanstack/react-query';
import { ask, client } from './client.ts';
import type { AdherenceQuery, DayQuery, SideQuery } from './shapes.ts';

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
export const dayQuery = (query: DayQuery) =>
  queryOptions({
    queryKey: ['report', 'day', query],
    queryFn: () => ask(client.GET('/api/v1/reports/day', { params: { query } })),
  });
