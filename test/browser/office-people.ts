// The people of the tests in the back office: invited, signed in, and given conversations.
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Look } from './browse-office.ts';
import type { Shared } from './share-office.ts';
import type { Office } from './start-office.ts';

export interface Person {
  page: Page;
  agentId: string;
  email: string;
}
type Contact = ReturnType<Office['organisation']['addContact']>;
export interface Handed {
  id: string;
  ticketUuid: string;
  contact: Contact;
}

export const PASSWORD = 'another long password';

/** Takes up the invitation, chooses a password and stands in the inbox. */
export async function invite(
  shared: Shared,
  who: { name: string; role?: 'agent' | 'supervisor'; capacity?: number },
  prepare: (page: Page) => Promise<unknown> = async () => {},
  look: Partial<Look> = {},
): Promise<Person> {
  const { name, role = 'agent', capacity = 3 } = who;
  const { call } = shared.office();
  const email = `${name.toLowerCase()}@example.com`;
  const { inviteUrl, user } = await call<{ inviteUrl: string; user: { agentId: string } }>(
    'POST',
    '/api/v1/users',
    { name, email, role },
  );
  await call('PATCH', `/api/v1/agents/${user.agentId}`, { answersHere: true, capacity });
  const page = await shared.open(null, look);
  await prepare(page);
  await page.goto(shared.at(new URL(inviteUrl).pathname));
  await page.getByLabel('Password').first().fill(PASSWORD);
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('heading', { name: /Mine/ }).waitFor();
  return { page, agentId: user.agentId, email };
}

/** A customer of RapidPro writes, and the agent has the conversation. */
export async function hand(
  { call, organisation }: Office,
  what: { name: string; text: string; agentId: string },
): Promise<Handed> {
  const contact = organisation.addContact({ name: what.name });
  const opened = await organisation.openTicket({ contact });
  if (!opened.opened) throw new Error(JSON.stringify(opened));
  const { ticketUuid } = opened;
  await organisation.sendMessage({ contact, text: what.text });
  const id = organisation.ticket(ticketUuid)?.externalId ?? '';
  await give({ call }, id, what.agentId);
  return { id, ticketUuid, contact };
}

/** Whoever the router may have chosen meanwhile. */
export async function give({ call }: Pick<Office, 'call'>, id: string, agentId: string) {
  const path = `/api/v1/conversations/${id}`;
  for (let tries = 0; tries < 5; tries += 1) {
    const now = await call<{ agentId: string | null }>('GET', path);
    if (now.agentId === agentId) return;
    const verb = now.agentId === null ? 'assign' : 'transfer';
    await call('POST', `${path}/${verb}`, { agentId, force: true }).catch(() => {});
  }
  throw new Error('It stays with somebody else.');
}

export const row = (page: Page, name: string): Locator =>
  page.getByRole('listitem').filter({ hasText: name });

export async function openRow(page: Page, name: string): Promise<void> {
  await row(page, name).getByRole('link').click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  await page.getByRole('log').waitFor();
}

/** Chosen in the menu of oneself; resolves once the server has taken it. */
export async function goOnline(page: Page, name: string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(name) })
    .first()
    .click();
  const changed = page.waitForResponse(
    (answer) => answer.request().method() === 'PATCH' && answer.url().includes('/agents/'),
  );
  await page.getByRole('menuitem', { name: 'Online' }).click();
  await changed;
}

/** As soon as the dialog has taken the focus into a field. */
export async function typeInDialog(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('dialog', { name }).waitFor();
  const isReady = () =>
    page.evaluate(() => document.activeElement?.matches('[role=dialog] :is(input, textarea)'));
  await expect.poll(isReady).toBe(true);
  await page.keyboard.type(text);
}
