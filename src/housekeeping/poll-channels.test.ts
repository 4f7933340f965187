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
