// Files that agents send in Rocket.Chat and that cannot be had, now or ever.
import { expect, test } from 'vitest';
import type { Message } from '../../src/contract/messages.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type RocketDesk, startWithRocketChat } from '../makers/start-with-rocketchat.ts';

const FILES = '/file-upload/';
const file = (name: string) => ({ name, type: 'image/png', bytes: Buffer.from('a picture') });

/** What agents said, once it is as wanted; time goes by meanwhile. */
function told(
  desk: RocketDesk,
  conversationId: string,
  wanted: (messages: Message[]) => boolean,
): Promise<Message[]> {
  return eventually(async () => {
    await desk.advance(5000);
    return desk.messages(conversationId);
  }, wanted);
}

const shown = (messages: Message[]) =>
  messages.map(({ text, attachments }) => text || attachments.map(({ name }) => name).join());

test('a file that fails four times is had at the fifth try, before what was said after it', async () => {
  const desk = await startWithRocketChat();
  const { conversationId: id } = await desk.open();
  const room = await desk.placed(id);
  desk.rocket.faults.next('server-error', { path: FILES, times: 4 });
  desk.rocket.people.upload('agent.1', room._id, file('map.png'));
  desk.rocket.people.answer('agent.1', room._id, 'See the map');
  const messages = await told(desk, id, ({ length }) => length === 2);
  expect(shown(messages)).toEqual(['map.png', 'See the map']);
});

test('a file that fails five times is named instead, before what was said after it', async () => {
  const desk = await startWithRocketChat();
  const { conversationId: id } = await desk.open();
  const room = await desk.placed(id);
  desk.rocket.faults.next('server-error', { path: FILES, times: 5 });
  desk.rocket.people.upload('agent.1', room._id, file('map.png'));
  desk.rocket.people.answer('agent.1', room._id, 'See the map');
  const messages = await told(desk, id, ({ length }) => length === 2);
  expect(shown(messages)).toEqual([
    expect.stringMatching(/^\[map\.png: Rocket\.Chat answered 500/),
    'See the map',
  ]);
  expect(messages[0]?.attachments).toEqual([]);
});

test('files that never can be had do not hold up the end of a room of which nobody tells', async () => {
  const desk = await startWithRocketChat({ deaf: true });
  const ticket = await desk.open();
  const room = await desk.placed(ticket.conversationId);
  desk.rocket.faults.next('server-error', { path: FILES, times: 1000 });
  desk.rocket.people.upload('agent.1', room._id, file('map.png'));
  desk.rocket.people.upload('agent.1', room._id, file('plan.png'));
  desk.rocket.people.answer('agent.1', room._id, 'Bye');
  desk.rocket.people.close('agent.1', room._id);
  await eventually(
    async () => {
      await desk.advance(20_000);
      return desk.seen(ticket.ticketId);
    },
    (seen) => seen.includes('#closed'),
  );
  expect(desk.seen(ticket.ticketId)).toEqual([
    expect.stringContaining('[map.png: '),
    expect.stringContaining('[plan.png: '),
    'Bye',
    '#closed',
  ]);
  const tries = desk.rocket.requests.filter(({ path }) => path.startsWith(FILES)).length;
  expect(tries).toBe(6);
});
