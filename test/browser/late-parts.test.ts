// Parts of the office that come late, or not at all: after an update, over a bad line, and under the keyboard alone.
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signIn } from './browse-office.ts';
import { holdScript, intercept } from './intercept.ts';
import { hasBrowser } from './launch-browser.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();
const inBrowser = test.skipIf(!hasBrowser);

inBrowser(
  'a part that the server has no more is not blamed on the line, and its button reloads the page',
  async () => {
    const page = await openConversation();
    await intercept(page, '**/assets/close-dialog-*', (route) => route.fulfill({ status: 404 }));
    await page.keyboard.press('e');
    await page.getByText('may have been updated').waitFor();
    expect(await page.getByText('Check your connection').count()).toBe(0);
    await page.unroute('**/assets/close-dialog-*');
    const reloaded = page.waitForEvent('domcontentloaded');
    await page.getByRole('button', { name: 'Reload' }).click();
    await reloaded;
    await page.getByRole('log').waitFor();
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: 'Close the conversation' }).waitFor();
    await page.context().close();
  },
);

inBrowser(
  'a page that the server has no more offers to reload, which brings it once it is there',
  async () => {
    const page = await openConversation();
    await page.route('**/assets/reports-*.js', (route) => route.fulfill({ status: 404 }));
    await page.goto(shared.at('/reports'));
    await page.getByText('may have been updated').waitFor();
    await page.unroute('**/assets/reports-*.js');
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('heading', { name: 'Reports' }).waitFor();
    await page.context().close();
  },
);

inBrowser(
  'without the notices and the activity of a contact the desk stands, and the notices are asked for again',
  async () => {
    const page = await shared.open(null);
    await signIn(page, shared.office());
    const refused: string[] = [];
    const small = /\/assets\/(notices|esm|activity-tab)-[^/]*\.js$/;
    await page.route(small, (route) => {
      refused.push(route.request().url());
      return route.abort();
    });
    await page.goto(shared.at('/inbox/mine'));
    await openDewi(page);
    await page.getByRole('tab', { name: 'Activity' }).click();
    await page.getByRole('tabpanel').getByText('This could not be loaded').waitFor();
    expect(await page.getByRole('log').count()).toBe(1);
    expect(refused.some((url) => url.includes('/notices-'))).toBe(true);
    const again = page.waitForResponse((one) => one.url().includes('/notices-'), {
      timeout: 40_000,
    });
    await page.unroute(small);
    expect((await again).ok()).toBe(true);
    await page.context().close();
  },
);

inBrowser(
  'a menu that is opened and left by keys for the first time gives the focus back to its button',
  async () => {
    const page = await openConversation();
    for (const [button, role] of [
      [page.getByRole('navigation').first().getByRole('button', { name: 'Ana' }), 'menu'],
      [page.getByRole('button', { name: 'Sort and filter' }), 'dialog'],
      [page.getByRole('main').getByRole('button', { name: 'More', exact: true }), 'menu'],
    ] as const) {
      await openByEnter(page, button, page.getByRole(role));
      await page.keyboard.press('Escape');
      await page.getByRole(role).waitFor({ state: 'detached' });
      await expect.poll(() => hasFocus(button), { message: String(button) }).toBe(true);
    }
    await page.context().close();
  },
);

inBrowser(
  'a dialog that is opened and left by keys gives the focus back to what opened it',
  async () => {
    const page = await openConversation();
    const head = page.getByRole('main');
    for (const button of [
      head.getByRole('button', { name: 'Assign or transfer' }),
      head.getByRole('button', { name: 'Close', exact: true }),
    ]) {
      await openByEnter(page, button, page.getByRole('dialog'));
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await expect.poll(() => hasFocus(button), { message: String(button) }).toBe(true);
    }
    const composer = head.getByRole('textbox').first();
    await composer.focus();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => hasFocus(composer)).toBe(true);
    // From a menu, whose item is gone by then: the menu's button.
    const more = head.getByRole('button', { name: 'More', exact: true });
    await openByEnter(page, more, page.getByRole('menu'));
    await page.getByRole('menuitem', { name: 'Back to the queue' }).press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => hasFocus(more)).toBe(true);
    await page.context().close();
  },
);

inBrowser(
  'while a dialog hangs on its way Escape gives it up, and the keys work again after a few seconds anyway',
  async () => {
    const page = await openConversation();
    const transfer = await holdScript(page, 'transfer-dialog');
    await page.keyboard.press('a');
    await transfer.asked;
    await page.getByRole('status').getByText('Loading').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('p');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    const help = await holdScript(page, 'shortcut-help');
    await page.keyboard.press('?');
    await help.asked;
    await expect
      .poll(async () => {
        await page.keyboard.press('p');
        return page.getByRole('complementary').count();
      })
      .toBe(1);
    await page.context().close();
  },
);

async function openConversation(): Promise<Page> {
  const page = await shared.open(null);
  await signIn(page, shared.office());
  await page.goto(shared.at('/inbox/mine'));
  await openDewi(page);
  return page;
}

async function openDewi(page: Page): Promise<void> {
  await page.getByRole('listitem').filter({ hasText: 'Dewi Lestari' }).getByRole('link').click();
  await page.getByRole('log').waitFor();
}

async function openByEnter(page: Page, button: Locator, opened: Locator): Promise<void> {
  await button.focus();
  await page.keyboard.press('Enter');
  await opened.waitFor();
}

const hasFocus = (place: Locator) => place.evaluate((one) => one === document.activeElement);
