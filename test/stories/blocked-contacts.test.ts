// What a blocked person sends opens nothing, at each door in its own words, until somebody lifts it.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startRapidPro } from '../makers/start-rapidpro.ts';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { startWithContacts } from '../makers/start-with-contacts.ts';
import { startWithQiscus } from '../makers/start-with-qiscus.ts';
import { connectVisitor, startSession } from '../makers/web-client.ts';

const because = { reason: 'Threats' };

test('blocking ends what is open, and the program of an API channel is refused until it is lifted', async () => {
  const { open, held, post, list, actOn, get, call } = await startWithContacts();
  const id = await open('case-1', { externalId: 'kim', name: 'Kim' });
  await held(id);
  const [kim] = await list('q=kim');
  const contact = kim?.id as string;
  expect((await actOn(contact, 'block', because)).status).toBe(204);
  const closed = (await call('GET', `/api/v1/conversations/${id}`)).body;
  expect(closed).toMatchObject({ state: 'closed', closeReason: 'blocked' });
  const opening = { externalId: 'case-2', contact: { externalId: 'kim' } };
  const refused = await post('conversations', opening);
  expect(refused).toMatchObject({ status: 403, body: { code: 'contact.blocked' } });
  expect((await call('POST', `/api/v1/conversations/${id}/reopen`)).status).toBe(403);
  expect(await list('blocked=true')).toMatchObject([{ id: contact }]);
  const { block } = await get<{ block: object }>(contact, '/record');
  expect(block).toMatchObject({ reason: 'Threats', by: expect.any(String) });
  expect((await actOn(contact, 'block', because)).status).toBe(409);
  expect((await actOn(contact, 'unblock')).status).toBe(204);
  expect((await post('conversations', opening)).status).toBe(201);
  const { body } = await call('GET', '/api/v1/audit?limit=50');
  const { items } = body as { items: { action: string; change: object }[] };
  expect(items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ action: 'contact.blocked', change: because }),
      expect.objectContaining({ action: 'contact.unblocked' }),
    ]),
  );
});

test('who is merged with somebody blocked is blocked, and is not once that is taken back', async () => {
  const { put, post, actOn } = await startWithContacts();
  const [kim, other] = [await put('kim'), await put('other')];
  await actOn(kim, 'block', because);
  const { body } = await actOn(other, 'merge', { mergedId: kim });
  const openAs = async (externalId: string) =>
    (await post('conversations', { externalId: `of-${externalId}`, contact: { externalId } }))
      .status;
  expect([await openAs('kim'), await openAs('other')]).toEqual([403, 403]);
  await actOn(other, `merges/${(body as { mergeId: string }).mergeId}/undo`);
  expect([await openAs('kim'), await openAs('other')]).toEqual([403, 201]);
});

test('openings that run beside a blocking leave nothing open', async () => {
  const { put, post, actOn, usher } = await startWithContacts();
  const kim = await put('kim');
  const openings = Array.from({ length: 12 }, (_, n) =>
    post('conversations', { externalId: `case-${n}`, contact: { externalId: 'kim' } }),
  );
  await actOn(kim, 'block', because);
  const statuses = (await Promise.all(openings)).map(({ status }) => status);
  expect(statuses.every((status) => [201, 403].includes(status))).toBe(true);
  expect(await usher.conversations('open')).toEqual([]);
});

test('a visitor of web chat who is blocked begins nothing, and a blocked network gets no session', async () => {
  const usher = await startTestUsher();
  const { call } = usher;
  const visitor = await connectVisitor(usher, { customer: { id: 'kim' } });
  await visitor.say(`${visitor.session.sessionTopic}/server/messages`, { content: 'Hello' });
  const [conversation] = await usher.conversations('open');
  const contactId = conversation?.contact.id as string;
  await call('POST', `/api/v1/contacts/${contactId}/block`, { body: because });
  await visitor.say(`${visitor.session.sessionTopic}/server/messages`, { content: 'Again' });
  expect(await usher.conversations('open')).toEqual([]);
  const record = await call('GET', `/api/v1/contacts/${contactId}/record`);
  const [visit] = (record.body as { visits: { address: string }[] }).visits;
  const { address = '' } = visit ?? {};
  expect(address).toMatch(/^(127\.0\.0\.1|::1)$/);

  const network = { network: address, ...because };
  const blocked = await call('POST', '/api/v1/blocked-networks', { body: network });
  expect(blocked.status, blocked.text).toBe(201);
  const session = await call('POST', '/session', { body: {}, token: null });
  expect(session).toMatchObject({ status: 403, body: { error: expect.any(String) } });
  expect((await call('POST', '/api/v1/blocked-networks', { body: network })).status).toBe(409);
  const wide = { network: '10.0.0.0/8', ...because };
  expect((await call('POST', '/api/v1/blocked-networks', { body: wide })).status).toBe(400);
  const { id } = blocked.body as { id: string };
  expect((await call('DELETE', `/api/v1/blocked-networks/${id}`)).status).toBe(204);
  await startSession(usher);
});

test('Qiscus is answered as ever, and nothing waits', async () => {
  const { qiscus, usher } = await startWithQiscus({ agents: 1 });
  const says = () =>
    qiscus.customerMessage({ userId: 'kim@example.com', name: 'Kim', text: 'Hi' }).roomId;
  says();
  await qiscus.idle();
  const { body } = await usher.call('GET', '/api/v1/contacts?q=kim');
  const [kim] = (body as { items: { id: string }[] }).items;
  const path = `/api/v1/contacts/${kim?.id}/block`;
  expect((await usher.call('POST', path, { body: because })).status).toBe(204);
  await qiscus.idle();
  says();
  await qiscus.idle();
  expect(await usher.conversations('open')).toEqual([]);
});

test('RapidPro is refused a ticket in its own envelope', async () => {
  const { usher, call } = await startRapidPro();
  const token = randomUUID();
  const open = () =>
    call('GET', '/room', {
      body: { visitor: { token, name: 'Kim' }, ticketID: randomUUID() },
    });
  expect((await open()).status).toBe(200);
  const [conversation] = await usher.conversations('open');
  const path = `/api/v1/contacts/${conversation?.contact.id}/block`;
  expect((await usher.call('POST', path, { body: because })).status).toBe(204);
  const refused = await open();
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual({
    error: 'This contact is blocked. Somebody in the office can lift that.',
  });
  expect(await usher.conversations('open')).toEqual([]);
});
