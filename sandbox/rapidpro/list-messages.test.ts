// The history as RapidPro's API lists it, page by page.
import { expect, test } from 'vitest';
import type { MailroomOptions } from './start-mailroom.ts';
import { agentMessage, startTestWorld } from './test-mailroom.ts';

interface Page {
  next: string | null;
  previous: string | null;
  results: { direction: string; text: string }[];
}

async function startWithHistory(options: MailroomOptions = {}) {
  const world = await startTestWorld(options);
  const { mailroom, organisation } = world;
  const contact = organisation.addContact({ name: 'Bob' });
  const list = async (query: string | URL, token = organisation.apiToken) => {
    const url = new URL(query, `${mailroom.url}/api/v2/messages.json`);
    const response = await fetch(url, { headers: { Authorization: `Token ${token}` } });
    return { status: response.status, json: (await response.json()) as Page };
  };
  return { ...world, contact, list };
}

const at = (minute: number) => Date.UTC(2030, 0, 1, 12, minute);

test('lists the messages of one contact since a time, newest first, errored ones too', async () => {
  const { organisation, contact, list } = await startWithHistory();
  const other = organisation.addContact();
  organisation.addHistory(contact, [
    { text: 'too early', createdAt: at(0) },
    { text: 'first', createdAt: at(1), direction: 'out', status: 'errored', sentAt: null },
    { text: 'second', createdAt: at(2), direction: 'out', status: 'sent', sentAt: at(3) },
  ]);
  organisation.addHistory(other, [{ text: 'not mine', createdAt: at(2) }]);
  const { status, json } = await list(`?contact=${contact.uuid}&after=2030-01-01T12:01:00Z`);
  expect([status, json.next, json.previous]).toEqual([200, null, null]);
  expect(json.results).toMatchObject([
    { text: 'second', direction: 'out', status: 'sent', sent_on: '2030-01-01T12:03:00.000Z' },
    { text: 'first', status: 'errored', sent_on: null, attachments: [] },
  ]);
  expect(json.results[0]).toHaveProperty('contact.uuid', contact.uuid);
});

test('follows a cursor from page to page', async () => {
  const { organisation, contact, list } = await startWithHistory({ historyPageSize: 2 });
  const all = [1, 2, 3, 4, 5].map((minute) => ({ text: `${minute}`, createdAt: at(minute) }));
  organisation.addHistory(contact, all);
  const seen: string[][] = [];
  let next: string | null = `?contact=${contact.uuid}&after=2030-01-01T00:00:00%2B01:00`;
  while (next !== null) {
    const { json }: { json: Page } = await list(next);
    seen.push(json.results.map(({ text }) => text));
    next = json.next;
  }
  expect(seen).toEqual([['5', '4'], ['3', '2'], ['1']]);
});

test('a time that cannot be read selects nothing, as an unescaped plus does', async () => {
  const { organisation, contact, list } = await startWithHistory();
  organisation.addHistory(contact, [{ text: 'a', createdAt: at(1) }]);
  for (const after of ['yesterday', '2030-01-01T00:00:00+01:00']) {
    const { status, json } = await list(`?contact=${contact.uuid}&after=${after}`);
    expect([status, json.results]).toEqual([200, []]);
  }
});

test('wants the token of an organisation, and shows no other one', async () => {
  const { mailroom, organisation, contact, list } = await startWithHistory();
  organisation.addHistory(contact, [{ text: 'a', createdAt: at(1) }]);
  expect(await list('', 'wrong')).toEqual({ status: 403, json: { detail: 'Invalid token' } });
  const bare = await fetch(`${mailroom.url}/api/v2/messages.json`);
  expect(await bare.json()).toEqual({ detail: 'Authentication credentials were not provided.' });
  const other = mailroom.addOrganisation();
  expect(await list('', other.apiToken)).toMatchObject({ status: 200, json: { results: [] } });
});

test('what is said while a ticket is open belongs to the history, too', async () => {
  const { organisation, post, open, list } = await startWithHistory();
  const { contact, ticketUuid } = await open();
  await organisation.sendMessage({ contact, text: 'help' });
  await post(agentMessage(ticketUuid));
  const { json } = await list(`?contact=${contact.uuid}`);
  const said = json.results.map((row: { direction: string; text: string }) => [
    row.direction,
    row.text,
  ]);
  expect(said.toSorted()).toEqual([
    ['in', 'help'],
    ['out', 'Hi'],
  ]);
});

test('fails as it is told, apart from the callbacks', async () => {
  const { mailroom, organisation, contact, list, open, post } = await startWithHistory();
  organisation.addHistory(contact, [{ text: 'a' }]);
  mailroom.setHistoryBehaviour([
    { status: 500 },
    { status: 429, retryAfter: 9 },
    { fault: 'reset' },
  ]);
  expect([(await list('')).status, (await list('')).status]).toEqual([500, 429]);
  await expect(list('')).rejects.toThrow('fetch failed');
  expect((await list('')).json.results).toHaveLength(1);
  const { ticketUuid } = await open();
  expect(await post(agentMessage(ticketUuid))).toMatchObject({ status: 200 });
  expect([mailroom.historyCalls.length, mailroom.callbacks.length]).toEqual([4, 1]);
});
