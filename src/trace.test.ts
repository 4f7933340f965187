// Work knows the trace that it is done for, and whoever is woken by it is in none.
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../test/makers/make-conversation.ts';
import { makeDesk } from '../test/makers/make-desk.ts';
import { silentDesk } from '../test/makers/silent-desk.ts';
import { makeGather } from './store/gather.ts';
import { currentTrace, currentTraces, inTrace, outOfTrace, type Trace } from './trace.ts';

const traceOf = (nth: number): Trace => ({
  traceId: `${nth}`.repeat(32),
  spanId: `${nth}`.repeat(16),
});

test('those who share a batch are known each in its place, and who comes later is in no trace of theirs', async () => {
  const seen: (readonly (Trace | null)[])[] = [];
  const gather = makeGather(async (_: { db: object }, _key: string, items: number[]) => {
    seen.push(currentTraces());
    return items;
  });
  const means = { db: {} };
  const ask = (nth: number) => gather(means, 'a', nth);
  const first = inTrace(traceOf(1), () => ask(1));
  const others = [inTrace(traceOf(2), () => ask(2)), ask(3), inTrace(traceOf(4), () => ask(4))];
  await Promise.all([first, ...others]);
  const last = [ask(5)];
  await Promise.all(last);
  expect(seen).toEqual([[traceOf(1)], [traceOf(2), null, traceOf(4)], []]);
});

test('a batch of the untraced is in no trace, though a traced one has begun the work', async () => {
  const seen: (Trace | null)[] = [];
  const gather = makeGather(async (_: { db: object }, _key: string, items: number[]) => {
    seen.push(currentTrace());
    return items;
  });
  const means = { db: {} };
  const traced = inTrace(traceOf(1), () => gather(means, 'a', 1));
  await Promise.all([traced, gather(means, 'a', 2)]);
  expect(seen).toEqual([traceOf(1), null]);
});

test('what a commit wakes is in no trace: it works for others too', async () => {
  const stand = await makeDesk();
  const channel = await makeChannel(stand);
  const woken: (Trace | null)[] = [];
  const wake = () => void woken.push(currentTrace());
  const desk = silentDesk(stand.desk.db, { clock: stand.desk.clock, wake });
  await inTrace(traceOf(1), () =>
    makeConversation({ desk, workspaceId: stand.workspaceId }, channel),
  );
  expect(woken).toEqual([null]);
});

test('a trace is left and found again', () => {
  inTrace(traceOf(1), () => {
    expect(outOfTrace(() => currentTrace())).toBeNull();
    expect(currentTrace()).toEqual(traceOf(1));
  });
  expect(currentTraces()).toEqual([]);
});
