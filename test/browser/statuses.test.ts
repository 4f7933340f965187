// Statuses as an admin keeps them, an agent chooses them and a supervisor sets them, in a browser on the real server.
import { expect, test } from 'vitest';
import { settle, signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { invite } from './office-people.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();
const limit = { timeout: 180_000 };
const inBrowser = test.skipIf(!hasBrowser);

interface Listed {
  items: { id: string; name: string; statusId: string | null; statusReason: string | null }[];
}

inBrowser(
  'an admin keeps the list: a name, an emoji, an order, and what is archived',
  limit,
  async () => {
    const office = shared.office();
    const page = await shared.open(null);
    await signIn(page, office);
    await page.goto(shared.at('/settings/statuses'));
    const add = async (name: string, emoji: string) => {
      await page.getByRole('button', { name: 'Add', exact: true }).first().click();
      const dialog = page.getByRole('dialog', { name: 'Add' });
      await dialog.getByLabel('Name').fill(name);
      await dialog.getByLabel('Emoji').fill(emoji);
      await dialog.getByRole('button', { name: 'Save' }).click();
      return dialog;
    };
    const dialog = await add('Break', 'no emoji');
    await dialog.getByText('That is not a single emoji.').waitFor();
    await dialog.getByLabel('Emoji').fill('☕');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await (await add('Meeting', '')).waitFor({ state: 'detached' });
    const act = async (name: string, action: string) => {
      await page.getByRole('button', { name: `More for ${name}` }).click();
      await page.getByRole('menuitem', { name: action }).click();
    };
    await act('Meeting', 'Move up');
    const names = async () =>
      (await office.call<Listed>('GET', '/api/v1/statuses')).items.map(({ name }) => name);
    await expect.poll(names).toEqual(['Meeting', 'Break']);
    await act('Meeting', 'Archive');
    await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
    await page.getByText('Archived').waitFor();
    await page.context().close();
  },
);

inBrowser(
  'an agent goes to lunch by keyboard, and a supervisor sets training with the reason',
  limit,
  async () => {
    const office = shared.office();
    const lunch = await office.call<{ id: string }>('POST', '/api/v1/statuses', {
      name: 'Lunch',
      emoji: '🍜',
      colour: '#dd9a0b',
    });
    const training = await office.call<{ id: string }>('POST', '/api/v1/statuses', {
      name: 'Training',
    });
    const { page, agentId } = await invite(shared, { name: 'Wati', capacity: 2 });
    const agent = async () =>
      (await office.call<Listed>('GET', '/api/v1/agents?limit=200')).items.find(
        ({ id }) => id === agentId,
      );
    await page.goto(shared.at('/inbox/mine'));
    const me = page.getByRole('button', { name: /Wati/ });
    await me.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Lunch' }).focus();
    await page.keyboard.press('Enter');
    await me.getByText('🍜 Lunch').waitFor();
    await expect.poll(async () => (await agent())?.statusId).toBe(lunch.id);

    const live = await shared.open(null);
    await signIn(live, office);
    await live.goto(shared.at('/live'));
    const row = live.getByRole('row', { name: /Wati/ });
    await row.getByText('🍜 Lunch').waitFor();
    await row.getByRole('button', { name: /Lunch/ }).click();
    await live.getByRole('menuitem', { name: 'With a reason…' }).click();
    const dialog = live.getByRole('dialog', { name: 'Set the status of Wati' });
    await dialog.getByRole('combobox', { name: 'Availability' }).click();
    await live.getByRole('option', { name: 'Training' }).click();
    await dialog.getByLabel('Reason').fill('New product');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await row.getByText('Training').waitFor();
    expect(await agent()).toMatchObject({ statusId: training.id, statusReason: 'New product' });
    // Without a reload, and with who did it.
    await me.getByText('Training').waitFor();
    await me.click();
    await page.getByText(/set by Ana Pereira · New product/).waitFor();
    await page.keyboard.press('Escape');
    await page.goto(shared.at('/profile'));
    const times = page.getByRole('region', { name: 'Time per status' });
    await times.getByText(/Lunch \d/).waitFor();
    await settle(page);
    await page.context().close();
    await live.context().close();
  },
);
