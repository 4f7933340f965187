// The contract of RapidPro's Rocket.Chat ticketer (rapidpro.md §6), vector by vector, against our app
// in Rocket.Chat's own engine, and the README of the original byte by byte.
import { expect, test } from 'vitest';
import { packRocketChatApp } from '../../scripts/pack-rocketchat-app.ts';
import { sendRaw } from '../makers/start-rapidpro.ts';
import { type AppServer, startRocketChatApp } from '../makers/start-rocketchat-app.ts';

const ryan = {
  visitor: {
    token: '1234567',
    contactUUID: '5d76d86b-3bb9-4d5a-b822-c9d86f5d8e4f',
    name: 'Ryan Lewis',
    email: 'foo@bar.com',
    phone: '+12024561111',
  },
  ticketID: '59d74b86-3e2f-4a93-aece-b05d2fdcde0c',
};
const OTHER_TICKET = '59d74b86-3e2f-4a93-aece-b05d2fdcde0d';
const idOf = ({ body }: { body: unknown }): string => (body as { id: string }).id;
const open = async (app: AppServer, body: unknown = ryan): Promise<string> =>
  idOf(await app.call('GET', '/room', { body }));
const textsOf = (app: AppServer, roomId: string) => app.messages(roomId).map(({ msg }) => msg);

test('R1: a ticket is opened by GET with a body, and answered with the id of its room', async () => {
  const app = await startRocketChatApp();
  const body = JSON.stringify(ryan);
  expect(Buffer.byteLength(body)).toBe(199);
  const answer = await app.call('GET', '/room', { body });
  expect([answer.status, Object.keys(answer.body as object)]).toEqual([200, ['id']]);
  expect(app.room(idOf(answer))).toMatchObject({
    open: true,
    servedBy: { username: 'ana' },
    source: { type: 'app' },
    customFields: { ticketId: ryan.ticketID },
  });
  expect(app.visitor(idOf(answer))).toMatchObject({
    name: 'Ryan Lewis',
    visitorEmails: [{ address: 'foo@bar.com' }],
    phone: [{ phoneNumber: '+12024561111' }],
  });
});

test('a visitor’s token in Rocket.Chat cannot be guessed from RapidPro’s, because it opens the room to anybody', async () => {
  const app = await startRocketChatApp();
  const { token } = app.visitor(await open(app));
  expect(token).toMatch(/^rapidpro-[0-9a-f]{32}$/);
  const { asVisitor } = app.rocketchat;
  expect((await asVisitor.get('livechat/visitor/1234567')).status).not.toBe(200);
});

test('R2: a contact without name, e-mail and phone can open, and is called a guest', async () => {
  const app = await startRocketChatApp();
  const { token, contactUUID } = ryan.visitor;
  const id = await open(app, { ...ryan, visitor: { token, contactUUID } });
  expect(app.visitor(id).name).toBe('Guest 1234567');
});

test('R3: the example of the README opens with its priority, its fields and a note about the department', async () => {
  const app = await startRocketChatApp();
  app.rocketchat.addCustomField({ _id: 'foo' });
  const answer = await app.call('GET', '/room', {
    body: {
      ticketId: '11137eb1-c831-4ddc-ba26-0bb77837f15e',
      priority: 'high',
      sessionStart: '2020-07-17 10:28',
      visitor: {
        token: '1234',
        contactUuid: '88ff1e41-c1f8-4637-af8e-d56acbde9171',
        deparment: 'Foo',
        name: 'John Doe',
        email: 'john.doe@mail.com',
        phone: '+15417543010',
        customFields: { foo: 'bar', bar: 'foo' },
      },
    },
  });
  expect(answer.status).toBe(200);
  const room = app.room(idOf(answer));
  expect(room.departmentId).toBeUndefined();
  expect(room.customFields).toEqual({
    ticketId: '11137eb1-c831-4ddc-ba26-0bb77837f15e',
    priority: 'high',
    sessionStart: '2020-07-17 10:28',
  });
  expect(app.visitor(room._id).livechatData).toEqual({ foo: 'bar' });
  const [note] = app.messages(room._id);
  expect(note?.u.username).toBe('tickets.bot');
  // Rocket.Chat has no field `bar`, so agents read it.
  for (const told of ['“Foo”', 'Priority: high', '2020-07-17 10:28', 'bar: foo']) {
    expect(note?.msg).toContain(told);
  }
});

