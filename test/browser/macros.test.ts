// A supervisor's macros: made, ordered, corrected, taken back; and an agent's stroke with one of them.
import { expect, test } from 'vitest';
import type { Macro } from '../../src/contract/macros.ts';
import { hasBrowser } from './launch-browser.ts';
import { hand, invite, openRow } from './office-people.ts';
import { expectAccessible } from './open-browser.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

const call = <T = object>(method: string, path: string, body?: object) =>
  shared.office().call<T>(method, `/api/v1/${path}`, body);
const list = async () => (await call<{ items: Macro[] }>('GET', 'macros')).items;
async function clear(): Promise<void> {
  for (const { id } of await list()) await call('DELETE', `macros/${id}`);
}

inBrowser(
  'from the empty page by keyboard: what is missing is said in its place, actions are put in order, and the macro is saved',
  limit,
  async () => {
    await clear();
    const page = await shared.openAsAdmin('/settings/macros', { width: 390, scheme: 'dark' });
    await page.getByText('No macros yet').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'New macro' }).last().focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'New macro' });
    await dialog.waitFor();
    await page.keyboard.type('Solved');
    await dialog.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('Add an action: one at least, 10 at most.').waitFor();
    await expectAccessible(page);

    const add = async (name: string) => {
      await dialog.getByRole('button', { name: 'Add an action' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menu').waitFor({ state: 'detached' });
    };
    await add('Close');
    await add('Write to the customer');
    await dialog.getByRole('textbox', { name: 'English' }).fill('Solved, {{name}}!');
    await dialog.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('It stands behind the closing.').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Up: Write to the customer' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const [made] = await list();
    expect(made).toMatchObject({
      name: 'Solved',
      teamId: null,
      actions: [{ do: 'message', texts: { en: 'Solved, {{name}}!' } }, { do: 'close' }],
    });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBe(0);
  },
);

inBrowser('a macro is removed at once, and taken back', limit, async () => {
  await clear();
  await call('POST', 'macros', { name: 'Gold', actions: [{ do: 'add-tags', tags: ['gold'] }] });
  const [kept] = await list();
  const page = await shared.openAsAdmin('/settings/macros');
  await page.getByRole('button', { name: 'More for Gold' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByText('No macros yet').waitFor();
  expect(await list()).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('cell', { name: 'Gold', exact: true }).waitFor();
  expect({ ...(await list())[0], id: '' }).toEqual({ ...kept, id: '' });
  await expectAccessible(page);
});

inBrowser('an agent uses one by keyboard, and sees what it has done', limit, async () => {
  await clear();
  const actions = [
    { do: 'add-tags', tags: ['solved'] },
    { do: 'note', text: 'Called back.' },
  ];
  await call('POST', 'macros', { name: 'Called back', actions });
  const { page, agentId } = await invite(shared, { name: 'Made' });
  const what = { name: 'Sari Macro', text: 'Please call me.', agentId };
  const { id } = await hand(shared.office(), what);
  await openRow(page, 'Sari Macro');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Called back');
  await page
    .getByRole('option', { name: /Called back/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  const log = page.getByRole('log');
  await log.getByText('Made used the macro “Called back”').waitFor();
  expect(await log.getByRole('group', { name: 'Made' }).textContent()).toContain('Called back.');
  await expect
    .poll(async () => (await call<{ tags: string[] }>('GET', `conversations/${id}`)).tags)
    .toContain('solved');
  await expectAccessible(page);
});
