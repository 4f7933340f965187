// What our app in Rocket.Chat tells RapidPro: agents' messages and closings, once and in order
// (rapidpro.md §4; R13, R18–R22, R24 of §6).
import { expect, test } from 'vitest';
import { repeatedly } from '../../sandbox/rapidpro/behaviour.ts';
import { getUser } from '../../sandbox/rocketchat/verbs/find.ts';
import { say } from '../../sandbox/rocketchat/verbs/say.ts';
import {
  type Connected,
  startRapidProWithRocketChat,
} from '../makers/start-rapidpro-with-rocketchat.ts';

const MINUTE = 60_000;

const seenBy = (desk: Connected, ticketId: string) => expect.poll(() => desk.seen(ticketId));

test('R18: what an agent writes reaches RapidPro with exactly the fields of the contract', async () => {
  const desk = await startRapidProWithRocketChat();
  const { roomId, ticketId, contact } = await desk.open();
  desk.rocketchat.people.answer('ana', roomId, 'Hi');
  await seenBy(desk, ticketId).toEqual(['Hi']);
  const [callback] = desk.mailroom.callbacks;
  expect(JSON.parse(String(callback?.body))).toEqual({
    type: 'agent-message',
    ticketID: ticketId,
    visitor: { token: contact.token },
    data: { text: 'Hi' },
  });
  expect(callback?.headers).toMatchObject({
    'content-type': 'application/json',
    authorization: `Token ${desk.organisation.ticketer()?.secret}`,
  });
});

test('what visitors, bots and the app itself write, edits and lines of the system are not sent', async () => {
  const desk = await startRapidProWithRocketChat();
  const { roomId, ticketId, contact } = await desk.open();
  desk.rocketchat.addAgent({ username: 'robo', type: 'bot' });
  desk.rocketchat.people.answer('robo', roomId, 'beep');
  await desk.organisation.sendMessage({ contact, text: 'Help' });
  const message = desk.rocketchat.people.answer('ana', roomId, 'Hi');
  desk.rocketchat.people.edit('ana', message._id, 'Hello');
  desk.rocketchat.people.close('ana', roomId);
  await seenBy(desk, ticketId).toEqual(['Hi', '#closed']);
  await desk.advance(MINUTE);
  expect(desk.seen(ticketId)).toEqual(['Hi', '#closed']);
});

test('R24: RapidPro fetches an agent’s file by the headers it was given, and its address ends in the kind', async () => {
  const desk = await startRapidProWithRocketChat();
  const { roomId, ticketId } = await desk.open();
  const bytes = Buffer.from('a picture');
  const file = { name: 'my photo.jpg', type: 'image/jpeg', bytes, description: 'Look' };
  desk.rocketchat.people.upload('ana', roomId, file);
  await seenBy(desk, ticketId).toEqual(['Look']);
  const [message] = desk.organisation.ticket(ticketId)?.messages ?? [];
  expect(message?.files).toMatchObject([{ contentType: 'image/jpeg', extension: '.jpg' }]);
  expect(message?.files[0]?.bytes.equals(bytes)).toBe(true);
  const without = await fetch(message?.files[0]?.url ?? '');
  expect(without.status).toBe(403);
});

test('a file that RapidPro would not fetch is sent as a link', async () => {
  const desk = await startRapidProWithRocketChat();
  const { roomId, ticketId } = await desk.open();
  const bytes = Buffer.alloc(11 * 1024 * 1024);
  desk.rocketchat.people.upload('ana', roomId, { name: 'film.mp4', type: 'video/mp4', bytes });
  await seenBy(desk, ticketId).toEqual([expect.stringMatching(/\/file-upload\/.*film\.mp4$/)]);
  expect(desk.organisation.ticket(ticketId)?.messages[0]?.files).toEqual([]);
});

test('R13: a customer who writes after an end that RapidPro has not heard of is heard, and only then refused', async () => {
  const desk = await startRapidProWithRocketChat();
  const { roomId, ticketId, contact } = await desk.open();
  await desk.mailroom.goDown();
  desk.rocketchat.people.close('ana', roomId);
  const body = { visitor: { token: contact.token }, text: 'One thing more' };
  const authorization = `Token ${desk.organisation.ticketer()?.secret}`;
  const late = await desk.call('POST', '/visitor-message', { authorization, body });
  expect([late.status, (late.body as { id: string }).id]).toEqual([
    201,
    expect.stringMatching(/./),
  ]);
  expect(desk.messages(roomId).at(-1)?.msg).toContain('One thing more');
  expect(desk.rooms()).toHaveLength(1);
  await desk.mailroom.comeBack();
  await expect
    .poll(async () => {
      await desk.advance(MINUTE);
      return desk.seen(ticketId);
    })
    .toEqual(['#closed']);
  await expect.poll(() => desk.settled()).toBe(true);
  const refused = await desk.call('POST', '/visitor-message', { authorization, body });
  expect(refused.status).toBe(404);
});

