// What the pages of alarms, mails and the system’s health ask for.
import { queryOptions } from '@tanstack/react-query';
import { type Api, ask, client } from './client.ts';

export const alarmsQuery = queryOptions({
  queryKey: ['alarms'],
  queryFn: async () => (await ask(client.GET('/api/v1/alarms'))).items,
  refetchInterval: 30_000,
});
export const alarmRulesQuery = queryOptions({
  queryKey: ['alarm-rules'],
  queryFn: () => ask(client.GET('/api/v1/alarm-rules')),
});
export const mailServerQuery = queryOptions({
  queryKey: ['mail-server'],
  queryFn: () => ask(client.GET('/api/v1/mail-server')),
});
export const mailsQuery = queryOptions({
  queryKey: ['mails'],
  queryFn: async () =>
    (await ask(client.GET('/api/v1/mails', { params: { query: { limit: 50 } } }))).items,
  refetchInterval: 10_000,
});

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: () => ask(client.GET('/api/v1/status')),
  refetchInterval: 15_000,
});

type Content<R> = R extends { content: { 'application/json': infer C } } ? C : never;
type Of<P extends keyof Api> = Api[P] extends { get: { responses: { 200: infer R } } }
  ? Content<R>
  : never;
type Items<T> = T extends { items: (infer I)[] } ? I : never;
export type Alarm = Items<Of<'/api/v1/alarms'>>;
export type AlarmRules = Of<'/api/v1/alarm-rules'>;
export type Mail = Items<Of<'/api/v1/mails'>>;
export type HealthItem = Items<Of<'/api/v1/status'>>;