test('R4: a department is found by its id, and by its name whatever the case', async () => {
  const app = await startRocketChatApp();
  const support = app.rocketchat.addDepartment({ name: 'IT Support', agents: ['ana'] });
  for (const [n, department] of ['it support', 'IT Support', support._id].entries()) {
    const visitor = { token: `t${n}`, department };
    const ticketID = `59d74b86-3e2f-4a93-aece-b05d2fdcde0${n}`;
    const id = await open(app, { ticketID, visitor, sessionStart: '2020-07-17T10:28:00-03:00' });
    expect(app.room(id).departmentId).toBe(support._id);
  }
});

test('R5: the same ticket again, ten at once, after its end and after a restart is one room', async () => {
  const app = await startRocketChatApp();
  const asked = Array.from({ length: 10 }, () => open(app));
  const ids = await Promise.all(asked);
  ids.push(idOf(await app.call('POST', '/room', { body: ryan })));
  await app.call('GET', '/room.close', { body: { visitor: { token: '1234567' } } });
  ids.push(await open(app));
  await app.engine.restart();
  ids.push(await open(app));
  expect(new Set(ids).size).toBe(1);
  expect(app.rooms()).toHaveLength(1);
});

test('R5: an engine that ends in the middle of an opening leaves nothing behind but what a repeat goes on with', async () => {
  const app = await startRocketChatApp();
  const off = app.rocketchat.world.listeners.on('onRoomStarted', () => {
    off();
    app.engine.stop();
  });
  const cut = await app.call('GET', '/room', { body: ryan });
  expect(cut.status).toBeGreaterThanOrEqual(500);
  await app.engine.start();
  const id = await open(app);
  expect(app.rooms().map(({ _id }) => _id)).toEqual([id]);
});

test('R6: another ticket of a contact ends the one that is open, or is refused where the settings say so', async () => {
  const app = await startRocketChatApp();
  const first = await open(app);
  const second = await app.call('GET', '/room', { body: { ...ryan, ticketID: OTHER_TICKET } });
  expect(second.status).toBe(200);
  expect(app.room(first).open).toBeUndefined();
  expect(app.room(idOf(second)).open).toBe(true);
  await app.set({ second_ticket: 'refuse' });
  const third = { ...ryan, ticketID: ryan.ticketID.replace(/c$/, 'e') };
  const refused = await app.call('GET', '/room', {
    body: { ...third, visitor: { ...ryan.visitor, name: 'Changed' } },
  });
  expect([refused.status, refused.body]).toEqual([
    400,
    { error: 'Visitor already has an open room' },
  ]);
  expect(app.visitor(idOf(second)).name).toBe('Ryan Lewis');
  expect(app.rooms()).toHaveLength(2);
});

test('an unknown department is refused where the settings say so, and makes no visitor', async () => {
  const app = await startRocketChatApp();
  await app.set({ unknown_department: 'refuse' });
  const body = { ...ryan, visitor: { ...ryan.visitor, department: 'Foo' } };
  const refused = await app.call('GET', '/room', { body });
  expect([refused.status, refused.body]).toEqual([
    404,
    { error: 'Could not find a department with name: Foo' },
  ]);
  expect(app.rooms()).toEqual([]);
  expect(app.rocketchat.world.state.visitors.size).toBe(0);
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'Invalid JSON body'],
  ['no ticket id', { visitor: { token: '1' } }, 'ticketID: required'],
  ['no UUID', { visitor: { token: '1' }, ticketID: 'abc' }, 'ticketID: must be a UUID'],
  ['no visitor', { ticketID: ryan.ticketID }, 'visitor: required'],
  ['no token', { ticketID: ryan.ticketID, visitor: {} }, 'visitor.token: required'],
  [
    'a number as token',
    { ticketID: ryan.ticketID, visitor: { token: 7 } },
    'visitor.token: must be a string',
  ],
  ['a list', [], 'body: must be an object'],
])('R7, R8: a room asked for with %s is refused in words', async (_, body, error) => {
  const app = await startRocketChatApp();
  const answer = await app.call('GET', '/room', body === undefined ? {} : { body });
  expect([answer.status, answer.body]).toEqual([400, { error }]);
  expect(app.rooms()).toEqual([]);
});

test('R7: half a body is refused by the server itself, before the app sees it', async () => {
  const app = await startRocketChatApp();
  const answer = await app.call('GET', '/room', { body: '{"visitor":' });
  expect(answer.status).toBe(400);
  expect((await app.call('GET', '/secret.check')).status).toBe(204);
});