test('R19: while RapidPro does not know the ticket yet, its messages wait, in order', async () => {
  const desk = await startRapidProWithRocketChat();
  const { roomId, ticketId } = await desk.open();
  desk.mailroom.setBehaviour(repeatedly(2, { status: 404 }));
  for (const text of ['one', 'two']) desk.rocketchat.people.answer('ana', roomId, text);
  await expect
    .poll(async () => {
      await desk.advance(5000);
      return desk.seen(ticketId);
    })
    .toEqual(['one', 'two']);
});

test('R20: what agents write and close while RapidPro is away for an hour arrives in order, over restarts', async () => {
  const desk = await startRapidProWithRocketChat();
  const { roomId, ticketId } = await desk.open();
  await desk.mailroom.goDown();
  for (const text of ['one', 'two', 'three']) desk.rocketchat.people.answer('ana', roomId, text);
  await desk.advance(MINUTE);
  await desk.engine.restart();
  desk.rocketchat.people.close('ana', roomId);
  await desk.advance(59 * MINUTE);
  await desk.engine.restart();
  await desk.mailroom.comeBack();
  await expect
    .poll(async () => {
      await desk.advance(30 * MINUTE);
      return desk.seen(ticketId);
    })
    .toEqual(['one', 'two', 'three', '#closed']);
  expect(desk.mailroom.repeats()).toEqual([]);
});

test('R21: a message that RapidPro refuses three times is given up, its agents are told, and the next goes on', async () => {
  const desk = await startRapidProWithRocketChat();
  const { roomId, ticketId } = await desk.open();
  desk.mailroom.setBehaviour(repeatedly(3, { status: 400, body: { error: 'bad' } }));
  for (const text of ['one', 'two']) desk.rocketchat.people.answer('ana', roomId, text);
  await expect
    .poll(async () => {
      await desk.advance(MINUTE);
      return desk.seen(ticketId);
    })
    .toEqual(['two']);
  const notes = desk.messages(roomId).filter(({ u }) => u.username === 'tickets.bot');
  expect(notes.map(({ msg }) => msg)).toEqual(['Not delivered: RapidPro refused it: bad\none']);
});

test('R22: closed from both sides at once, a ticket is closed once, and RapidPro is told at most once', async () => {
  const desk = await startRapidProWithRocketChat();
  const { roomId, ticketId, contact } = await desk.open();
  const closing = desk.organisation.closeTicket(ticketId);
  if (desk.room(roomId).open) desk.rocketchat.people.close('ana', roomId);
  await closing;
  await desk.advance(MINUTE);
  expect(desk.room(roomId).open).toBeUndefined();
  expect(desk.seen(ticketId).length).toBeLessThanOrEqual(1);
  const body = { visitor: { token: contact.token } };
  const authorization = `Token ${desk.organisation.ticketer()?.secret}`;
  expect((await desk.call('GET', '/room.close', { authorization, body })).status).toBe(204);
});

test('a ticket that RapidPro closes is closed here without an echo', async () => {
  const desk = await startRapidProWithRocketChat();
  const { roomId, ticketId } = await desk.open();
  await desk.organisation.closeTicket(ticketId);
  expect(desk.room(roomId).open).toBeUndefined();
  await desk.advance(MINUTE);
  expect(desk.mailroom.callbacks).toEqual([]);
});

test('a message whose hook an ending engine never got is found and sent, before the closing', async () => {
  const desk = await startRapidProWithRocketChat();
  const { roomId, ticketId } = await desk.open();
  desk.engine.stop();
  desk.rocketchat.people.answer('ana', roomId, 'unheard');
  desk.rocketchat.people.close('ana', roomId);
  await desk.engine.start();
  await desk.engine.idle();
  await seenBy(desk, ticketId).toEqual(['unheard', '#closed']);
});

