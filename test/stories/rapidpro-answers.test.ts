// What agents answer reaches RapidPro's contacts, in order, whatever RapidPro does (rapidpro.md §4, R13–R22).
import { expect, test } from 'vitest';
import { repeatedly } from '../../sandbox/rapidpro/behaviour.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { startWithRapidPro } from '../makers/start-with-rapidpro.ts';

const MINUTE = 60_000;
const soon = () => new Promise((done) => setTimeout(done, 300));

test('R18: an agent’s answer is exactly the event of the contract, and arrives', async () => {
  const { open, say, messages, mailroom, seen, organisation } = await startWithRapidPro();
  const { conversationId, ticketId, contact } = await open();
  await say(conversationId, 'Hi');
  await eventually(
    () => seen(ticketId),
    ([first]) => first === 'Hi',
  );
  const [callback] = mailroom.callbacks;
  expect(callback?.body.toString()).toBe(
    JSON.stringify({
      type: 'agent-message',
      ticketID: ticketId,
      visitor: { token: contact.token },
      data: { text: 'Hi' },
    }),
  );
  expect(callback?.headers.authorization).toBe(`Token ${organisation.ticketer()?.secret}`);
  expect(callback?.headers['content-type']).toBe('application/json');
  await eventually(
    () => messages(conversationId),
    ([message]) => message?.delivery?.state === 'delivered',
  );
});

test('notes, and what the visitor said, are never sent', async () => {
  const { open, act, organisation, mailroom, messages, say, seen } = await startWithRapidPro();
  const { conversationId, ticketId, contact } = await open();
  await act(conversationId, 'notes', { text: 'secret' });
  await organisation.sendMessage({ contact, text: 'Hello?' });
  await say(conversationId, 'Yes');
  await eventually(
    () => seen(ticketId),
    (found) => found.length === 1,
  );
  expect(mailroom.callbacks).toHaveLength(1);
  const said = await messages(conversationId);
  expect(said.map(({ kind, authorKind, text }) => [kind, authorKind, text])).toEqual([
    ['note', 'user', 'secret'],
    ['text', 'contact', 'Hello?'],
    ['text', 'user', 'Yes'],
  ]);
});

test('R13: what a customer writes to a conversation whose end RapidPro does not know is kept as late', async () => {
  const { open, act, organisation, mailroom, messages, seen, advance } = await startWithRapidPro();
  const { conversationId, ticketId, contact } = await open();
  await mailroom.goDown();
  expect(await act(conversationId, 'close')).toBe(200);
  const late = await organisation.sendMessage({ contact, text: 'still here' });
  expect([late.forwarded, late.call?.status]).toEqual([true, 201]);
  expect(await messages(conversationId)).toMatchObject([{ text: 'still here', late: true }]);
  await mailroom.comeBack();
  await eventually(
    async () => {
      await advance(20 * MINUTE);
      return seen(ticketId);
    },
    (found) => found.includes('#closed'),
  );
  expect(seen(ticketId)).toEqual(['#closed']);
  // Once it is written down that RapidPro knows of the end.
  await eventually(
    () => organisation.sendMessage({ contact, text: 'x', evenIfClosed: true }),
    ({ call }) => call?.status === 404,
  );
});

test('R19: a ticket that RapidPro does not know yet gets its messages once it does, in order', async () => {
  const { open, say, mailroom, seen, advance } = await startWithRapidPro();
  mailroom.setTicketUnknownMs(60 * MINUTE);
  const { conversationId, ticketId } = await open();
  for (const text of ['one', 'two', 'three']) await say(conversationId, text);
  await eventually(
    () => mailroom.callbacks.length,
    (count) => count > 0,
  );
  mailroom.setTicketUnknownMs(0);
  const found = await eventually(
    async () => {
      await advance(10_000);
      return seen(ticketId);
    },
    (texts) => texts.length >= 3,
  );
  expect(found).toEqual(['one', 'two', 'three']);
});

test('R20: while RapidPro is away three messages and the end wait, and then arrive in order', async () => {
  const { open, say, act, mailroom, seen, advance } = await startWithRapidPro();
  const { conversationId, ticketId } = await open();
  await mailroom.goDown();
  for (const text of ['one', 'two', 'three']) await say(conversationId, text);
  await act(conversationId, 'close');
  for (let minute = 0; minute < 3; minute += 1) {
    await soon();
    await advance(MINUTE);
  }
  await mailroom.comeBack();
  await soon();
  await advance(20 * MINUTE);
  const found = await eventually(
    () => seen(ticketId),
    (texts) => texts.length >= 4,
  );
  expect(found).toEqual(['one', 'two', 'three', '#closed']);
});

/** The first of two messages is refused for good. */
async function failOne() {
  const desk = await startWithRapidPro();
  const { open, say, mailroom, seen, advance } = desk;
  mailroom.setBehaviour(
    repeatedly(3, { status: 400, body: { error: 'unable to fetch attachment' } }),
  );
  const { conversationId, ticketId } = await open();
  const first = await say(conversationId, 'one');
  await say(conversationId, 'two');
  await eventually(
    async () => {
      await advance(20_000);
      return seen(ticketId);
    },
    (texts) => texts.includes('two'),
  );
  return { ...desk, conversationId, ticketId, first };
}

