import { expect, test } from 'vitest';
import { makeFairTurns } from './fair-turns.ts';

const patience = () => AbortSignal.timeout(10_000);

test('whoever holds many places waits behind their own, and others pass them', async () => {
  const turns = makeFairTurns({ most: 2, mostEach: 1, mostWaiting: 3 });
  const order: string[] = [];
  const ask = async (key: string, name: string): Promise<void> => {
    if (await turns.take(key, patience())) order.push(name);
    else order.push(`${name} sent away`);
  };
  await ask('a', 'a1');
  const rest = ['a2', 'a3', 'a4', 'a5'].map((name) => ask('a', name));
  await rest[3];
  expect(order).toEqual(['a1', 'a5 sent away']);
  await ask('b', 'b1');
  const third = ask('c', 'c1');
  turns.pass('a');
  await rest[0];
  turns.pass('a');
  await third;
  turns.pass('b');
  await rest[1];
  expect(order).toEqual(['a1', 'a5 sent away', 'b1', 'a2', 'c1', 'a3']);
});

test('whoever leaves the line holds nobody up', async () => {
  const turns = makeFairTurns({ most: 1, mostEach: 1, mostWaiting: 3 });
  await turns.take('a', patience());
  const leaving = new AbortController();
  const left = turns.take('b', leaving.signal);
  const next = turns.take('c', patience());
  leaving.abort();
  expect(await left).toBe(false);
  turns.pass('a');
  expect(await next).toBe(true);
  turns.pass('c');
  expect(await turns.take('b', patience())).toBe(true);
});
