// What goes wrong in one ticket of the app in Rocket.Chat stays there: no other ticket waits for it,
// and no message is doubled, lost or said where nobody reads it.
import { expect, test } from 'vitest';
import {
  type Connected,
  startRapidProWithRocketChat,
} from '../makers/start-rapidpro-with-rocketchat.ts';

const MINUTE = 60_000;
const OTHER_TICKET = '59d74b86-3e2f-4a93-aece-b05d2fdcde0d';

type Ticket = Awaited<ReturnType<Connected['open']>>;

const say = async (desk: Connected, { contact }: Ticket, text: string) => {
  const sent = await desk.organisation.sendMessage({ contact, text });
  expect(sent.call?.status).toBe(201);
};
/** Long ones by their first letter and their length. */
const brief = (text: string) => (text.length > 100 ? `${text[0]}${text.length}` : text);
const ofVisitor = (desk: Connected, { roomId }: Ticket) =>
  desk
    .messages(roomId)
    .filter(({ token }) => token !== undefined)
    .map(({ msg }) => brief(msg));
const notes = (desk: Connected, { roomId }: Ticket) =>
  desk
    .messages(roomId)
    .filter(({ u }) => u.username === 'tickets.bot')
    .map(({ msg }) => msg);
const keptInbound = ({ engine }: Connected) =>
  [...engine.kept.byAssociation.keys()].filter((name) => name.includes('group:inbound:'));

test('a ticket whose room cannot be read keeps no other ticket waiting', async () => {
  const desk = await startRapidProWithRocketChat();
  const tickets = [await desk.open(), await desk.open(), await desk.open()] as const;
  desk.engine.stop();
  for (const { roomId } of tickets) desk.rocketchat.people.answer('ana', roomId, 'unheard');
  for (const { roomId } of tickets) desk.rocketchat.people.close('ana', roomId);
  const [first, ...others] = tickets;
  desk.engine.desk.brokenRooms.add(first.roomId);
  await desk.engine.start();
  await desk.advance(MINUTE);
  for (const { ticketId } of others) {
    await expect.poll(() => desk.seen(ticketId)).toEqual(['unheard', '#closed']);
  }
  const errors = desk.engine.log().filter(({ severity }) => severity === 'error');
  expect(errors.map(({ text }) => text)).toContainEqual(expect.stringContaining(first.ticketId));
  desk.engine.desk.brokenRooms.clear();
  await desk.advance(MINUTE);
  await expect.poll(() => desk.seen(first.ticketId)).toEqual(['unheard', '#closed']);
});

test('what a customer says while the room cannot be read is kept, and said when it can', async () => {
  const desk = await startRapidProWithRocketChat();
  const ticket = await desk.open();
  desk.engine.desk.brokenRooms.add(ticket.roomId);
  await say(desk, ticket, 'one');
  desk.engine.desk.brokenRooms.clear();
  await desk.advance(MINUTE);
  expect(ofVisitor(desk, ticket)).toEqual(['one']);
});

test('of a message in several parts, of which one is refused once, every part is said once and in order', async () => {
  const desk = await startRapidProWithRocketChat();
  const ticket = await desk.open();
  const parts = ['a', 'b', 'c'].map((letter) => letter.repeat(5000));
  let refused = 0;
  desk.engine.desk.refuses = (text) => {
    if (!text.startsWith('b') || refused === 2) return false;
    refused += 1;
    return true;
  };
  await say(desk, ticket, parts.join(''));
  await say(desk, ticket, 'after it');
  await desk.advance(MINUTE);
  expect(refused).toBe(2);
  expect(ofVisitor(desk, ticket)).toEqual(['a5000', 'b5000', 'c5000', 'after it']);
});

test('a message that Rocket.Chat refuses for an hour is left to agents as a note, and the next one is said', async () => {
  const desk = await startRapidProWithRocketChat();
  const ticket = await desk.open();
  desk.engine.desk.refuses = (text) => text.includes('bad word');
  await say(desk, ticket, `${'a'.repeat(5000)}bad word`);
  await say(desk, ticket, 'after it');
  for (let minute = 0; minute < 30; minute += 1) await desk.advance(MINUTE);
  expect(ofVisitor(desk, ticket)).toEqual(['a5000']);
  for (let minute = 0; minute < 30; minute += 1) await desk.advance(MINUTE);
  expect(ofVisitor(desk, ticket)).toEqual(['a5000', 'after it']);
  expect(notes(desk, ticket)).toEqual([expect.stringMatching(/^Rocket\.Chat .*\nbad word$/)]);
  expect(keptInbound(desk)).toEqual([]);
});