test('what did not arrive is sent anew only by who may write there', async () => {
  const { usher, conversationId, first } = await failOne();
  const enter = async (name: string) => {
    const agent = await usher.call('POST', '/api/v1/agents', { body: { name } });
    const { id: agentId } = agent.body as { id: string };
    const body = { name, role: 'agent', agentId };
    const { token } = (await usher.call('POST', '/api/v1/tokens', { body })).body as {
      token: string;
    };
    return { agentId, token };
  };
  const [ana, budi] = [await enter('Ana'), await enter('Budi')];
  const resend = (token: string) =>
    usher.call('POST', `/api/v1/messages/${first.id}/resend`, { token });
  expect((await resend(budi.token)).body).toMatchObject({ code: 'conversation.not-assigned' });
  const given = { body: { agentId: ana.agentId } };
  await usher.call('POST', `/api/v1/conversations/${conversationId}/assign`, given);
  expect((await resend(budi.token)).body).toMatchObject({ code: 'conversation.held-by-another' });
  expect((await resend(ana.token)).status).toBe(202);
  const unknown = '00000000-0000-7000-8000-000000000000';
  const none = await usher.call('POST', `/api/v1/messages/${unknown}/resend`);
  expect(none.body).toMatchObject({ code: 'message.not-found' });
});

test('R21: a message that is refused three times is shown as not delivered, the next one arrives, and it can be sent anew', async () => {
  const { usher, messages, seen, conversationId, ticketId, first } = await failOne();
  const [failed] = await messages(conversationId);
  expect(failed?.delivery).toEqual({
    state: 'not-delivered',
    reason: 'RapidPro refused it: unable to fetch attachment',
  });
  const again = await usher.call('POST', `/api/v1/messages/${first.id}/resend`);
  expect(again.status).toBe(202);
  await eventually(
    () => seen(ticketId),
    (texts) => texts.includes('one'),
  );
  const twice = await usher.call('POST', `/api/v1/messages/${first.id}/resend`);
  expect(twice.status).toBe(409);
});

test('R22: an agent and RapidPro close at once: one end, told at most once', async () => {
  const { usher, open, act, organisation, mailroom } = await startWithRapidPro();
  for (let n = 0; n < 5; n += 1) {
    const { conversationId, ticketId } = await open();
    await Promise.all([act(conversationId, 'close'), organisation.closeTicket(ticketId)]);
    const { body } = await usher.call('GET', `/api/v1/conversations/${conversationId}/events`);
    const types = (body as { items: { type: string }[] }).items.map(({ type }) => type);
    expect(types.filter((type) => type === 'conversation.closed')).toHaveLength(1);
    await soon();
    const told = mailroom.callbacks.filter(({ event }) => event?.ticketUuid === ticketId);
    expect(told.length).toBeLessThanOrEqual(1);
  }
});

test('a secret that RapidPro has changed is said where an admin looks, and nothing is lost meanwhile', async () => {
  const { usher, open, say, mailroom, seen, advance, channelId } = await startWithRapidPro();
  const { conversationId, ticketId } = await open();
  mailroom.setBehaviour({ status: 401 });
  await say(conversationId, 'Hi');
  const channel = async () =>
    (await usher.call('GET', `/api/v1/channels/${channelId}`)).body as { syncError: string | null };
  await eventually(channel, ({ syncError }) => syncError?.includes('secret') ?? false);
  mailroom.setBehaviour({});
  await eventually(
    async () => {
      await advance(MINUTE);
      return seen(ticketId);
    },
    (texts) => texts.length === 1,
  );
  await eventually(channel, ({ syncError }) => syncError === null);
});

test('an agent’s file is fetched by RapidPro, with its type and its extension', async () => {
  const { usher, open, say, organisation } = await startWithRapidPro();
  const { conversationId, ticketId } = await open();
  const form = new FormData();
  form.set('file', new Blob(['%PDF-1.4\n%âãÏÓ\n1 0 obj\n']), 'Rechnung März.pdf');
  const uploaded = await fetch(`${usher.url}/api/v1/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${usher.token}` },
    body: form,
  });
  const { id } = (await uploaded.json()) as { id: string };
  await say(conversationId, 'your bill', [id]);
  const replies = await eventually(
    () => organisation.ticket(ticketId)?.messages ?? [],
    (found) => found.length === 1,
  );
  expect(replies[0]?.files).toMatchObject([
    { type: 'application/pdf', contentType: 'application/pdf', extension: '.pdf' },
  ]);
});

test('what was said before the ticket is shown in it once, as history, and told to nobody', async () => {
  const { usher, organisation, messages, advance } = await startWithRapidPro({ apiToken: true });
  const contact = organisation.addContact({ name: 'Ryan' });
  const before = Date.now() - MINUTE;
  organisation.addHistory(contact, [
    { text: 'hello', createdAt: before },
    { text: 'broken', createdAt: before + 1000, status: 'errored' },
    { text: 'how can we help?', createdAt: before + 2000, direction: 'out' },
  ]);
  const opened = await organisation.openTicket({ contact });
  const id = organisation.ticket(opened.ticketUuid)?.externalId ?? '';
  const lines = await eventually(
    async () => {
      await advance(6000);
      return messages(id);
    },
    (found) => found.length === 2,
  );
  expect(lines.map(({ text, authorKind, history }) => [text, authorKind, history])).toEqual([
    ['hello', 'contact', true],
    ['how can we help?', 'system', true],
  ]);
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/events`);
  expect(JSON.stringify(body)).not.toContain('message.created');
});