test('R9: closing is 204 without a byte, again and for a token that nobody knows, and sends nothing back', async () => {
  const app = await startRocketChatApp();
  const id = await open(app, { ...ryan, visitor: { token: '10000' } });
  const body = '{"visitor":{"token":"10000"}}';
  for (const sent of [body, body, '{"visitor":{"token":"20000"}}']) {
    const answer = await app.call('GET', '/room.close', { body: sent });
    expect([answer.status, answer.text]).toEqual([204, '']);
  }
  expect(app.room(id).open).toBeUndefined();
  await app.engine.idle();
  const kept = [...app.engine.kept.records.values()].map(({ data }) => JSON.stringify(data));
  expect(kept.filter((one) => one.includes('close-room'))).toEqual([]);
});

test('R10, R11: whatever a visitor says is shown', async () => {
  const app = await startRocketChatApp();
  const id = await open(app, { ...ryan, visitor: { token: '10000' } });
  const visitor = { token: '10000' };
  const attachments = [
    { type: 'image/jpg', url: 'https://link.to/image.jpg' },
    { type: 'video/mp4', url: 'https://link.to/video.mp4' },
    { type: 'audio/ogg', url: 'https://link.to/audio.ogg' },
  ];
  const long = `👋 مرحبا ${'x'.repeat(8000)}`;
  const said = [
    { visitor, text: "It's urgent", attachments },
    { visitor, attachments: [{ type: 'geo', url: '-2.90875,-79.0117' }] },
    { visitor, text: 'only text' },
    { visitor, text: long },
  ];
  const first = JSON.stringify(said[0]);
  expect(Buffer.byteLength(first)).toBe(231);
  for (const body of said) {
    const answer = await app.call('POST', '/visitor-message', { body });
    expect(answer.status).toBe(201);
    expect(idOf(answer)).not.toBe('');
  }
  const nothing = await app.call('POST', '/visitor-message', { body: { visitor } });
  expect([nothing.status, nothing.body]).toEqual([
    400,
    { error: 'Could not send message with empty text and attachments' },
  ]);
  const messages = app.messages(id);
  expect(messages[0]?.attachments).toMatchObject([
    { image_url: attachments[0]?.url, title_link: attachments[0]?.url },
    { video_url: attachments[1]?.url },
    { audio_url: attachments[2]?.url },
  ]);
  const [urgent, place, text, ...parts] = textsOf(app, id);
  expect([urgent, text]).toEqual(["It's urgent", 'only text']);
  expect(place).toContain('mlat=-2.90875&mlon=-79.0117');
  // Rocket.Chat takes 5000 characters a message.
  expect(parts.join('')).toBe(long);
});

test('R12: a message of a token that was never seen is answered, not swallowed', async () => {
  const app = await startRocketChatApp();
  const body = { visitor: { token: 'T' }, text: 'Hi!' };
  const answer = await app.call('POST', '/visitor-message', { body });
  expect([answer.status, answer.body]).toEqual([
    404,
    { error: 'Could not find a room for visitor token: T' },
  ]);
});

test('R14: the webhook is set without a word to it, may be replaced, and must be an address outside', async () => {
  const app = await startRocketChatApp();
  expect((await app.call('GET', '/settings')).body).toEqual({ webhook: {} });
  for (const n of [1, 2]) {
    const url = `https://rapidpro.example.com/mr/tickets/types/rocketchat/event_callback/${n}`;
    const set = await app.call('PUT', '/settings', { body: { webhook: { url } } });
    expect([set.status, set.text]).toEqual([204, '']);
    expect((await app.call('GET', '/settings')).body).toEqual({ webhook: { url } });
  }
  const refused = [
    ...['http://localhost/x', 'http://127.0.0.1/', 'https://[::1]/x', 'http://2130706433/'],
    ...['ftp://example.com', 'https://user@example.com/', 'http://10.0.0.7/x', 'intranet'],
    ...['http://[::ffff:127.0.0.1]/', 'http://169.254.169.254/latest', 'http://0x7f.1/', 7],
  ].map((url) => ({ webhook: { url } }));
  for (const body of [...refused, { webhook: {} }, { webhook: 'x' }, {}]) {
    const answer = await app.call('PUT', '/settings', { body });
    expect([JSON.stringify(body), answer.status]).toEqual([JSON.stringify(body), 400]);
    expect(Object.keys(answer.body as object)).toEqual(['error']);
  }
});

test('R15: the secret right, wrong, missing, in the wrong scheme and with spaces', async () => {
  const app = await startRocketChatApp();
  const cases: [string | null, number][] = [
    ['Token 123456789', 204],
    ['Token wrong', 403],
    ['Token 12345678', 403],
    ['Token 1234567890', 403],
    [null, 403],
    ['token 123456789', 403],
    ['Token  123456789 ', 204],
  ];
  for (const [authorization, status] of cases) {
    const answer = await app.call('GET', '/secret.check', { authorization });
    expect([authorization, answer.status]).toEqual([authorization, status]);
  }
});