test('with RapidPro’s API token, a message whose answer was lost is looked up instead of sent twice', async () => {
  const desk = await startRapidProWithRocketChat({ apiToken: true });
  const { roomId, ticketId } = await desk.open();
  desk.mailroom.setBehaviour([{ fault: 'reset', handled: true }]);
  for (const text of ['same', 'same', 'other']) desk.rocketchat.people.answer('ana', roomId, text);
  await expect
    .poll(async () => {
      await desk.advance(MINUTE);
      return desk.seen(ticketId);
    })
    .toEqual(['same', 'same', 'other']);
  expect(await desk.settled()).toBe(true);
});

test('a closing whose answer was lost is told again, which changes nothing in RapidPro, and then no more', async () => {
  const desk = await startRapidProWithRocketChat({ apiToken: true });
  const { roomId, ticketId } = await desk.open();
  desk.mailroom.setBehaviour([{ fault: 'reset', handled: true }]);
  desk.rocketchat.people.close('ana', roomId);
  await expect
    .poll(async () => {
      await desk.advance(MINUTE);
      return desk.seen(ticketId);
    })
    .toEqual(['#closed', '#closed']);
  expect(await desk.settled()).toBe(true);
  await desk.advance(60 * MINUTE);
  expect(desk.seen(ticketId)).toHaveLength(2);
});

test('with RapidPro’s API token, agents see what the contact wrote before the ticket', async () => {
  const desk = await startRapidProWithRocketChat({ apiToken: true });
  const contact = desk.organisation.addContact({ name: 'Ryan' });
  const at = Date.now() - 3_600_000;
  desk.organisation.addHistory(contact, [{ text: 'Where is it?', createdAt: at }]);
  const opened = await desk.organisation.openTicket({ contact });
  const roomId = opened.opened
    ? (desk.organisation.ticket(opened.ticketUuid)?.externalId ?? '')
    : '';
  await desk.advance(5000);
  await expect
    .poll(() => desk.messages(roomId).map(({ msg }) => msg))
    .toEqual([expect.stringContaining('Where is it?')]);
  expect(desk.mailroom.callbacks).toEqual([]);
});

test('a secret that has changed keeps messages waiting, and they go out when it is right again', async () => {
  const desk = await startRapidProWithRocketChat();
  const { roomId, ticketId } = await desk.open();
  const { secret } = desk.organisation.ticketer() ?? {};
  await desk.set({ app_secret: 'wrong' });
  desk.rocketchat.people.answer('ana', roomId, 'Hi');
  await expect.poll(() => desk.mailroom.callbacks.length).toBeGreaterThan(0);
  await desk.set({ app_secret: secret });
  await expect
    .poll(async () => {
      await desk.advance(MINUTE);
      return desk.seen(ticketId);
    })
    .toEqual(['Hi']);
});

test('RapidPro, which fetches with an admin’s token, is given addresses of this server’s files alone', async () => {
  const desk = await startRapidProWithRocketChat();
  const { roomId } = await desk.open();
  const { world, url } = desk.rocketchat;
  const strange = [
    'https://evil.example/file-upload/1/a.jpg',
    '//evil.example/file-upload/1/a.jpg',
    '/file-upload/../api/v1/users.list',
    `${url.replace('//', '//user:word@')}/file-upload/1/a.jpg`,
    'blob:https://evil.example/1',
    'http://[',
  ];
  const own = ['/file-upload/1/a.jpg', `${url}/file-upload/2/b.jpg`];
  const attachments = [
    ...strange.map((title_link) => ({ title: 'a.jpg', title_link })),
    ...own.map((image_url) => ({ image_url, image_type: 'image/jpeg' })),
  ];
  const by = { user: getUser(world, 'ana') };
  say(world, { room: desk.room(roomId), by, msg: 'Look', extra: { attachments } });
  await expect.poll(() => desk.mailroom.callbacks.length).toBeGreaterThan(0);
  const { data } = JSON.parse(String(desk.mailroom.callbacks[0]?.body));
  expect(data.attachments).toEqual([
    { type: 'image/jpeg', url: `${url}/file-upload/1/a.jpg` },
    { type: 'image/jpeg', url: `${url}/file-upload/2/b.jpg` },
  ]);
  const [said, ...lines] = data.text.split('\n');
  expect([said, lines.length]).toEqual(['Look', strange.length]);
  for (const address of [strange[0], strange[4], strange[5]]) expect(lines).toContain(address);
});
