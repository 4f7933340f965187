// What people trip over in their first week at the desk, in a browser on the real server.
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { settle, signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { goOnline, hand, invite, openRow, row } from './office-people.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);
const stateOf = async (id: string) =>
  shared
    .office()
    .call<{ state: string; agentId: string | null; meta: object; tags: string[] }>(
      'GET',
      `/api/v1/conversations/${id}`,
    );
const hasFocus = (field: Locator) =>
  field.evaluate((element) => element.contains(document.activeElement));
const agentNamed = async (name: string) => {
  const { items } = await shared
    .office()
    .call<{ items: { id: string; name: string }[] }>('GET', '/api/v1/agents?limit=200');
  return items.find((agent) => agent.name === name)?.id ?? '';
};

/** Until the end of the test. */
async function askAtTheEnd(closeForm: object[]): Promise<void> {
  const { call } = shared.office();
  await call('PATCH', '/api/v1/settings', { closeForm });
  onTestFinished(async () => {
    await call('PATCH', '/api/v1/settings', { closeForm: [] });
  });
}

inBrowser('Enter chooses in the closing form, and only Ctrl+Enter closes', limit, async () => {
  const office = shared.office();
  await askAtTheEnd([
    { name: 'wish', label: 'Wish', type: 'text', required: false },
    {
      name: 'out.come',
      label: 'Outcome',
      type: 'select',
      required: true,
      options: ['Refunded', 'Replaced'],
    },
    { name: 'order', label: 'Order number', type: 'text', required: true },
  ]);
  const { page, agentId } = await invite(shared, { name: 'Alma' });
  const { id } = await hand(office, { name: 'Ines Kuhn', text: 'Hi there', agentId });
  const { keyboard } = page;
  await openRow(page, 'Ines Kuhn');
  await keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Close the conversation' });
  await dialog.waitFor();
  const outcome = dialog.getByRole('combobox', { name: 'Outcome' });
  const order = dialog.getByLabel('Order number');
  await expect.poll(() => hasFocus(outcome)).toBe(true);
  await keyboard.press('ArrowDown');
  const refunded = page.getByRole('option', { name: 'Refunded' });
  await refunded.waitFor();
  // The list is drawn a moment before it answers to keys.
  const isMarked = async () => {
    await keyboard.press('Home');
    return refunded.getAttribute('data-combobox-selected');
  };
  await expect.poll(isMarked).toBe('true');
  await keyboard.press('Enter');
  await expect.poll(() => outcome.inputValue()).toBe('Refunded');

  await keyboard.press('Tab');
  await keyboard.press('Shift+Tab');
  await keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'Refunded' }).waitFor();
  await keyboard.press('Enter');
  await page.getByRole('option', { name: 'Refunded' }).waitFor({ state: 'hidden' });
  expect(await outcome.inputValue()).toBe('Refunded');

  await keyboard.press('Control+Enter');
  await dialog.getByText('This must be answered.').waitFor();
  await expect.poll(() => hasFocus(order)).toBe(true);
  await keyboard.type('4471');
  await keyboard.press('Enter');
  await dialog.getByLabel('Note').click();
  expect((await stateOf(id)).state).toBe('assigned');
  await keyboard.type('All well');
  await keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(async () => (await stateOf(id)).state).toBe('closed');
  expect((await stateOf(id)).meta).toMatchObject({ 'out.come': 'Refunded', order: '4471' });
});

inBrowser('what was typed about an end outlives Escape and a click beside it', limit, async () => {
  const { page, agentId } = await invite(shared, { name: 'Bodil' });
  await hand(shared.office(), { name: 'Pavel Novak', text: 'Me too', agentId });
  await openRow(page, 'Pavel Novak');
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Close the conversation' });
  await dialog.getByLabel('Note').fill('They will call again on Monday');
  await page.keyboard.press('Escape');
  await page.mouse.click(20, 20);
  await dialog.getByRole('button', { name: 'Cancel' }).focus();
  expect(await dialog.getByLabel('Note').inputValue()).toBe('They will call again on Monday');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
});

inBrowser('Enter takes the tag that is marked, and a new one only on purpose', limit, async () => {
  const { page, agentId } = await invite(shared, { name: 'Carla' });
  const { id } = await hand(shared.office(), { name: 'Timo Aalto', text: 'Hm', agentId });
  const { keyboard } = page;
  await openRow(page, 'Timo Aalto');
  const tags = page.getByLabel('About this conversation').getByRole('combobox', {
    name: 'Tags',
    exact: true,
  });
  await tags.click();
  await keyboard.type('Del');
  await page.getByRole('option', { name: 'delivery' }).waitFor();
  await keyboard.press('Enter');
  await expect.poll(async () => (await stateOf(id)).tags).toEqual(['delivery']);
  await keyboard.press('Enter');
  await keyboard.type('ret');
  await page.getByRole('option', { name: 'return' }).waitFor();
  await keyboard.press('Tab');
  await expect.poll(async () => (await stateOf(id)).tags).toEqual(['delivery', 'return']);
  await tags.click();
  await keyboard.type('log');
  await page.getByRole('option', { name: 'New tag “log”' }).click();
  await expect.poll(async () => (await stateOf(id)).tags).toEqual(['delivery', 'return', 'log']);
  await keyboard.type('gin');
  await page.getByRole('option', { name: 'login' }).waitFor();
  await keyboard.press('Enter');
  await expect
    .poll(async () => (await stateOf(id)).tags)
    .toEqual(['delivery', 'return', 'log', 'gin']);
});

