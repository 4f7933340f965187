// What the pages on contacts ask for.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask, client } from './client.ts';

export interface ContactsAsked {
  q: string;
  tag: string;
  attribute: string;
  value: string;
  blocked: boolean;
}

export const contactsQuery = ({ q, tag, attribute, value, blocked }: ContactsAsked) =>
  infiniteQueryOptions({
    queryKey: ['contacts', { q, tag, attribute, value, blocked }],
    queryFn: ({ pageParam }) =>
      ask(
        client.GET('/api/v1/contacts', {
          params: {
            query: {
              limit: 50,
              ...(q !== '' && { q }),
              ...(tag !== '' && { tag }),
              ...(attribute !== '' && { attribute, value }),
              ...(blocked && { blocked: true as const }),
              ...(pageParam !== '' && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

const path = (id: string) => ({ params: { path: { id } } });

export const contactRecordQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact-record', id],
    queryFn: () => ask(client.GET('/api/v1/contacts/{id}/record', path(id))),
  });

export const contactReachQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact-reach', id],
    queryFn: () => ask(client.GET('/api/v1/contacts/{id}/reach', path(id))),
  });

export const contactPastQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['contact-past', id],
    queryFn: ({ pageParam }) =>
      ask(
        client.GET('/api/v1/contacts/{id}/conversations', {
          params: {
            path: { id },
            query: { limit: 20, ...(pageParam !== '' && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const mergePreviewQuery = (id: string, mergedId: string) =>
  queryOptions({
    queryKey: ['merge-preview', id, mergedId],
    queryFn: () =>
      ask(
        client.GET('/api/v1/contacts/{id}/merge-preview', {
          params: { path: { id }, query: { mergedId } },
        }),
      ),
  });

export const blockedNetworksQuery = queryOptions({
  queryKey: ['blocked-networks'],
  queryFn: async () => (await ask(client.GET('/api/v1/blocked-networks'))).items,
});
