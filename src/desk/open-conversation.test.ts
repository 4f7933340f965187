// A room that was closed a moment ago: who asks for it may be late, and a list of rooms may be old.
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { closeConversation } from './close-conversation.ts';
import { type Opening, openConversation } from './open-conversation.ts';
import { syncAgents } from './sync-agents.ts';

/** A room of an outside system, just closed, and a free agent there. */
async function makeClosedRoom() {
  const world = await makeDesk();
  const { desk, workspaceId } = world;
  const channel = await makeChannel(world, { kind: 'qiscus' });
  const ana = { externalId: '1', name: 'Ana', email: null, isAvailable: true };
  const agents = [{ ...ana, customerCount: 0, channelIds: null }];
  await syncAgents(desk, { workspaceId, channelId: channel.channelId, agents });
  const conversationId = await makeConversation(world, channel, { externalId: 'room' });
  await closeConversation(desk, { workspaceId, conversationId, actor: 'test', tellRemote: false });
  const sari = { name: 'Sari', email: null, phone: null, avatarUrl: null, attributes: {} };
  const opening: Opening = {
    workspaceId,
    channel,
    externalId: 'room',
    externalChannelId: null,
    contact: { externalId: 'sari', ...sari },
    priority: 'normal',
    previousSessionId: null,
    meta: {},
  };
  return { ...world, opening };
}

test('a webhook of a room closed a moment ago waits for a look at the room, and nobody is sent there', async () => {
  const { desk, opening, route } = await makeClosedRoom();
  expect(await openConversation(desk, opening)).toMatchObject({ opened: true, held: true });
  expect(await route()).toBe(0);
  const { rows } = await desk.db.query(`select type from delivery where state = 'pending'`);
  expect(rows).toEqual([{ type: 'recheck' }]);
});

test('a list of rooms is not believed about a room closed a moment ago', async () => {
  const { desk, opening } = await makeClosedRoom();
  const opened = await openConversation(desk, { ...opening, listed: true });
  expect(opened).toMatchObject({ opened: false, conversationId: null });
});