test('what waits to be said is said before RapidPro’s closing, and nothing is said after it', async () => {
  const desk = await startRapidProWithRocketChat();
  const ticket = await desk.open();
  desk.engine.desk.refuses = () => true;
  await say(desk, ticket, 'one');
  desk.engine.desk.refuses = () => false;
  const atClosing: string[] = [];
  desk.rocketchat.world.listeners.on('onClosed', () => {
    atClosing.push(...ofVisitor(desk, ticket));
  });
  await desk.organisation.closeTicket(ticket.ticketId);
  expect(desk.room(ticket.roomId).open).toBeUndefined();
  expect(atClosing).toEqual(['one']);
  await desk.advance(MINUTE);
  expect([ofVisitor(desk, ticket), desk.rooms().length]).toEqual([['one'], 1]);
  expect(keptInbound(desk)).toEqual([]);
});

test('what is refused until a ticket is closed is left in its room as a note, and never said in another', async () => {
  for (const isByAgent of [true, false]) {
    const desk = await startRapidProWithRocketChat();
    const ticket = await desk.open();
    desk.engine.desk.refuses = () => true;
    await say(desk, ticket, 'one');
    await say(desk, ticket, 'two');
    if (isByAgent) desk.rocketchat.people.close('ana', ticket.roomId);
    else await desk.organisation.closeTicket(ticket.ticketId);
    await desk.engine.idle();
    desk.engine.desk.refuses = () => false;
    await desk.advance(MINUTE);
    expect([isByAgent, ofVisitor(desk, ticket), desk.rooms().length]).toEqual([isByAgent, [], 1]);
    const left = notes(desk, ticket).map((note) => note.split('\n').slice(1));
    expect([isByAgent, left]).toEqual([isByAgent, [['one'], ['two']]]);
    expect(keptInbound(desk)).toEqual([]);
  }
});

test('what a newer ticket supersedes is said in the old room before it is closed', async () => {
  const desk = await startRapidProWithRocketChat();
  const ticket = await desk.open();
  desk.engine.desk.refuses = () => true;
  await say(desk, ticket, 'one');
  desk.engine.desk.refuses = () => false;
  const body = { ticketID: OTHER_TICKET, visitor: { token: ticket.contact.token } };
  const authorization = `Token ${desk.organisation.ticketer()?.secret}`;
  const second = await desk.call('GET', '/room', { authorization, body });
  expect(second.status).toBe(200);
  expect(ofVisitor(desk, ticket)).toEqual(['one']);
  const newer = (second.body as { id: string }).id;
  expect(desk.messages(newer)).toEqual([]);
});

test('wherever the engine ends while an agent’s closing is told, RapidPro hears of it, and the app knows that it did', async () => {
  let isOver = false;
  for (let place = 1; !isOver; place += 1) {
    const desk = await startRapidProWithRocketChat();
    const ticket = await desk.open();
    let changes = 0;
    desk.engine.storage.onChange = () => {
      changes += 1;
      if (changes === place) desk.engine.stop();
    };
    desk.rocketchat.people.close('ana', ticket.roomId);
    await desk.engine.idle();
    await expect.poll(() => changes >= place || desk.seen(ticket.ticketId).length > 0).toBe(true);
    isOver = changes < place && (await desk.settled());
    desk.engine.storage.onChange = () => undefined;
    await desk.engine.start();
    await expect
      .poll(async () => {
        await desk.advance(MINUTE);
        const body = { visitor: { token: ticket.contact.token }, text: 'Anybody?' };
        const authorization = `Token ${desk.organisation.ticketer()?.secret}`;
        const { status } = await desk.call('POST', '/visitor-message', { authorization, body });
        return [place, desk.seen(ticket.ticketId)[0], status];
      })
      .toEqual([place, '#closed', 404]);
    expect(await desk.settled()).toBe(true);
  }
});
