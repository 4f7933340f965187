// One after the other, in their order.
import { expect, test } from 'vitest';
import { inTurn } from './in-turn.ts';
import { isOutage } from './is-outage.ts';

function begin() {
  const done: string[] = [];
  const first = Promise.withResolvers<void>();
  const act = (what: string) =>
    inTurn('test', async () => {
      done.push(`${what} begins`);
      await first.promise;
      done.push(`${what} ends`);
    });
  return { done, act, goOn: first.resolve };
}

test('each begins when the one before has ended, and who is in another line waits for none of them', async () => {
  const { done, act, goOn } = begin();
  const all = [act('one'), act('two'), act('three')];
  await inTurn('another', async () => done.push('another'));
  expect(done).toEqual(['one begins', 'another']);
  goOn();
  await Promise.all(all);
  expect(done.slice(2)).toEqual([
    'one ends',
    ...['two', 'three'].flatMap((what) => [`${what} begins`, `${what} ends`]),
  ]);
});

test('one that fails is alone with it, and those who come later need not wait', async () => {
  const fail = () => inTurn('test', () => Promise.reject(new Error('broken')));
  const well = () => inTurn('test', async () => 'well');
  const [failed, next] = await Promise.allSettled([fail(), well()]);
  expect(failed).toMatchObject({ status: 'rejected' });
  expect(next).toMatchObject({ value: 'well' });
  expect(await well()).toBe('well');
});

test('who has waited too long is sent away as if the database did not answer, and is not in the line any more', async () => {
  const { done, act, goOn } = begin();
  const first = act('one');
  const late = inTurn('test', async () => done.push('late'), { withinMs: 20 });
  const last = act('two');
  await expect(late).rejects.toSatisfy(isOutage);
  goOn();
  await Promise.all([first, last]);
  expect(done).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
});

test('who comes when as many wait as may is refused, and whoever waits keeps their turn', async () => {
  const { done, act, goOn } = begin();
  const most = { waiting: 2, refusal: 'trial.too-many' } as const;
  const all = [act('one'), act('two'), act('three')];
  await expect(inTurn('test', async () => done.push('four'), { most })).rejects.toMatchObject({
    code: 'trial.too-many',
  });
  goOn();
  await Promise.all(all);
  await inTurn('test', async () => done.push('later'), { most });
  expect(done.filter((what) => !what.endsWith('begins'))).toEqual([
    ...['one ends', 'two ends', 'three ends', 'later'],
  ]);
});
