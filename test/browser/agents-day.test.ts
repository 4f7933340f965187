// An agent's whole day, a supervisor's and an admin's, in a browser on the real server, by role and label.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage, settle, signIn } from './browse-office.ts';
import { fillOffice } from './fill-office.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';
import { ADMIN, type Office, startOffice } from './start-office.ts';

let office: Office;
let browser: Awaited<ReturnType<typeof openBrowser>>;

beforeAll(async () => {
  if (!hasBrowser) return;
  office = await startOffice();
  await fillOffice(office);
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await office?.stop();
});

const at = (path: string) => new URL(path, office.url).href;
const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

/** A person who takes up the invitation and chooses a password. */
async function invite(name: string, role: 'agent' | 'supervisor'): Promise<Page> {
  const email = `${name.toLowerCase()}@example.com`;
  const { inviteUrl, user } = await office.call<{ inviteUrl: string; user: { agentId: string } }>(
    'POST',
    '/api/v1/users',
    { name, email, role },
  );
  await office.call('PATCH', `/api/v1/agents/${user.agentId}`, { answersHere: true, capacity: 3 });
  const page = await openPage(browser);
  await page.goto(at(new URL(inviteUrl).pathname));
  await page.getByLabel('Password').first().fill('another long password');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('heading', { name: /Mine/ }).waitFor();
  return page;
}

test.skipIf(!hasBrowser)(
  'an agent’s day: invited, online, receives, answers, notes, closes',
  {
    timeout: 120_000,
  },
  async () => {
    const page = await invite('Lia', 'agent');
    expect(await page.getByRole('link', { name: 'Settings' }).count()).toBe(0);
    await page.getByRole('button', { name: /Lia/ }).click();
    const changed = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
    await page.getByRole('menuitem', { name: 'Online' }).click();
    expect((await changed).status()).toBe(200);
    const contact = office.organisation.addContact({ name: 'Paula Brandt' });
    await office.organisation.openTicket({ contact });
    await office.organisation.sendMessage({ contact, text: 'Is anybody there?' });
    await row(page, 'Paula Brandt').waitFor();
    await page.keyboard.press('j');
    await page.getByRole('log').getByText('Is anybody there?').waitFor();

    await page.keyboard.press('r');
    await page.getByLabel('Reply', { exact: true }).last().fill('Yes, here I am.');
    await page.reload();
    const draft = page.getByLabel('Reply', { exact: true });
    await expect.poll(() => draft.inputValue()).toBe('Yes, here I am.');
    await draft.press('Enter');
    await page.getByRole('log').getByText('Yes, here I am.').waitFor();
    await draft.fill('/moment');
    await page.getByRole('option').first().waitFor();
    await draft.press('Enter');
    await expect.poll(() => draft.inputValue()).toContain('Give me a moment');
    await draft.press('Enter');
    await draft.press('Escape');
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Private note' }).fill('A friendly one.');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('Note by Lia').waitFor();
    await office.organisation.sendMessage({ contact, text: 'Thank you!' });
    await page.getByRole('log').getByText('Thank you!').waitFor();

    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByLabel('Message', { exact: true }).fill('A voucher for you');
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await page.getByLabel('About this conversation').getByText('Sent', { exact: true }).waitFor();

    await page.getByRole('heading', { name: 'Paula Brandt' }).click();
    await page.keyboard.press('e');
    await page.getByRole('dialog').getByLabel('Note').fill('Happy customer');
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByText('You are all caught up').waitFor();
    await page.getByRole('link', { name: 'Closed' }).first().click();
    await row(page, 'Paula Brandt').waitFor();
    await page.context().close();
  },
);

test.skipIf(!hasBrowser)(
  'a supervisor takes from the queue, forces past a capacity, raises it, reads the report',
  {
    timeout: 120_000,
  },
  async () => {
    const page = await invite('Omar', 'supervisor');
    await page
      .getByRole('link', { name: /Waiting/ })
      .first()
      .click();
    await row(page, 'Oliver Grant').getByRole('link').click();
    await page.getByRole('button', { name: 'Assign or transfer' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Budi Santoso/ })
      .click();
    await page.getByText('Budi Santoso has no room left').waitFor();
    await page.getByRole('button', { name: 'Give it anyway' }).click();
    await page.getByText('With Budi Santoso').waitFor();
    await page.getByRole('link', { name: 'Live' }).click();
    const budi = page.getByRole('row').filter({ hasText: 'Budi Santoso' });
    await budi.getByRole('button', { name: /3 \/ 2/ }).click();
    await page.getByLabel('Capacity', { exact: true }).fill('4');
    await page.getByRole('button', { name: 'Save' }).click();
    await budi.getByText(/\/ 4/).waitFor();
    await page.getByRole('link', { name: 'Reports' }).click();
    await settle(page);
    const { totals } = await page.evaluate(async () => {
      const day = (by: number) => new Date(new Date().setHours(24 * by, 0, 0, 0)).toISOString();
      const query = new URLSearchParams({ from: day(-6), to: day(1), timeZone: 'UTC', by: 'day' });
      return (await fetch(`/api/v1/reports?${query}`)).json();
    });
    const last = page.getByRole('table').getByRole('row').last();
    expect(await last.textContent()).toContain(
      `Total${totals.opened}${totals.assigned}${totals.closed}`,
    );
    await page.context().close();
  },
);

test.skipIf(!hasBrowser)(
  'an admin connects a channel and an endpoint whose failures are seen and sent once more',
  {
    timeout: 120_000,
  },
  async () => {
    const page = await openPage(browser);
    await page.goto(at('/settings/channels'));
    await page.getByLabel('E-mail').fill(ADMIN.email);
    await page.getByLabel('Password').first().fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Add a channel' }).click();
    await page.getByRole('dialog').getByLabel('Kind').click();
    await page.getByRole('option', { name: 'RapidPro' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Second shop');
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('baseUrl').waitFor();
    await page.getByText('adminAuthToken').waitFor();

    office.receiver.setBehaviour({ status: 500 });
    await page.getByRole('link', { name: 'Integration' }).click();
    await page.getByRole('button', { name: 'Open' }).first().click();
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await page.getByText('answered 500').waitFor();
    await page.keyboard.press('Escape');
    office.receiver.setBehaviour({ status: 200 });
    await page
      .getByRole('table', { name: 'Delivery log' })
      .getByRole('button', { name: 'Open' })
      .first()
      .click();
    await page.getByRole('button', { name: 'Send once more' }).click();
    await page.getByText('On its way once more.').waitFor();
    await page.context().close();
  },
);

test.skipIf(!hasBrowser)(
  'who is not signed in sees the sign-in, and comes back to where they wanted',
  {
    timeout: 60_000,
  },
  async () => {
    const page = await openPage(browser);
    await page.goto(at('/reports'));
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('E-mail').fill(ADMIN.email);
    await page.getByLabel('Password').first().fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('E-mail or password is wrong.').waitFor();
    await page.getByLabel('Password').first().fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Reports' }).waitFor();
    await signIn(page, office);
    await page.context().close();
  },
);