inBrowser('a transfer stands in the thread as one line', limit, async () => {
  const { page, agentId } = await invite(shared, { name: 'Dora' });
  const { id } = await hand(shared.office(), { name: 'Sven Lund', text: 'Well?', agentId });
  const other = await invite(shared, { name: 'Edda' });
  await goOnline(other.page, 'Edda');
  await openRow(page, 'Sven Lund');
  await page.getByRole('button', { name: 'Assign or transfer' }).click();
  await page.getByRole('dialog').getByRole('option', { name: /Edda/ }).click();
  await expect.poll(async () => (await stateOf(id)).agentId).toBe(other.agentId);
  await page.goto(shared.at(`/inbox/all/${id}`));
  const thread = page.getByRole('log');
  await thread.getByText('Dora transferred it to Edda').waitFor();
  await settle(page);
  expect(await thread.getByText(/to Edda/).count()).toBe(1);
});

inBrowser('who is away is given a conversation only after a word', limit, async () => {
  const { page, agentId } = await invite(shared, { name: 'Fenna' });
  const { id } = await hand(shared.office(), { name: 'Uta Frank', text: 'Hello?', agentId });
  await openRow(page, 'Uta Frank');
  await page.getByRole('button', { name: 'Assign or transfer' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('option', { name: /Tomás Ribeiro/ }).click();
  await dialog.getByRole('alert').getByText('Tomás Ribeiro is away').waitFor();
  expect((await stateOf(id)).agentId).toBe(agentId);
  await dialog.getByRole('button', { name: 'Give it anyway' }).click();
  await dialog.waitFor({ state: 'detached' });
  const tomas = await agentNamed('Tomás Ribeiro');
  await expect.poll(async () => (await stateOf(id)).agentId).toBe(tomas);
});

inBrowser('on Live too, and the way back is shown whole', limit, async () => {
  const office = shared.office();
  const name = 'Bartholomew Featherstonehaugh-Cholmondeley the Younger';
  const kim = await agentNamed('Kim Ji-woo');
  const tomas = await agentNamed('Tomás Ribeiro');
  const { id } = await hand(office, { name, text: 'Good day', agentId: kim });
  const page = await shared.open(null);
  await signIn(page, office);
  // So tall that nothing scrolls while it is dragged.
  await page.setViewportSize({ width: 1280, height: 2400 });
  await page.goto(shared.at('/live'));
  const row = page
    .getByRole('table', { name: 'Agents' })
    .getByRole('row')
    .filter({ hasText: 'Tomás Ribeiro' })
    .first();
  await page.getByTitle(`Move ${name}`).dragTo(row);
  const asked = page.getByRole('dialog', { name: 'Tomás Ribeiro is away' });
  await asked.waitFor();
  expect((await stateOf(id)).agentId).toBe(kim);
  await asked.getByRole('button', { name: 'Give it anyway' }).click();
  await expect.poll(async () => (await stateOf(id)).agentId).toBe(tomas);
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  const label = undo.locator('.mantine-Button-label');
  expect(await label.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
  const fits = await undo.evaluate((one) => one.scrollWidth <= one.clientWidth);
  expect(fits).toBe(true);
  await page.context().close();
});

inBrowser('a new agent is told to go online, and how many wait', limit, async () => {
  const { page } = await invite(shared, { name: 'Gro' });
  const bar = page.getByRole('status').filter({ hasText: 'You are offline' });
  await bar.waitFor();
  const { waiting } = await shared
    .office()
    .call<{ waiting: number }>('GET', '/api/v1/inbox/counts');
  expect(waiting).toBeGreaterThan(0);
  const list = page.getByRole('region', { name: 'Mine' });
  await list.getByText(`Waiting: ${waiting}.`).waitFor();
  expect(await page.getByText('You are all caught up').count()).toBe(0);
  await list.getByRole('button', { name: 'Go online' }).click();
  await bar.waitFor({ state: 'detached' });
  await page.getByText('You are all caught up').waitFor();
  await page.getByRole('button', { name: /Gro/ }).first().click();
  await page.getByRole('menuitem', { name: 'Offline' }).click();
  await page.keyboard.press('Escape');
  await bar.getByRole('button', { name: 'Go online' }).click();
  await bar.waitFor({ state: 'detached' });
});

inBrowser('the keys that are listed lead to pages that one has', limit, async () => {
  const { page } = await invite(shared, { name: 'Hanne' });
  const help = await openHelp(page);
  await help.getByText('My conversations').waitFor();
  expect(await help.getByText('Reports').count()).toBe(0);
  expect(await help.getByText('Settings').count()).toBe(0);
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByRole('heading', { name: 'Live' }).waitFor();
  const admin = await shared.open(null);
  await signIn(admin, shared.office());
  await admin.goto(shared.at('/inbox/mine'));
  await row(admin, 'Dewi Lestari').waitFor();
  const all = await openHelp(admin);
  await all.getByText('Reports').waitFor();
  await all.getByText('Settings').waitFor();
  await admin.context().close();
});

async function openHelp(page: Page): Promise<Locator> {
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await help.waitFor();
  return help;
}
