// What is told while something is asked for the first time is not lost.
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, onTestFinished, test } from 'vitest';
import { askAnew } from './ask-anew.ts';

test('an answer that was read before the change is not the last', async () => {
  const queries = new QueryClient();
  onTestFinished(() => queries.clear());
  const answers: ((text: string) => void)[] = [];
  const query = {
    queryKey: ['thing'],
    queryFn: () => new Promise<string>((answer) => answers.push(answer)),
  };
  const stop = new QueryObserver(queries, query).subscribe(() => {});
  onTestFinished(stop);
  await expect.poll(() => answers.length).toBe(1);
  const asked = askAnew(queries, { queryKey: ['thing'] });
  answers[0]?.('before');
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.('after');
  await asked;
  expect(queries.getQueryData(['thing'])).toBe('after');
});

test('what has been answered is asked for once', async () => {
  const queries = new QueryClient();
  onTestFinished(() => queries.clear());
  let asked = 0;
  const query = { queryKey: ['thing'], queryFn: () => Promise.resolve(++asked) };
  const observer = new QueryObserver(queries, query);
  onTestFinished(observer.subscribe(() => {}));
  await expect.poll(() => observer.getCurrentResult().data).toBe(1);
  await askAnew(queries, { queryKey: ['thing'] });
  expect(queries.getQueryData(['thing'])).toBe(2);
});
