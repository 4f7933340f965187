// An organisation's calls to the app: what is on the wire, and what RapidPro makes of the answer.
import { expect, test } from 'vitest';
import {
  agentMessage,
  BASE_PATH,
  room,
  ryan,
  startTestWorld,
  startWithApp,
} from './test-mailroom.ts';
import { bodyOf, reply } from './test-server.ts';

const ticketUuid = '59d74b86-3e2f-4a93-aece-b05d2fdcde0c';

test('opens a ticket by a GET with a body, byte for byte as the client does', async () => {
  const { app, organisation } = await startWithApp([room]);
  const outcome = await organisation.openTicket({ contact: ryan, ticketUuid });
  expect(outcome).toMatchObject({ opened: true, because: null, call: { status: 200 } });
  const ticket = { externalId: 'onrMgdKbpX9Qqtvoi', status: 'open', contact: ryan };
  expect(organisation.ticket(ticketUuid)).toMatchObject(ticket);
  const request = String(app.requests[0]);
  expect(request).toMatch(new RegExp(`^GET ${BASE_PATH}/room HTTP/1.1\r\nHost: 127.0.0.1:`));
  expect(request).toContain('\r\nContent-Length: 199\r\nAuthorization: Token 123456789\r\n');
  expect(bodyOf(app.requests[0])).toBe(
    `{"visitor":{"token":"1234567","contactUUID":"${ryan.uuid}","name":"Ryan Lewis","email":"foo@bar.com","phone":"+12024561111"},"ticketID":"${ticketUuid}"}`,
  );
});

test('leaves out what a contact has not, and adds what a fork would', async () => {
  const { app, organisation } = await startWithApp([room]);
  const contact = { token: '1', uuid: ryan.uuid };
  const extras = { department: 'IT', customFields: { b: '2', a: '1' }, priority: 'high' };
  await organisation.openTicket({
    contact,
    ticketUuid,
    ...extras,
    sessionStart: '2020-07-17 10:28',
  });
  expect(bodyOf(app.requests[0])).toBe(
    `{"visitor":{"token":"1","contactUUID":"${ryan.uuid}","department":"IT","customFields":{"a":"1","b":"2"}},"ticketID":"${ticketUuid}","priority":"high","sessionStart":"2020-07-17 10:28"}`,
  );
});

test('a contact with an open ticket gets no other one, and no call is made', async () => {
  const { app, organisation } = await startWithApp([room]);
  await organisation.openTicket({ contact: ryan, ticketUuid });
  const second = await organisation.openTicket({ contact: ryan });
  expect(second).toMatchObject({ opened: false, because: 'contact-has-open-ticket', call: null });
  expect(app.requests).toHaveLength(1);
  const forced = await organisation.openTicket({ contact: ryan, evenIfOpen: true });
  expect([forced.opened, organisation.tickets().length]).toEqual([true, 2]);
});

test('the same open may be repeated, also in parallel, and remains one ticket', async () => {
  const { app, organisation } = await startWithApp([room]);
  const open = () => organisation.openTicket({ contact: ryan, ticketUuid });
  await Promise.all([open(), open(), open()]);
  await open();
  expect([app.requests.length, organisation.tickets().length]).toEqual([4, 1]);
});

test.each([
  [reply(400, '{"error":"Visitor already has an open room"}'), 'Visitor already has an open room'],
  [reply(500, '<html>'), 'invalid character or unexpected end of JSON input'],
  [reply(404, '{"status":"x"}'), ''],
  [reply(200, 'OK'), 'unreadable id'],
  [reply(200, '{"id":7}'), 'unreadable id'],
])('no ticket after an answer that mailroom takes for a failure, case %#', async (bad, message) => {
  const { organisation } = await startWithApp([bad]);
  const outcome = await organisation.openTicket({ contact: ryan });
  expect(outcome).toMatchObject({ opened: false, because: 'failed', message });
  expect(organisation.tickets()).toEqual([]);
});

test('any status below 400 will do, and an absent id is empty', async () => {
  const { organisation } = await startWithApp([reply(201, '{"ok":true}')]);
  const { ticketUuid: uuid } = await organisation.openTicket({ contact: ryan });
  expect(organisation.ticket(uuid)).toMatchObject({ externalId: '' });
});

test('the ticket is unknown until /room has answered', async () => {
  const { mailroom, organisation } = await startWithApp([{ silent: true }, room], {
    timeoutMs: 3000,
  });
  const opening = organisation.openTicket({ contact: ryan, ticketUuid });
  const url = `${mailroom.url}/mr/tickets/types/rocketchat/event_callback/${organisation.ticketer()?.uuid}`;
  const post = async () => {
    const headers = { Authorization: 'Token 123456789' };
    const body = JSON.stringify(agentMessage(ticketUuid));
    return (await fetch(url, { method: 'POST', headers, body })).status;
  };
  expect(await post()).toBe(404);
  expect((await opening).call?.attempts).toHaveLength(2);
  expect(await post()).toBe(200);
});

