// A hint that comes while a list is asked for the first time is not lost.
import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { expect, onTestFinished, test } from 'vitest';
import type { Conversation } from '../api/shapes.ts';
import { placeInLists } from './apply-hints.ts';

test('a list that is on its way for the first time is asked for once more', async () => {
  const queries = new QueryClient();
  onTestFinished(() => queries.clear());
  const answers: ((page: { items: string[] }) => void)[] = [];
  const queryKey = ['conversations', { state: 'waiting' }];
  const observer = new InfiniteQueryObserver(queries, {
    queryKey,
    queryFn: () => new Promise<{ items: string[] }>((answer) => answers.push(answer)),
    initialPageParam: '',
    getNextPageParam: () => null,
  });
  onTestFinished(observer.subscribe(() => {}));
  await expect.poll(() => answers.length).toBe(1);
  placeInLists(queries, { id: 'k1' } as Conversation, { agentId: null, teamIds: [] });
  answers[0]?.({ items: [] });
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.({ items: ['k1'] });
  await expect.poll(() => observer.getCurrentResult().data?.pages[0]?.items).toEqual(['k1']);
});
