// The contract of RapidPro's Rocket.Chat ticketer, vector by vector (rapidpro.md §6).
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/messages.ts';
import { RAPIDPRO_SECRET, type RapidPro, startRapidPro } from '../makers/start-rapidpro.ts';
import { eventually } from '../makers/start-test-usher.ts';

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

const conversationOf = async ({ usher }: Pick<RapidPro, 'usher'>, id: string) =>
  (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
const messagesOf = async ({ usher }: Pick<RapidPro, 'usher'>, id: string) =>
  ((await usher.call('GET', `/api/v1/conversations/${id}/messages`)).body as { items: Message[] })
    .items;
const idOf = ({ body }: { body: unknown }) => (body as { id: string }).id;

test('R1: a ticket is opened by GET with a body, and answered with an id', async () => {
  const rapidpro = await startRapidPro();
  const body = JSON.stringify(ryan);
  expect(Buffer.byteLength(body)).toBe(199);
  const answer = await rapidpro.call('GET', '/room', { body });
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.body as object)).toEqual(['id']);
  const conversation = await conversationOf(rapidpro, idOf(answer));
  expect(conversation).toMatchObject({
    state: 'waiting',
    externalId: ryan.ticketID,
    contact: {
      externalId: '1234567',
      name: 'Ryan Lewis',
      email: 'foo@bar.com',
      phone: '+12024561111',
    },
  });
});

test('R2: a contact without name, e-mail and phone can open, and keeps the same name', async () => {
  const rapidpro = await startRapidPro();
  const { token, contactUUID } = ryan.visitor;
  const body = { ...ryan, visitor: { token, contactUUID } };
  const answer = await rapidpro.call('GET', '/room', { body });
  expect(answer.status).toBe(200);
  const conversation = await conversationOf(rapidpro, idOf(answer));
  expect(conversation.contact.name).toBe('Guest 1234567');
});

