// What is asked about mentions, by whoever shows them.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask, client } from './client.ts';

export const mentionsQuery = infiniteQueryOptions({
  queryKey: ['mentions', 'all'],
  queryFn: ({ pageParam }) => {
    const query = { limit: 50, ...(pageParam === '' ? {} : { cursor: pageParam }) };
    return ask(client.GET('/api/v1/mentions', { params: { query } }));
  },
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

/** `count`: how many there are, so that another number asks anew. */
export const unreadMentionsQuery = (count: number) =>
  queryOptions({
    queryKey: ['mentions', 'unread', count],
    queryFn: async () => {
      const query = { unread: true, limit: 100 };
      return (await ask(client.GET('/api/v1/mentions', { params: { query } }))).items;
    },
  });

export const mentionableQuery = (id: string) =>
  queryOptions({
    queryKey: ['mentionable', id],
    queryFn: async () => {
      const params = { path: { id } };
      return (await ask(client.GET('/api/v1/conversations/{id}/mentionable', { params }))).items;
    },
    staleTime: 10_000,
  });

/** null: all. */
export function readMentions(conversationId: string | null): Promise<unknown> {
  const body = conversationId === null ? {} : { conversationId };
  return ask(client.POST('/api/v1/mentions/read', { body }));
}
