// What mailroom answers to callbacks by itself, in its own order of checks.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { agentMessage, closeRoom, makeTicketer, startTestWorld } from './test-mailroom.ts';

test('handles an agent message for a ticket it knows, and keeps the bytes', async () => {
  const { mailroom, organisation, post, open, path } = await startTestWorld();
  const { ticketUuid } = await open();
  const event = agentMessage(ticketUuid, { text: 'We can help' });
  expect(await post(event)).toMatchObject({ status: 200, json: { status: 'handled' } });
  const replied = { text: 'We can help', files: [], afterClose: false, strayed: false };
  expect(organisation.ticket(ticketUuid)?.messages).toMatchObject([replied]);
  const [arrival] = mailroom.callbacks;
  expect(arrival).toMatchObject({ path, method: 'POST', time: 1, handled: true });
  expect(arrival?.body.toString()).toBe(JSON.stringify(event));
  expect(arrival?.rawHeaders).toContain('Token 123456789');
  expect(arrival?.event).toMatchObject({ type: 'agent-message', ticketUuid });
  expect(arrival?.answer).toEqual({ status: 200, body: '{"status":"handled"}' });
});

test('checks the ticketer, then the secret, then the body, then the ticket', async () => {
  const { post, path } = await startTestWorld();
  const [uuid, ticket] = [randomUUID(), randomUUID()];
  const elsewhere = path.replace(/[^/]+$/, uuid);
  const error = (status: number, text: string) => ({ status, json: { error: text } });
  expect(await post('x', { path: elsewhere, secret: 'no' })).toMatchObject(
    error(404, `no such ticketer ${uuid}`),
  );
  expect(await post('x', { secret: 'no' })).toMatchObject({
    ...{ status: 401, json: { status: 'unauthorized' } },
  });
  expect(await post('x', { secret: null })).toMatchObject({ status: 401 });
  expect(await post('{"type":"x"')).toMatchObject({ status: 400 });
  expect(await post(agentMessage(ticket, 'bad data'))).toMatchObject(
    error(404, `no such ticket ${ticket}`),
  );
});

test('other paths are not found, and other methods illegal', async () => {
  const { post, path } = await startTestWorld();
  const odd = '/mr/tickets/types/rocketchat/event_callback/XYZ';
  expect(await post('{}', { path: odd })).toMatchObject({
    ...{ status: 404, json: { error: `not found: ${odd}` } },
  });
  expect(await post('{}', { method: 'PUT', path })).toMatchObject({
    ...{ status: 405, json: { error: 'illegal method: PUT' } },
  });
});

test.each([
  ['', 'unexpected end of JSON input'],
  ['[]', 'json: cannot unmarshal value into eventCallbackRequest'],
  ['{"ticketID":"a"}', "field 'type' is required"],
  ['{"type":""}', "field 'type' is required, field 'ticketID' is required"],
  ['{"type":7,"ticketID":"a"}', 'json: cannot unmarshal into string'],
])('refuses the body %s', async (body, error) => {
  const { post } = await startTestWorld();
  expect(await post(body)).toMatchObject({ status: 400, json: { error } });
});

test.each([
  [undefined],
  ['text'],
  [null],
  [{ text: 7 }],
  [{ attachments: {} }],
  [{ attachments: ['https://link.to/image.jpg'] }],
  [{ attachments: [{ type: 'image/jpeg', url: 7 }] }],
])('refuses an agent message whose data is %j', async (data) => {
  const { post, open, organisation } = await startTestWorld();
  const { ticketUuid } = await open();
  const event = { ...agentMessage(ticketUuid), data };
  expect(await post(event)).toMatchObject({ status: 400, json: { error: expect.any(String) } });
  expect(organisation.ticket(ticketUuid)?.messages).toEqual([]);
});

test('knows two types of events and no other', async () => {
  const { post, open } = await startTestWorld();
  const { ticketUuid } = await open();
  const event = { ...closeRoom(ticketUuid), type: 'typing' };
  expect(await post(event)).toMatchObject({ status: 400, json: { error: 'invalid event type' } });
});

test('reads the names of fields in either case', async () => {
  const { post, open } = await startTestWorld();
  const { ticketUuid } = await open();
  const event = { type: 'close-room', ticketId: ticketUuid };
  expect(await post(event)).toMatchObject({ status: 200 });
});

test('a repeated message reaches the customer again, even after the close', async () => {
  const { mailroom, organisation, post, open, path } = await startTestWorld();
  const { ticketUuid } = await open();
  await post(agentMessage(ticketUuid));
  await post(closeRoom(ticketUuid));
  await post(closeRoom(ticketUuid));
  expect(await post(agentMessage(ticketUuid))).toMatchObject({ status: 200 });
  const ticket = organisation.ticket(ticketUuid);
  expect(ticket).toMatchObject({
    status: 'closed',
    closes: [expect.anything(), expect.anything()],
  });
  expect(ticket?.messages).toMatchObject([{ afterClose: false }, { afterClose: true }]);
  expect(mailroom.repeats()).toMatchObject([
    { path, times: 2, handled: 2 },
    { path, times: 2, handled: 2 },
  ]);
  expect(mailroom.callbacks.map(({ time }) => time)).toEqual([1, 1, 2, 2]);
});

test('organisations have their own ticketers and secrets, and a message may go astray', async () => {
  const { app, mailroom, post, open, organisation } = await startTestWorld();
  const other = mailroom.addOrganisation({ ticketer: makeTicketer(app.url, { secret: 'other' }) });
  const { ticketUuid } = await open();
  const path = `/mr/tickets/types/rocketchat/event_callback/${other.ticketer()?.uuid}`;
  expect(await post(agentMessage(ticketUuid), { path })).toMatchObject({ status: 401 });
  expect(await post(agentMessage(ticketUuid), { path, secret: 'other' })).toMatchObject({
    status: 200,
  });
  expect(organisation.ticket(ticketUuid)?.messages).toMatchObject([{ strayed: true }]);
  expect(other.tickets()).toEqual([]);
});

test('a ticket may be unknown for a while after it was opened', async () => {
  const { mailroom, organisation, post, open } = await startTestWorld();
  mailroom.setTicketUnknownMs(3000);
  const { ticketUuid } = await open();
  expect(await post(agentMessage(ticketUuid))).toMatchObject({
    ...{ status: 404, json: { error: `no such ticket ${ticketUuid}` } },
  });
  await new Promise((resolve) => setTimeout(resolve, 3020));
  expect(await post(agentMessage(ticketUuid))).toMatchObject({ status: 200 });
  expect(organisation.ticket(ticketUuid)?.messages).toHaveLength(1);
});
