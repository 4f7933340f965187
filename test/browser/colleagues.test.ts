// Colleagues in one conversation see each other; what was closed is opened again, and an agent writes first, in browsers on the real server.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { hasBrowser } from './launch-browser.ts';
import { hand, invite, openRow, row, typeInDialog } from './office-people.ts';
import { expectAccessible } from './open-browser.ts';
import { shareFilledOffice } from './share-office.ts';
import { shootEachLook } from './shoot.ts';

const shared = shareFilledOffice();
const limit = { timeout: 300_000 };
const inBrowser = test.skipIf(!hasBrowser);

interface Shown {
  id: string;
  state: string;
  agentId: string | null;
  closeReason: string | null;
  contact: { id: string };
}
const call = <T>(method: string, path: string, body?: object) =>
  shared.office().call<T>(method, `/api/v1/${path}`, body);
const read = (id: string) => call<Shown>('GET', `conversations/${id}`);
/** The focus is on nothing that takes letters. */
const pause = (page: Page) => page.locator('body').click({ position: { x: 2, y: 2 } });
const online = (agentId: string) => call('PATCH', `agents/${agentId}`, { availability: 'online' });

let made = 0;
/** Of a program's channel, with the agent. */
async function meet(name: string, agentId: string): Promise<string> {
  const { items } = await call<{ items: { id: string; name: string }[] }>('GET', 'channels');
  const channelId =
    items.find((one) => one.name === 'Parcels')?.id ??
    (await call<{ id: string }>('POST', 'channels', { kind: 'api', name: 'Parcels' })).id;
  made += 1;
  const { id } = await call<{ id: string }>('POST', `channels/${channelId}/conversations`, {
    externalId: `parcel-${made}`,
    contact: { externalId: `receiver-${made}`, name },
    message: { text: 'Where is it?' },
  });
  const how = { agentId, force: true };
  await call('POST', `conversations/${id}/assign`, how).catch(() =>
    call('POST', `conversations/${id}/transfer`, how),
  );
  return id;
}

inBrowser(
  'two agents in one conversation see each other look and write, in it and in its row, until one leaves',
  limit,
  async () => {
    const office = shared.office();
    const wayan = await invite(shared, { name: 'Wayan' });
    const yoga = await invite(shared, { name: 'Yoga' });
    const { id } = await hand(office, { name: 'Zahra Ali', text: 'Hi', agentId: wayan.agentId });
    await openRow(wayan.page, 'Zahra Ali');
    await yoga.page.goto(shared.at(`/inbox/all/${id}`));
    await yoga.page.getByRole('log').waitFor();
    const soon = { timeout: 3000 };
    await wayan.page.getByRole('img', { name: 'Yoga has it open' }).waitFor(soon);
    await yoga.page.getByRole('img', { name: 'Wayan has it open' }).waitFor(soon);
    await row(wayan.page, 'Zahra Ali').getByText('Yoga has it open').waitFor();

    const note = yoga.page.getByRole('textbox', { name: 'Private note' });
    await note.click();
    await yoga.page.keyboard.type('She called');
    const writing = wayan.page.getByRole('status').getByText('Yoga is writing a note');
    await writing.waitFor(soon);
    await wayan.page.getByRole('textbox', { name: 'Reply', exact: true }).click();
    await wayan.page.keyboard.type('One moment');
    await yoga.page.getByRole('status').getByText('Wayan is writing a reply').waitFor(soon);
    await expectAccessible(wayan.page);
    await shootEachLook(wayan.page, 'onlookers');
    // It does not keep anybody from sending.
    await wayan.page.getByRole('textbox', { name: 'Reply', exact: true }).click();
    await wayan.page.keyboard.press('Enter');
    await wayan.page.getByRole('log').getByText('One moment').waitFor();
    await yoga.page
      .getByRole('status')
      .getByText('Wayan is writing a reply')
      .waitFor({ state: 'detached', timeout: 3000 });
    await writing.waitFor({ state: 'detached', timeout: 10_000 });

    await yoga.page.context().close();
    await wayan.page
      .getByRole('img', { name: 'Yoga has it open' })
      .waitFor({ state: 'detached', timeout: 11_000 });
    await wayan.page.context().close();
  },
);

