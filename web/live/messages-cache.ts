// The messages of a conversation in the cache: the newest first, older ones when somebody scrolls to them.
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { ask, client } from '../api/client.ts';
import type { Message } from '../api/shapes.ts';
import { askAnew } from './ask-anew.ts';
import { askAfter, mergeMessages } from './merge-messages.ts';

export const MESSAGES_AT_ONCE = 100;
const OLDER_AT_ONCE = 100;

export async function fetchMessages(id: string, afterSeq: number): Promise<Message[]> {
  const params = { path: { id }, query: { after: afterSeq } };
  return (await ask(client.GET('/api/v1/conversations/{id}/messages', { params }))).items;
}

/** All from `afterSeq` on, however many pages that takes. */
async function fetchAllAfter(id: string, afterSeq: number): Promise<Message[]> {
  const all: Message[] = [];
  for (let after = afterSeq; ; ) {
    const page = await fetchMessages(id, after);
    all.push(...page);
    const last = page.at(-1)?.seq;
    if (last === undefined || page.length < 200) return all;
    after = last;
  }
}

/** `lastSeq` is the newest that the conversation tells of; what is far before it comes later. */
export const messagesQuery = (id: string, lastSeq: number) =>
  queryOptions({
    queryKey: ['messages', id],
    // Its comparison goes by place: with older ones in front every message would become another object,
    // and be drawn anew (0.6 s with 5,000).
    structuralSharing: false,
    queryFn: async ({ client: queries }) => {
      const read = () => queries.getQueryData<Message[]>(['messages', id]);
      const known = read();
      const after = known === undefined ? Math.max(0, lastSeq - MESSAGES_AT_ONCE) : askAfter(known);
      const fetched = await fetchAllAfter(id, after);
      // Older ones, or an own one, may have come meanwhile.
      return mergeMessages(read() ?? [], fetched);
    },
  });

export async function refreshMessages(queries: QueryClient, id: string): Promise<void> {
  await askAnew(queries, { queryKey: ['messages', id] });
}

/** What was said here is known as soon as it is answered; what came before it may still be on its way. */
export async function keepSaid(queries: QueryClient, id: string, said: Message): Promise<void> {
  const known = queries.getQueryData<Message[]>(['messages', id]) ?? [];
  // With nothing before it a gap could not be told from what has not been scrolled to.
  if (known.length === 0 && said.seq > 1) return refreshMessages(queries, id);
  queries.setQueryData<Message[]>(['messages', id], mergeMessages(known, [said]));
}

export async function fetchOlder(queries: QueryClient, id: string): Promise<void> {
  const known = queries.getQueryData<Message[]>(['messages', id]) ?? [];
  const first = known[0]?.seq ?? 1;
  if (first <= 1) return;
  const query = { beforeSeq: first, limit: OLDER_AT_ONCE };
  const params = { path: { id }, query };
  const older = (await ask(client.GET('/api/v1/conversations/{id}/messages', { params }))).items;
  queries.setQueryData<Message[]>(['messages', id], (now = []) => mergeMessages(now, older));
}