test('closes by a GET of 29 bytes, and only if that was answered well', async () => {
  const bad = reply(400, '{"error":"no"}');
  const { app, organisation } = await startWithApp([room, bad, reply(204)]);
  const contact = { ...ryan, token: '10000' };
  const { ticketUuid: uuid } = await organisation.openTicket({ contact });
  expect(await organisation.closeTicket(uuid)).toMatchObject({ because: 'failed', message: 'no' });
  expect(organisation.ticket(uuid)?.status).toBe('open');
  expect(await organisation.closeTicket(uuid)).toMatchObject({
    closed: true,
    call: { status: 204 },
  });
  expect(organisation.ticket(uuid)?.status).toBe('closed');
  expect(String(app.requests[2])).toContain('Content-Length: 29\r\n');
  expect(bodyOf(app.requests[2])).toBe('{"visitor":{"token":"10000"}}');
  expect(await organisation.closeTicket(uuid)).toMatchObject({
    ...{ because: 'no-such-open-ticket', call: null },
  });
});

test('a bulk close ends at its first failure, and deleting the ticketer ignores failures', async () => {
  const replies = [room, room, reply(204), reply(500, '{"error":"x"}'), reply(400, '{}')];
  const { app, organisation } = await startWithApp(replies);
  const open = () => organisation.openTicket({ contact: organisation.addContact() });
  const [one, two] = [await open(), await open()];
  const three = await organisation.closeTickets([one.ticketUuid, two.ticketUuid, one.ticketUuid]);
  expect(three.map(({ closed }) => closed)).toEqual([true, false]);
  expect(await organisation.disconnect()).toMatchObject([{ because: 'failed' }]);
  expect(organisation.tickets().map(({ status }) => status)).toEqual(['closed', 'closed']);
  expect([organisation.ticketer(), app.requests.length]).toEqual([null, 5]);
  expect(await open()).toMatchObject({ because: 'not-connected', call: null });
});

test('reopening is refused without a call', async () => {
  const { app, organisation } = await startWithApp([room]);
  await organisation.openTicket({ contact: ryan, ticketUuid });
  await organisation.closeTicket(ticketUuid);
  expect(organisation.reopenTicket(ticketUuid)).toMatchObject({ reopened: false });
  expect(app.requests).toHaveLength(2);
});

test('the retries of an open carry the ticket again, unless the client is an old one', async () => {
  const young = await startWithApp([reply(502, 'x'), room]);
  expect(await young.organisation.openTicket({ contact: ryan })).toMatchObject({ opened: true });
  expect(bodyOf(young.app.requests[0])).toBe(bodyOf(young.app.requests[1]));
  const old = await startWithApp([reply(502, 'x'), room], { sendBodyOnRetry: false });
  const outcome = await old.organisation.openTicket({ contact: ryan });
  expect(outcome).toMatchObject({ opened: false, because: 'failed' });
  expect([outcome.call?.attempts.length, old.app.requests.length]).toEqual([3, 1]);
});

test('any request can be made, with headers changed or left out, and any bytes', async () => {
  const { app, organisation } = await startWithApp([reply(400, '{"error":"x"}')]);
  const headers = { authorization: 'Token wrong', 'Content-Type': 'text/plain' };
  const answer = await organisation.request({ path: '/room', body: '{"half', headers });
  expect([answer.status, answer.body.toString()]).toEqual([400, '{"error":"x"}']);
  expect(String(app.requests[0])).toContain(
    'Authorization: Token wrong\r\nContent-Type: text/plain',
  );
  expect(bodyOf(app.requests[0])).toBe('{"half');
  await organisation.request({ path: '/room', headers: { Authorization: null } });
  expect(String(app.requests[1])).not.toMatch(/Authorization|Content-Length/);
  const unread = { upTo: 99, afterwards: 'cut' as const };
  const cut = await organisation.request({ path: '/room', body: {}, travel: unread });
  expect(cut).toMatchObject({ status: null, error: 'cut', attempts: [{ sent: true }] });
  const raw = await organisation.sendBytes({ bytes: 'NONSENSE\r\n\r\n' });
  expect(raw.response?.status).toBe(400);
});

test('contacts have tokens of their own, unless given', async () => {
  const { mailroom, organisation } = await startTestWorld();
  const other = mailroom.addOrganisation();
  expect([organisation.addContact().token, other.addContact().token]).toEqual(['10000', '10001']);
  expect(other.addContact({ token: '10000' }).token).toBe('10000');
  await expect(async () => other.request({ path: '/room' })).rejects.toThrow('is not connected');
});
