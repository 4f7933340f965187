// What an agent has written goes to the server once, by itself, and is nobody else's meanwhile.
import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { forgetFiles } from '../../src/store/forget-files.ts';
import { intercept } from './intercept.ts';
import { hasBrowser } from './launch-browser.ts';
import { give, hand, invite, PASSWORD } from './office-people.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();
const limit = { timeout: 180_000 };
const inBrowser = test.skipIf(!hasBrowser);
const SENDS = '**/api/v1/conversations/*/messages';

const field = (page: Page) => page.getByRole('textbox', { name: 'Reply', exact: true });
const shown = (page: Page, text: string) => page.getByRole('log').getByText(text, { exact: true });
const path = (id: string) => `/inbox/all/${id}`;

async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press('Enter');
}

async function readStored(id: string): Promise<string[]> {
  const { items } = await shared
    .office()
    .call<{ items: { authorKind: string; text: string }[] }>(
      'GET',
      `/api/v1/conversations/${id}/messages`,
    );
  return items.filter(({ authorKind }) => authorKind === 'agent').map(({ text }) => text);
}

/** No message gets out, until what is answered is called. */
async function block(page: Page): Promise<() => Promise<void>> {
  const refuse = (route: Route) =>
    route.request().method() === 'POST' ? route.abort() : route.fallback();
  await page.context().route(SENDS, refuse);
  return () => page.context().unroute(SENDS, refuse);
}

/** A file that is on its way until the answer is called. */
async function attachSlowly(page: Page): Promise<() => void> {
  const arrived = Promise.withResolvers<void>();
  await intercept(page, '**/api/v1/attachments', async (route) => {
    await arrived.promise;
    await route.continue();
  });
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('1') }]);
  await page.getByText('plan.txt').waitFor();
  return () => arrived.resolve();
}

async function atWork(name: string, customer: string) {
  const { page, agentId, email } = await invite(shared, { name });
  const { id } = await hand(shared.office(), { name: customer, text: 'Hello?', agentId });
  await page.goto(shared.at(path(id)));
  await shown(page, 'Hello?').waitFor();
  return { page, id, email };
}

async function signInBy(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').first().fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

inBrowser(
  'an answer that is lost and asked for again leaves one message, shown once',
  limit,
  async () => {
    const { page, id } = await atWork('Nora', 'Emil Sand');
    let lost = 0;
    await intercept(page, SENDS, async (route) => {
      if (route.request().method() !== 'POST' || lost >= 2) return route.fallback();
      lost += 1;
      await route.fetch();
      await route.abort();
    });
    await write(page, 'Sent once');
    // By hand where it does not go by itself.
    const retry = page.getByRole('button', { name: 'Try again' });
    const answered = page.waitForResponse(
      (answer) => answer.url().endsWith('/messages') && answer.request().method() === 'POST',
    );
    for (const timer = Date.now(); Date.now() - timer < 30_000 && lost < 2; ) {
      await retry.click({ timeout: 500 }).catch(() => {});
    }
    await retry.click({ timeout: 500 }).catch(() => {});
    expect((await answered).status()).toBe(201);
    await expect
      .poll(() => page.evaluate(() => Object.keys(localStorage).join(' ')))
      .not.toContain('usher.outbox');
    await expect.poll(() => shown(page, 'Sent once').count()).toBe(1);
    expect(lost).toBe(2);
    expect(await readStored(id)).toEqual(['Sent once']);
  },
);

inBrowser(
  'a message written without a line says so, outlives a reload, and is sent in order once the line is back',
  limit,
  async () => {
    const { page, id } = await atWork('Olga', 'Vera Blum');
    const open = await block(page);
    for (const text of ['First', 'Second', 'Third']) await write(page, text);
    await page
      .getByText('Waiting for the connection. It is sent as soon as that is back.')
      .waitFor();
    await page.reload();
    for (const text of ['First', 'Second', 'Third']) await shown(page, text).waitFor();
    await page
      .getByText('Waiting for the connection. It is sent as soon as that is back.')
      .waitFor();
    expect(await readStored(id)).toEqual([]);
    await open();
    await expect
      .poll(() => readStored(id), { timeout: 60_000 })
      .toEqual(['First', 'Second', 'Third']);
    for (const text of ['First', 'Second', 'Third']) {
      await expect.poll(() => shown(page, text).count()).toBe(1);
    }
    await page
      .getByText('Waiting for the connection. It is sent as soon as that is back.')
      .waitFor({ state: 'detached' });
  },
);

inBrowser(
  'what waits outlives the end of the session, and goes when the same person signs in',
  limit,
  async () => {
    const { page, id, email } = await atWork('Petra', 'Ivo Lang');
    const open = await block(page);
    await write(page, 'Before the end');
    await page
      .getByText('Waiting for the connection. It is sent as soon as that is back.')
      .waitFor();
    await page.context().clearCookies();
    await page.reload();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await open();
    await signInBy(page, email);
    await expect.poll(() => readStored(id), { timeout: 60_000 }).toEqual(['Before the end']);
    await expect.poll(() => shown(page, 'Before the end').count()).toBe(1);
  },
);

inBrowser(
  'who signs out keeps or deletes what waits, and nobody else is shown it or sends it',
  limit,
  async () => {
    const { page, id, email } = await atWork('Rosa', 'Milan Graf');
    const other = await invite(shared, { name: 'Sven', role: 'supervisor' });
    await other.page.close();
    const open = await block(page);
    await write(page, 'Only of Rosa');
    await field(page).fill('Half a sentence of Rosa');
    await page
      .getByText('Waiting for the connection. It is sent as soon as that is back.')
      .waitFor();
    const leave = async (choice: string | null) => {
      await page.goto(shared.at('/profile'));
      await page.getByRole('button', { name: 'Sign out', exact: true }).click();
      if (choice === null) return;
      const dialog = page.getByRole('dialog', { name: 'Not sent yet: 1' });
      await dialog.getByRole('button', { name: choice }).click();
    };
    await leave('Cancel');
    await page.getByRole('heading', { name: 'Your profile' }).waitFor();
    await leave('Keep and sign out');
    // Before that it would be sent as Rosa's, and rightly so.
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await open();
    await signInBy(page, other.email);
    await page.getByRole('heading', { name: /Mine/ }).waitFor();
    await page.goto(shared.at(path(id)));
    await shown(page, 'Hello?').waitFor();
    expect(await page.getByText('Half a sentence').count()).toBe(0);
    // The other's own goes out, so what waits had its chance too.
    await page.getByRole('radio', { name: 'Note' }).click();
    await page.getByRole('textbox', { name: 'Private note' }).fill('From Sven');
    await page.keyboard.press('Enter');
    await shown(page, 'From Sven').waitFor();
    await expect
      .poll(() => page.evaluate(() => JSON.stringify(localStorage)))
      .not.toContain('From Sven');
    expect(await page.getByText('Only of Rosa').count()).toBe(0);
    expect(await readStored(id)).toEqual(['From Sven']);
    // Sven leaves nothing behind, and is not asked.
    await leave(null);
    await block(page);
    await signInBy(page, email);
    await page.getByRole('heading', { name: /Mine/ }).waitFor();
    await page.goto(shared.at(path(id)));
    await shown(page, 'Only of Rosa').waitFor();
    expect(await field(page).inputValue()).toBe('Half a sentence of Rosa');
    await leave('Delete and sign out');
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Only of Rosa');
  },
);

inBrowser('what is refused says why, and goes when it is tried again', limit, async () => {
  const { page, id } = await atWork('Tilda', 'Hugo Berg');
  const open = await block(page);
  await write(page, 'Mine again');
  await page.getByText('Waiting for the connection. It is sent as soon as that is back.').waitFor();
  const office = shared.office();
  const at = `/api/v1/conversations/${id}`;
  const { agentId } = await office.call<{ agentId: string }>('GET', at);
  const me = await office.call<{ user: { agentId: string } }>('GET', '/api/v1/session');
  await give(office, id, me.user.agentId);
  await open();
  await page.getByRole('alert').getByText('Somebody else has this conversation.').waitFor();
  await give(office, id, agentId);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => readStored(id), { timeout: 30_000 }).toEqual(['Mine again']);
});