test('R16: every call with a wrong secret is refused, and what is not there says so', async () => {
  const app = await startRocketChatApp();
  const calls = [
    ['GET', '/secret.check'],
    ['GET', '/settings'],
    ['PUT', '/settings'],
    ['GET', '/room'],
    ['GET', '/room.close'],
    ['POST', '/visitor-message'],
  ] as const;
  for (const [method, path] of calls) {
    const answer = await app.call(method, path, { authorization: 'Token wrong', body: {} });
    expect([path, answer.status, answer.body]).toEqual([
      path,
      403,
      { error: 'Invalid Authorization header' },
    ]);
  }
  expect((await app.call('GET', '/nothing')).status).toBe(404);
  const method = await app.call('DELETE', '/room');
  expect([method.status, method.body]).toEqual([405, { error: 'Method not allowed' }]);
  const type = await app.call('POST', '/room', {
    body: '{}',
    headers: { 'content-type': 'text/plain' },
  });
  expect([type.status, type.body]).toEqual([400, { error: 'Invalid Content-Type header' }]);
  const charset = await app.call('POST', '/room', {
    body: JSON.stringify(ryan),
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
  expect(charset.status).toBe(200);
  const large = await app.call('POST', '/visitor-message', {
    body: { text: 'x'.repeat(1_100_000) },
  });
  expect(large.status).toBe(413);
});

test('without a secret nothing is answered but that', async () => {
  const app = await startRocketChatApp({ settings: {} });
  const answer = await app.call('GET', '/secret.check', { authorization: 'Token ' });
  expect([answer.status, answer.body]).toEqual([403, { error: 'Secret not set' }]);
});

test('R17: without its storage a GET is 503 without a byte and anything else 500, and then all is well again', async () => {
  const app = await startRocketChatApp();
  app.engine.storage.isDown = true;
  const get = await app.call('GET', '/room', { body: ryan });
  expect([get.status, get.text, get.headers['content-length']]).toEqual([503, '', '0']);
  expect(get.headers).not.toHaveProperty('retry-after');
  const body = { visitor: { token: 'T' }, text: 'Hi!' };
  const post = await app.call('POST', '/visitor-message', { body });
  expect([post.status, post.body]).toEqual([500, { error: 'Temporarily unavailable' }]);
  app.engine.storage.isDown = false;
  expect((await app.call('GET', '/room', { body: ryan })).status).toBe(200);
});

test('R23: two organisations have the app twice, each under its own id: one token is two visitors', async () => {
  const app = await startRocketChatApp();
  const id = '0f5b1c7e-3d84-4c29-9a6b-5e8d7f1a2b3c';
  const other = await packRocketChatApp({ as: { id, name: 'Tickets 2', nameSlug: 'tickets-2' } });
  await app.engine.install(other.zip);
  await app.engine.setSetting(id, 'app_secret', 'other');
  const first = await open(app);
  const url = `${app.rocketchat.url}/api/apps/public/${id}/room`;
  const call = { method: 'GET', authorization: 'Token other', body: ryan };
  const second = idOf(await sendRaw(url, call));
  expect(second).not.toBe(first);
  expect(app.visitor(second)._id).not.toBe(app.visitor(first)._id);
  expect((await sendRaw(url, { ...call, authorization: 'Token 123456789' })).status).toBe(403);
});

test('nobody online is no error: the ticket waits, keeps what is said, and has its room when somebody comes', async () => {
  const app = await startRocketChatApp();
  const comeBack = app.rocketchat.nobodyOnline();
  const id = await open(app);
  expect(id).not.toBe('');
  expect(app.rooms()).toEqual([]);
  for (const text of ['one', 'two']) {
    const body = { visitor: { token: '1234567' }, text };
    expect((await app.call('POST', '/visitor-message', { body })).status).toBe(201);
  }
  comeBack();
  app.rocketchat.clock.advance(60_000);
  await app.engine.idle();
  const [room] = app.rooms();
  expect(textsOf(app, room?._id ?? '')).toEqual(['one', 'two']);
  expect(await open(app)).toBe(id);
  expect(app.rooms()).toHaveLength(1);
});

test('two contacts with one e-mail address have a room each', async () => {
  const app = await startRocketChatApp();
  const first = await open(app);
  const visitor = { ...ryan.visitor, token: '20000', name: 'Rita' };
  const second = await open(app, { visitor, ticketID: OTHER_TICKET });
  expect(second).not.toBe(first);
  expect([app.room(first).open, app.room(second).open]).toEqual([true, true]);
  expect(textsOf(app, second)[0]).toContain('foo@bar.com');
});
