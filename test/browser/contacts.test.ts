// Contacts in the office: found, changed, merged and parted, blocked, exported, erased; on a phone and on a wide screen.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { settle, signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';
import { shootEachLook } from './shoot.ts';

const shared = shareOffice(startTestOffice);
const limit = { timeout: 240_000 };
const inBrowser = test.skipIf(!hasBrowser);

const call = <T>(method: string, path: string, body?: object) =>
  shared.office().call<T>(method, `/api/v1/${path}`, body);

let made = 0;
/** Somebody who has written on a channel of a program; their conversation has ended with a rating. */
async function makeContact(name: string, more: object = {}): Promise<string> {
  const { items } = await call<{ items: { id: string; kind: string }[] }>('GET', 'channels');
  const id =
    items.find(({ kind }) => kind === 'api')?.id ??
    (await call<{ id: string }>('POST', 'channels', { kind: 'api', name: 'Our shop' })).id;
  made += 1;
  const contact = { externalId: `customer-${made}`, name, ...more };
  const opened = await call<{ id: string }>('POST', `channels/${id}/conversations`, {
    ...{ externalId: `case-${made}`, contact, message: { text: `Hello from ${name}` } },
  });
  await call('POST', `conversations/${opened.id}/close`, {
    ...{ note: 'Sent a new one', meta: { Reason: 'broken' } },
  });
  const shown = await call<{ contact: { id: string } }>('GET', `conversations/${opened.id}`);
  return shown.contact.id;
}

async function openOffice(path: string): Promise<Page> {
  const page = await shared.open(null);
  await signIn(page, shared.office());
  await page.goto(shared.at(path));
  await settle(page);
  return page;
}

inBrowser(
  'nobody has written yet; then somebody is found by key, by a word and by a tag',
  limit,
  async () => {
    const page = await openOffice('/inbox/mine');
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.getByRole('heading', { name: 'Contacts', level: 1 }).waitFor();
    await page.getByText('Nobody has written yet').waitFor();
    await shootEachLook(page, 'contacts-empty');
    await makeContact('Maria da Silva', { email: 'maria@shop.example', tags: ['vip'] });
    await makeContact('Kim Lee', { phone: '+62 812 3456' });
    await page.reload();
    await page.getByRole('link', { name: 'Kim Lee' }).waitFor();
    const search = page.getByRole('searchbox', { name: 'Name, address, phone or id' });
    await search.fill('silva');
    await page.getByRole('link', { name: 'Kim Lee' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Maria da Silva' }).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('silva');
    await search.fill('');
    await page.getByRole('textbox', { name: 'Tag', exact: true }).fill('vip');
    await page.getByRole('link', { name: 'Kim Lee' }).waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: 'Tag', exact: true }).fill('nobody');
    await page.getByText('No contact fits').waitFor();
    await expectAccessible(page);
    await page.goto(shared.at('/contacts'));
    await page.getByRole('link', { name: 'Kim Lee' }).waitFor();
    await expectAccessible(page);
    await shootEachLook(page, 'contacts');
  },
);

inBrowser(
  'a value is changed in its place, and what a colleague has changed meanwhile is not written over',
  limit,
  async () => {
    const id = await makeContact('Ana');
    const page = await openOffice(`/contacts/${id}`);
    await page.getByRole('button', { name: 'Change: E-mail' }).click();
    await call('PATCH', `contacts/${id}`, { email: 'theirs@shop.example' });
    const field = page.getByRole('textbox', { name: 'E-mail' });
    await field.fill('mine@shop.example');
    await field.press('Enter');
    await page.getByText('Somebody has changed this meanwhile').waitFor();
    await page.getByText('theirs@shop.example').waitFor();
    await page.getByRole('button', { name: 'Change: E-mail' }).click();
    await field.fill('mine@shop.example');
    await field.press('Enter');
    await expect
      .poll(() => call('GET', `contacts/${id}`))
      .toMatchObject({ email: 'mine@shop.example' });
  },
);

