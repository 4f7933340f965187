import { expect, onTestFinished, test, vi } from 'vitest';
import { makeChannel } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { makeChannelDirectory } from '../desk/channel-directory.ts';
import { pollChannels } from './poll-channels.ts';

test('a channel that throws, and one that never answers, keep no other from being asked again and again', async () => {
  const { desk, ...world } = await makeDesk();
  const make = async () => (await makeChannel({ desk, ...world }, { kind: 'qiscus' })).channelId;
  const [failing, silent, healthy] = [await make(), await make(), await make()];
  const answer = Promise.withResolvers<null>();
  const asked: string[] = [];
  const poll = pollChannels({
    desk,
    directory: await makeChannelDirectory(desk),
    sync: async ({ channelId }) => {
      asked.push(channelId);
      if (channelId === failing) throw new Error('broken');
      return channelId === silent ? answer.promise : null;
    },
    busyMs: 0,
    calmMs: 0,
  });
  onTestFinished(async () => {
    answer.resolve(null);
    await poll.stop();
  });
  const timesOf = (id: string) => asked.filter((one) => one === id).length;
  await vi.waitFor(() => expect(timesOf(healthy)).toBeGreaterThan(1), 20_000);
  expect(timesOf(failing)).toBeGreaterThan(0);
  expect(timesOf(silent)).toBe(1);
});

async function openTwoNodes() {
  const { desk, clock, database, ...world } = await makeDesk();
  const { channelId } = await makeChannel({ desk, ...world }, { kind: 'qiscus' });
  const directory = await makeChannelDirectory(desk);
  const answer = Promise.withResolvers<null>();
  const asked = { slow: 0, other: 0 };
  const state = { isCut: false };
  const query = (...args: unknown[]) =>
    state.isCut
      ? Promise.reject(new Error('Connection terminated'))
      : (database.pool.query as (...args: unknown[]) => unknown)(...args);
  const db = new Proxy(database.pool, {
    get: (pool, name) => (name === 'query' ? query : Reflect.get(pool, name)),
  });
  const silent = { ...desk.log, error: () => {}, warn: () => {} };
  const open = (node: keyof typeof asked, nodeDesk: typeof desk) =>
    pollChannels({
      desk: { ...nodeDesk, clock, log: silent as never },
      directory,
      sync: async () => {
        asked[node] += 1;
        return node === 'slow' ? answer.promise : null;
      },
      ...{ busyMs: 0, calmMs: 0 },
    });
  const slow = open('slow', { ...desk, db });
  await vi.waitFor(() => expect(asked.slow).toBe(1), 20_000);
  const other = open('other', desk);
  onTestFinished(async () => {
    answer.resolve(null);
    await Promise.all([slow.stop(), other.stop()]);
  });
  const heldFor = async (): Promise<number> => {
    const { rows } = await database.pool.query<{ ms: number }>(
      `select extract(epoch from sync_due_at - clock_timestamp())::float8 * 1000 as ms from channel where channel_id = $1`,
      [channelId],
    );
    return rows[0]?.ms ?? 0;
  };
  return { clock, asked, state, heldFor };
}

test('a channel that takes long to answer is asked by no other node meanwhile', async () => {
  const { clock, asked, heldFor } = await openTwoNodes();
  for (let nth = 0; nth < 6; nth += 1) {
    await clock.advance(3500);
    await vi.waitFor(async () => expect(await heldFor()).toBeGreaterThan(9000), 20_000);
  }
  expect(asked).toEqual({ slow: 1, other: 0 });
});

test('of a node that loses its database while it asks, another takes the turn in ten seconds', async () => {
  const { clock, asked, state } = await openTwoNodes();
  state.isCut = true;
  await clock.advance(9000);
  expect(asked.other).toBe(0);
  await clock.advance(1500);
  await vi.waitFor(() => expect(asked.other).toBeGreaterThan(0), 20_000);
});
