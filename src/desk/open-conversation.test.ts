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
  await closeConversation(desk, {
    workspaceId,
    conversationId,
    actor: 'test',
    acting: null,
    tellRemote: false,
  });
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
  expect(await openConversation(desk, opening)).toMatchObject({ opened: true, asked: true });
  expect(await route()).toBe(0);
  const { rows } = await desk.db.query(`select type from delivery where state = 'pending'`);
  expect(rows).toEqual([{ type: 'recheck' }]);
});

test('a list of rooms is not believed about a room closed a moment ago', async () => {
  const { desk, opening } = await makeClosedRoom();
  const opened = await openConversation(desk, { ...opening, listed: true });
  expect(opened).toMatchObject({ opened: false, conversationId: null });
});

test('of requests for one room at once each is answered with its conversation, and none of what they tell is lost', async () => {
  const { desk, opening, workspaceId } = await makeClosedRoom();
  const room = { ...opening, externalId: 'new' };
  const tell = (told: Partial<Opening['contact']>) =>
    openConversation(desk, { ...room, contact: { ...opening.contact, ...told } });
  // The first goes alone, the others share what follows.
  const [, ...answers] = await Promise.all([
    openConversation(desk, { ...opening, externalId: 'another' }),
    tell({ email: 'sari@example.com', attributes: { plan: 'gold' } }),
    tell({ name: 'Sari W.' }),
    tell({ phone: '+62', attributes: { city: 'Solo' } }),
  ]);
  expect(answers.map(({ opened }) => opened)).toEqual([true, false, false]);
  expect(new Set(answers.map(({ conversationId }) => conversationId)).size).toBe(1);
  const { rows } = await desk.db.query(
    `select name, email, phone, attributes from contact where workspace_id = $1 and external_id = 'sari'`,
    [workspaceId],
  );
  expect(rows).toEqual([
    {
      ...{ name: 'Sari', email: 'sari@example.com', phone: '+62' },
      attributes: { plan: 'gold', city: 'Solo' },
    },
  ]);
});