inBrowser(
  'what was closed is opened again by key, command bar and button, and taken back; where it cannot be it is said',
  limit,
  async () => {
    const office = shared.office();
    const { page, agentId } = await invite(shared, { name: 'Bayu', capacity: 5 });
    await online(agentId);
    const id = await meet('Tomo Ito', agentId);
    await call('POST', `conversations/${id}/close`, { reason: 'solved' });
    // As if it had been long ago.
    await office.pool.query(
      `update conversation set closed_at = closed_at - interval '3 days' where conversation_id = $1`,
      [id],
    );
    await page.goto(shared.at(`/inbox/closed/${id}`));
    await page.getByRole('button', { name: 'Reopen', exact: true }).waitFor();
    await expectAccessible(page);
    await shootEachLook(page, 'closed');
    await pause(page);
    await page.keyboard.press('Shift+E');
    await expect.poll(() => read(id)).toMatchObject({ state: 'assigned', agentId });
    await page
      .getByRole('log')
      .getByText(/reopened/i)
      .waitFor();
    await page.getByRole('textbox', { name: 'Reply', exact: true }).waitFor();
    await pause(page);
    await page.keyboard.press('z');
    await expect.poll(() => read(id)).toMatchObject({ state: 'closed', closeReason: 'solved' });

    await page.keyboard.press('Control+k');
    await typeInDialog(page, 'Command bar', 'reopen');
    await page.keyboard.press('Enter');
    await expect.poll(() => read(id)).toMatchObject({ state: 'assigned', agentId });
    await call('POST', `conversations/${id}/close`, {});
    await page.reload();
    await page.getByRole('button', { name: 'Reopen', exact: true }).click();
    await expect.poll(() => read(id)).toMatchObject({ state: 'assigned', agentId });

    const ticket = await hand(office, { name: 'Ulla Berg', text: 'Hi', agentId });
    await call('POST', `conversations/${ticket.id}/close`, {});
    await page.goto(shared.at(`/inbox/closed/${ticket.id}`));
    await page.getByText('RapidPro has been told that it ended').waitFor();
    expect(await page.getByRole('button', { name: 'Reopen', exact: true }).count()).toBe(0);
    await shootEachLook(page, 'closed-elsewhere');
    await page.context().close();
  },
);

inBrowser(
  'an agent writes first by keys alone, and from the contact’s page; where nobody can, each channel says why',
  limit,
  async () => {
    const office = shared.office();
    const { page, agentId } = await invite(shared, { name: 'Dian', capacity: 1 });
    const id = await meet('Kirana Putri', agentId);
    await call('POST', `conversations/${id}/close`, {});
    await pause(page);
    await page.keyboard.press('Shift+N');
    await typeInDialog(page, 'Start a conversation', 'Kirana');
    const option = page.getByRole('option', { name: /Kirana Putri/ });
    await option.waitFor();
    await expectAccessible(page);
    await shootEachLook(page, 'start-whom');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Write to Kirana Putri' });
    const text = dialog.getByLabel('What do you write first?');
    await text.waitFor();
    await expect.poll(() => text.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type('Your parcel is here.');
    await expectAccessible(page);
    await shootEachLook(page, 'start');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Kirana Putri', level: 1 }).waitFor();
    await page.getByRole('log').getByText('Your parcel is here.').waitFor();
    await page.getByRole('textbox', { name: 'Reply', exact: true }).waitFor();

    // Full by now: it is said in words, and nothing is lost of what was typed.
    const other = await meet('Laras Wulan', (await invite(shared, { name: 'Eko' })).agentId);
    await call('POST', `conversations/${other}/close`, {});
    const { contact } = await read(other);
    await page.goto(shared.at(`/contacts/${contact.id}`));
    await page.getByRole('button', { name: 'Write', exact: true }).click();
    const second = page.getByRole('dialog', { name: 'Write to Laras Wulan' });
    await second.getByLabel('What do you write first?').fill('Hello there');
    await second.getByRole('button', { name: 'Send', exact: true }).click();
    await second.getByRole('alert').getByText('You have no room').waitFor();
    expect(await second.getByLabel('What do you write first?').inputValue()).toBe('Hello there');
    await shootEachLook(page, 'start-full');
    await page.keyboard.press('Escape');

    const ticket = await hand(office, { name: 'Nils Holm', text: 'Hi', agentId });
    const told = await read(ticket.id);
    await page.goto(shared.at(`/contacts/${told.contact.id}`));
    await page.getByRole('button', { name: 'Write', exact: true }).click();
    const third = page.getByRole('dialog', { name: 'Write to Nils Holm' });
    await third.getByText('The customer writes first').waitFor();
    await third.getByText('There is no channel over which').waitFor();
    expect(await third.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await shootEachLook(page, 'start-nowhere');
    await page.context().close();
  },
);
