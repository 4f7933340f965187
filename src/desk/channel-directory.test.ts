// The channels in memory, by which a stranger's request finds its workspace.
import { expect, test } from 'vitest';
import { makeChannel } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { makeChannelDirectory } from './channel-directory.ts';

test('a channel of a kind that only a newer server knows is out of service, and said; the others serve', async () => {
  const world = await makeDesk();
  const { channelId } = await makeChannel(world);
  const newer = await makeChannel(world);
  const change = `update channel set kind = 'of-tomorrow' where channel_id = $1`;
  await world.database.pool.query(change, [newer.channelId]);
  const said: unknown[] = [];
  const log = { ...world.desk.log, error: (details: unknown) => void said.push(details) };
  const directory = await makeChannelDirectory({ ...world.desk, log });
  expect(directory.all().map((one) => one.channelId)).toEqual([channelId]);
  expect(said).toEqual([
    { workspaceId: world.workspaceId, channelId: newer.channelId, kind: 'of-tomorrow' },
  ]);
});