inBrowser(
  'Enter pressed while a file is being sent sends both when it is there',
  limit,
  async () => {
    const { page, id } = await atWork('Ilse', 'Ove Lind');
    const arrive = await attachSlowly(page);
    await write(page, 'Our plan');
    await page.getByText('It is sent as soon as the file is there.').waitFor();
    expect(await readStored(id)).toEqual([]);
    arrive();
    await expect.poll(() => readStored(id)).toEqual(['Our plan']);
    await page
      .getByRole('log')
      .getByRole('link', { name: /plan\.txt/ })
      .waitFor();
    expect(await field(page).inputValue()).toBe('');
  },
);

inBrowser('what is changed while a file is being sent waits for another Enter', limit, async () => {
  const { page, id } = await atWork('Jette', 'Per Holm');
  const arrive = await attachSlowly(page);
  const hint = page.getByText('It is sent as soon as the file is there.');
  await write(page, 'Our plan');
  await hint.waitFor();
  await field(page).pressSequentially(' and');
  await hint.waitFor({ state: 'detached' });
  arrive();
  await page
    .getByRole('button', { name: 'Send', exact: true })
    .and(page.locator(':enabled'))
    .waitFor();
  expect(await readStored(id)).toEqual([]);
  await field(page).press('Enter');
  await expect.poll(() => readStored(id)).toEqual(['Our plan and']);
});

inBrowser(
  'a file that has waited in the outbox for days is sent with its message',
  limit,
  async () => {
    const { page, id } = await atWork('Ulla', 'Jan Moor');
    const open = await block(page);
    await page
      .locator('input[type=file]')
      .setInputFiles([{ name: 'bill.txt', mimeType: 'text/plain', buffer: Buffer.from('42') }]);
    await page.getByText('bill.txt').waitFor();
    await write(page, 'Your bill');
    await page
      .getByText('Waiting for the connection. It is sent as soon as that is back.')
      .waitFor();
    const { pool } = shared.office();
    const { rows } = await pool.query(
      `update attachment set created_at = now() - interval '3 days' where file_name = 'bill.txt'
    returning workspace_id as "workspaceId"`,
    );
    expect(rows.length).toBe(1);
    await forgetFiles(pool, rows[0].workspaceId);
    await open();
    await expect.poll(() => readStored(id), { timeout: 60_000 }).toEqual(['Your bill']);
    const file = page.getByRole('log').getByRole('link', { name: /bill\.txt/ });
    const link = await file.getAttribute('href');
    expect(await page.evaluate(async (at) => (await fetch(at ?? '')).text(), link)).toBe('42');
  },
);