test('R3: the example of the README opens with its priority, and with a note about the department', async () => {
  const rapidpro = await startRapidPro();
  const answer = await rapidpro.call('GET', '/room', {
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
  const conversation = await conversationOf(rapidpro, idOf(answer));
  expect(conversation).toMatchObject({
    priority: 'high',
    teamId: null,
    meta: { sessionStart: '2020-07-17 10:28' },
  });
  const [note] = await messagesOf(rapidpro, conversation.id);
  expect(note).toMatchObject({ kind: 'note', text: expect.stringContaining('Foo') });
  const contact = await rapidpro.usher.call('GET', `/api/v1/contacts/${conversation.contact.id}`);
  expect(contact.body).toMatchObject({
    attributes: { foo: 'bar', bar: 'foo', contactUuid: '88ff1e41-c1f8-4637-af8e-d56acbde9171' },
  });
});

test('R4: a department that is a team is found whatever the case, by name or by id', async () => {
  const rapidpro = await startRapidPro();
  const team = await rapidpro.usher.call('POST', '/api/v1/teams', { body: { name: 'IT Support' } });
  for (const [n, department] of ['it support', idOf(team)].entries()) {
    const visitor = { ...ryan.visitor, token: `t${n}`, department };
    const ticketID = `59d74b86-3e2f-4a93-aece-b05d2fdcde0${n}`;
    const body = { ticketID, visitor, sessionStart: '2020-07-17T10:28:00-03:00' };
    const answer = await rapidpro.call('GET', '/room', { body });
    const conversation = await conversationOf(rapidpro, idOf(answer));
    expect(conversation.teamId).toBe(idOf(team));
  }
});

test('R5: the same ticket again, ten at once, cut off and after its end is one conversation', async () => {
  const rapidpro = await startRapidPro();
  const first = await rapidpro.call('GET', '/room', { body: ryan });
  const again = await Promise.all(
    Array.from({ length: 10 }, () => rapidpro.call('GET', '/room', { body: ryan })),
  );
  await cutOff(rapidpro, JSON.stringify(ryan));
  const ids = [...again, await rapidpro.call('POST', '/room', { body: ryan })].map(idOf);
  expect(new Set(ids)).toEqual(new Set([idOf(first)]));
  await rapidpro.call('GET', '/room.close', { body: { visitor: { token: '1234567' } } });
  expect(idOf(await rapidpro.call('GET', '/room', { body: ryan }))).toBe(idOf(first));
  expect(await rapidpro.usher.conversations()).toHaveLength(1);
});

test('ten parallel first calls for one ticket open one conversation', async () => {
  const rapidpro = await startRapidPro();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => rapidpro.call('GET', '/room', { body: ryan })),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(new Set(answers.map(idOf)).size).toBe(1);
});

/** Sends the whole request and is gone before the answer. */
function cutOff({ usher, channelId }: RapidPro, body: string): Promise<void> {
  const { hostname, port } = new URL(usher.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.end(
        `GET /api/apps/public/${channelId}/room HTTP/1.1\r\nHost: x\r\nAuthorization: Token ${RAPIDPRO_SECRET}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        () => socket.destroy(),
      );
    });
    socket.on('close', () => resolve());
    socket.on('error', () => {});
  });
}

test('R6: another ticket of a contact ends the one that is open, or is refused where the channel says so', async () => {
  const rapidpro = await startRapidPro();
  const first = await rapidpro.call('GET', '/room', { body: ryan });
  const second = await rapidpro.call('GET', '/room', { body: { ...ryan, ticketID: OTHER_TICKET } });
  expect(second.status).toBe(200);
  expect(await conversationOf(rapidpro, idOf(first))).toMatchObject({
    state: 'closed',
    closeReason: 'superseded',
  });
  const strict = await rapidpro.addChannel({ config: { onSecondTicket: 'refuse' } });
  await strict.call('GET', '/room', { body: ryan });
  const body = { ticketID: OTHER_TICKET, visitor: { ...ryan.visitor, name: 'Changed' } };
  const refused = await strict.call('GET', '/room', { body });
  expect([refused.status, refused.body]).toEqual([
    400,
    { error: 'Visitor already has an open room' },
  ]);
  const names = (await rapidpro.usher.conversations('waiting')).map(({ contact }) => contact.name);
  expect(names).not.toContain('Changed');
});

test('an unknown department is refused where the channel says so', async () => {
  const { call } = await startRapidPro({ config: { unknownDepartment: 'refuse' } });
  const body = { ...ryan, visitor: { ...ryan.visitor, department: 'Foo' } };
  const refused = await call('GET', '/room', { body });
  expect([refused.status, refused.body]).toEqual([
    404,
    { error: 'Could not find a department with name: Foo' },
  ]);
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'Invalid JSON body'],
  ['half of it', '{"visitor":', 'Invalid JSON body'],
  ['no ticket id', { visitor: { token: '1' } }, 'ticketID: required'],
  [
    'a ticket id that is none',
    { visitor: { token: '1' }, ticketID: 'abc' },
    'ticketID: must be a UUID',
  ],
  ['no visitor', { ticketID: ryan.ticketID }, 'visitor: required'],
  ['no token', { ticketID: ryan.ticketID, visitor: {} }, 'visitor.token: required'],
  [
    'a token of another kind',
    { ticketID: ryan.ticketID, visitor: { token: 7 } },
    'visitor.token: must be a string',
  ],
  ['a list', [], 'body: must be an object'],
])('R7, R8: a room asked for with %s is refused in words', async (_, body, error) => {
  const { call } = await startRapidPro();
  const answer = await call('GET', '/room', body === undefined ? {} : { body });
  expect([answer.status, answer.body]).toEqual([400, { error }]);
});

test('R9: closing is 204 without a byte, again and for a token that nobody knows, and sends nothing back', async () => {
  const rapidpro = await startRapidPro();
  const opened = await rapidpro.call('GET', '/room', {
    body: { ...ryan, visitor: { token: '10000' } },
  });
  const body = '{"visitor":{"token":"10000"}}';
  for (const sent of [body, body, '{"visitor":{"token":"20000"}}']) {
    const answer = await rapidpro.call('GET', '/room.close', { body: sent });
    expect([answer.status, answer.text]).toEqual([204, '']);
  }
  const conversation = await conversationOf(rapidpro, idOf(opened));
  expect(conversation).toMatchObject({ state: 'closed', closeReason: 'closed-by-rapidpro' });
  const { rows } = await rapidpro.usher.database.pool.query('select type from delivery');
  expect(rows).toEqual([]);
});

test('R10, R11: whatever a visitor says is kept and shown', async () => {
  const rapidpro = await startRapidPro();
  const opened = await rapidpro.call('GET', '/room', {
    body: { ...ryan, visitor: { token: '10000' } },
  });
  const attachments = [
    { type: 'image/jpg', url: 'https://link.to/image.jpg' },
    { type: 'video/mp4', url: 'https://link.to/video.mp4' },
    { type: 'audio/ogg', url: 'https://link.to/audio.ogg' },
  ];
  const visitor = { token: '10000' };
  const long = `👋 مرحبا ${'x'.repeat(8000)}`;
  const said = [
    { visitor, text: "It's urgent", attachments },
    { visitor, attachments: [{ type: 'geo', url: '-2.90875,-79.0117' }] },
    { visitor, text: 'only text' },
    { visitor, text: long },
  ];
  for (const body of said) {
    const answer = await rapidpro.call('POST', '/visitor-message', { body });
    expect(answer.status).toBe(201);
    expect(idOf(answer)).not.toBe('');
  }
  const nothing = await rapidpro.call('POST', '/visitor-message', { body: { visitor } });
  expect([nothing.status, nothing.body]).toEqual([
    400,
    { error: 'Could not send message with empty text and attachments' },
  ]);
  const messages = await messagesOf(rapidpro, idOf(opened));
  expect(messages.map(({ text }) => text)).toEqual(["It's urgent", '', 'only text', long]);
  expect(messages[0]?.attachments).toEqual(attachments);
});

test('a token is taken as it is: one with spaces around it is another visitor, and one of spaces alone is one', async () => {
  const rapidpro = await startRapidPro();
  const ticketOf = (n: number) => `59d74b86-3e2f-4a93-aece-b05d2fdcde1${n}`;
  const tokens = ['10000', ' 10000', '10000 ', ' '];
  for (const [n, token] of tokens.entries()) {
    const body = { ticketID: ticketOf(n), visitor: { token } };
    expect((await rapidpro.call('GET', '/room', { body })).status).toBe(200);
  }
  const open = await rapidpro.usher.conversations();
  expect(open.map(({ contact }) => contact.externalId).toSorted()).toEqual(tokens.toSorted());
});

test('below a known path there is nothing: 404 in the envelope', async () => {
  const rapidpro = await startRapidPro();
  for (const path of ['/room/7', '/room.close/now', '/settings/x', '/visitor-message/1']) {
    const answer = await rapidpro.call('GET', path, { body: ryan });
    expect(answer).toMatchObject({ status: 404, body: { error: 'Not found' } });
  }
});

test('R12: a message of a token that was never seen is answered, not swallowed', async () => {
  const { call } = await startRapidPro();
  const answer = await call('POST', '/visitor-message', {
    body: { visitor: { token: 'T' }, text: 'Hi!' },
  });
  expect([answer.status, answer.body]).toEqual([
    404,
    { error: 'Could not find a room for visitor token: T' },
  ]);
});

test('R14: the webhook is set without a word to it, may be replaced, and must be an address outside', async () => {
  const rapidpro = await startRapidPro({ environment: { USHER_ALLOW_PRIVATE_NETWORKS: '' } });
  expect((await rapidpro.call('GET', '/settings')).body).toEqual({ webhook: {} });
  for (const n of [1, 2]) {
    const url = `https://rapidpro.example.com/mr/tickets/types/rocketchat/event_callback/${n}`;
    const set = await rapidpro.call('PUT', '/settings', { body: { webhook: { url } } });
    expect([set.status, set.text]).toEqual([204, '']);
    expect((await rapidpro.call('GET', '/settings')).body).toEqual({ webhook: { url } });
  }
  for (const webhook of [
    { url: 'http://localhost/x' },
    {},
    { url: 'ftp://example.com' },
    undefined,
  ]) {
    const refused = await rapidpro.call('PUT', '/settings', { body: { webhook } });
    expect(refused.status).toBe(400);
    expect(Object.keys(refused.body as object)).toEqual(['error']);
  }
  const shown = await rapidpro.usher.call('GET', `/api/v1/channels/${rapidpro.channelId}`);
  expect(shown.body).toMatchObject({
    connected: 'rapidpro.example.com',
    urls: { baseUrl: expect.stringContaining(`/api/apps/public/${rapidpro.channelId}`) },
  });
  expect(shown.text).not.toContain(RAPIDPRO_SECRET);
});

test.each<[string | null, number]>([
  ['Token 123456789', 204],
  ['Token wrong', 403],
  [null, 403],
  ['token 123456789', 403],
  ['Token  123456789 ', 204],
])('R15: the secret as %j is answered with %i', async (authorization, status) => {
  const { call } = await startRapidPro();
  expect((await call('GET', '/secret.check', { authorization })).status).toBe(status);
});

test('R16: every call with a wrong secret is refused, and what is not there says so', async () => {
  const { usher, call, channelId } = await startRapidPro();
  const calls = [
    ['GET', '/secret.check'],
    ['GET', '/settings'],
    ['PUT', '/settings'],
    ['GET', '/room'],
    ['GET', '/room.close'],
    ['POST', '/visitor-message'],
  ] as const;
  for (const [method, path] of calls) {
    const answer = await call(method, path, { authorization: 'Token wrong', body: {} });
    expect([path, answer.status, answer.body]).toEqual([
      path,
      403,
      { error: 'Invalid Authorization header' },
    ]);
  }
  const unknown = await call('GET', '/nothing');
  expect([unknown.status, unknown.body]).toEqual([404, { error: 'Not found' }]);
  const method = await call('DELETE', '/room');
  expect([method.status, method.body]).toEqual([405, { error: 'Method not allowed' }]);
  const type = await call('POST', '/room', {
    body: '{}',
    headers: { 'content-type': 'text/plain' },
  });
  expect([type.status, type.body]).toEqual([400, { error: 'Invalid Content-Type header' }]);
  const large = await call('POST', '/visitor-message', { body: { text: 'x'.repeat(1_100_000) } });
  expect([large.status, large.body]).toEqual([413, { error: 'Body too large' }]);
  await usher.call('PATCH', `/api/v1/channels/${channelId}`, {
    body: { secrets: { secret: 'another-secret' } },
  });
  await eventually(
    () => call('GET', '/secret.check'),
    ({ status }) => status === 403,
  );
});

test('R23: two organisations with the same token never meet', async () => {
  const first = await startRapidPro();
  const second = await first.addChannel({ secret: 'second-secret' });
  const body = { ...ryan, visitor: { token: '10000' } };
  const ids = [
    idOf(await first.call('GET', '/room', { body })),
    idOf(await second.call('GET', '/room', { body })),
  ];
  expect(new Set(ids).size).toBe(2);
  const crossed = await second.call('GET', '/room', {
    body,
    authorization: `Token ${RAPIDPRO_SECRET}`,
  });
  expect([crossed.status, crossed.body]).toEqual([403, { error: 'Invalid Authorization header' }]);
  await second.call('POST', '/visitor-message', {
    body: { visitor: { token: '10000' }, text: 'secret' },
  });
  expect(await messagesOf(first, ids[0] ?? '')).toEqual([]);
  await second.call('GET', '/room.close', { body: { visitor: { token: '10000' } } });
  expect((await conversationOf(first, ids[0] ?? '')).state).toBe('waiting');
});

test('R24: a file is fetched by the two headers alone, with its type, at an address that ends in its extension', async () => {
  const { usher, channelId, shownOnce, call } = await startRapidPro();
  const opened = await call('GET', '/room', { body: ryan });
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const form = new FormData();
  form.set('file', new Blob([png], { type: 'text/html' }), 'my photo.html');
  const uploaded = await fetch(`${usher.url}/api/v1/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${usher.token}` },
    body: form,
  });
  const file = (await uploaded.json()) as { id: string; name: string; type: string };
  expect(file).toMatchObject({ name: 'my-photo.png', type: 'image/png' });
  const said = await usher.call('POST', `/api/v1/conversations/${idOf(opened)}/messages`, {
    body: { attachmentIds: [file.id] },
  });
  expect(said.status).toBe(201);
  const path = `/files/${file.id}/${file.name}`;
  const headers = { 'x-auth-token': shownOnce.adminAuthToken, 'x-user-id': shownOnce.adminUserId };
  const fetched = await call('GET', path, { headers });
  expect([fetched.status, fetched.headers['content-type']]).toEqual([200, 'image/png']);
  expect((await call('GET', path)).status).toBe(403);
  expect(channelId).toBe(shownOnce.adminUserId);
});