inBrowser('two contacts are merged after a preview, and parted again', limit, async () => {
  const kept = await makeContact('Budi');
  await makeContact('Budi of the shop', { email: 'budi@shop.example' });
  const page = await openOffice(`/contacts/${kept}`);
  await page.getByRole('button', { name: 'Merge' }).click();
  const dialog = page.getByRole('dialog', { name: 'Merge' });
  await dialog.getByLabel('Which other contact is the same person?').fill('budi of');
  await dialog.getByRole('button', { name: /Budi of the shop/ }).click();
  await dialog.getByText('Taken over: e-mail address.').waitFor();
  await expectAccessible(page);
  await shootEachLook(page, 'contact-merge');
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('“Budi of the shop” was merged into this contact').waitFor();
  const past = page.getByRole('table', { name: 'Conversations' });
  await past.getByText('Hello from Budi of the shop').waitFor();
  await shootEachLook(page, 'contact');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await page.getByText('Taken back by').waitFor();
  await past.getByText('Hello from Budi of the shop').waitFor({ state: 'detached' });
});

inBrowser('a contact is blocked with a reason, listed as such, and unblocked', limit, async () => {
  const id = await makeContact('Rude');
  const page = await openOffice(`/contacts/${id}`);
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Block' });
  await dialog.getByLabel('Reason').fill('Threats');
  await dialog.getByRole('button', { name: 'Block', exact: true }).click();
  await page.getByText(/Blocked by .*: Threats/).waitFor();
  await page.goto(shared.at('/contacts?blocked=true'));
  await page.getByRole('link', { name: 'Rude' }).waitFor();
  const networks = page.getByRole('region', { name: 'Blocked networks' });
  await networks.getByRole('button', { name: 'Block', exact: true }).click();
  await page.getByRole('textbox', { name: 'Network' }).fill('192.0.2.0/24');
  await page.getByRole('dialog').getByLabel('Reason').fill('Floods');
  await page.getByRole('dialog').getByRole('button', { name: 'Block', exact: true }).click();
  await networks.getByText('192.0.2.0/24').waitFor();
  await expectAccessible(page);
  await shootEachLook(page, 'contacts-blocked');
  await networks.getByRole('button', { name: 'Lift the block of 192.0.2.0/24' }).click();
  await networks.getByText('No network is blocked.').waitFor();
  await page.goto(shared.at(`/contacts/${id}`));
  await page.getByRole('button', { name: 'Unblock' }).click();
  await page.getByRole('button', { name: 'Block', exact: true }).waitFor();
});

inBrowser(
  'a person is handed out as a file, and erased once the name is typed',
  limit,
  async () => {
    const id = await makeContact('Gone Soon');
    const page = await openOffice(`/contacts/${id}`);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    const file = await (await download).path();
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      ...{ format: 'usher.contact', contact: { id } },
    });
    await page.getByRole('button', { name: 'Erase' }).click();
    const dialog = page.getByRole('dialog', { name: 'Erase' });
    const confirm = dialog.getByLabel('Type “Gone Soon” to confirm');
    await confirm.fill('Gone');
    await dialog.getByRole('button', { name: 'Erase' }).click();
    await dialog.getByText('That is not the name of the contact.').waitFor();
    await expectAccessible(page);
    await shootEachLook(page, 'contact-erase');
    await confirm.fill('Gone Soon');
    await dialog.getByRole('button', { name: 'Erase' }).click();
    await page.getByText('Erased. Conversations: 1').waitFor();
    await page.getByRole('heading', { name: 'Contacts', level: 1 }).waitFor();
    await page.goto(shared.at(`/contacts/${id}`));
    await page.getByText('This could not be loaded').first().waitFor();
  },
);

inBrowser(
  'beside a conversation stand ratings, answers, and the way to all that is known',
  limit,
  async () => {
    const id = await makeContact('Panel');
    const { items } = await call<{ items: { id: string }[] }>(
      'GET',
      `contacts/${id}/conversations`,
    );
    const page = await openOffice(`/inbox/closed/${items[0]?.id}`);
    await page.getByRole('tab', { name: 'Activity' }).click();
    const panel = page.getByRole('tabpanel');
    await panel.getByText('Sent a new one').waitFor();
    await panel.getByText('broken').waitFor();
    await expectAccessible(page);
    await shootEachLook(page, 'panel');
    await panel.getByRole('link', { name: 'All that is known' }).click();
    await page.getByRole('heading', { name: 'Panel', level: 1 }).waitFor();
  },
);
