// The welcome page, as a newcomer walks it from an empty database to the first conversation.
import { expect, test } from 'vitest';
import { openPage, settle } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { invite } from './office-people.ts';
import { expectAccessible } from './open-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

const shared = shareOffice(() => startTestOffice({ admin: false }));
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

inBrowser(
  'from the first code to the first conversation: the company has a name, and one step is the next',
  limit,
  async () => {
    const office = shared.office();
    const page = await openPage(shared.browser());
    await page.goto(shared.at('/'));
    await page.getByLabel('One-time code').fill(office.firstRunCode ?? '');
    await page.getByLabel('Name').fill('Ana Pereira');
    await page.getByLabel('E-mail').fill('ana@example.com');
    await page.getByLabel('Password').first().fill('a good long password');
    await page.getByRole('button', { name: 'Create the first admin' }).click();
    await page.getByRole('heading', { name: 'Hello, Ana' }).waitFor();
    const next = page.locator('li[aria-current=step]');
    await next.getByText('Name your company').waitFor();
    await settle(page);
    await expectAccessible(page);
    await next.getByRole('button', { name: 'Save' }).click();
    await next.getByText('Write the name first.').waitFor();
    await next.getByRole('textbox', { name: 'Name your company' }).fill('Kopi Nusantara');
    await page.keyboard.press('Enter');

    await next.getByRole('button', { name: 'Go online' }).click();
    await next.getByRole('link', { name: 'Try it now' }).click();
    await page.getByRole('heading', { name: 'Try the chat', level: 1 }).waitFor();
    const tried = page.frameLocator('iframe[title="A page with the chat"]');
    // Whether somebody is there is asked seldom; whoever loads the page later is told at once.
    const isOnline = async () => {
      await page.reload();
      const launcher = tried.locator('.launcher[data-online]');
      await launcher.waitFor();
      return launcher.getAttribute('data-online');
    };
    await expect.poll(isOnline, { timeout: 30_000, interval: 500 }).toBe('true');
    await tried.locator('.launcher').click();
    const chat = tried.frameLocator('iframe');
    await chat.getByText('Kopi Nusantara').first().waitFor();
    await chat.getByRole('textbox', { name: 'Your message' }).fill('Is it me?');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'What arrived' }).getByText('Is it me?').waitFor();
    await page.goto(shared.at('/welcome'));
    await next.getByText('Invite your agents').waitFor();
    expect(await page.getByLabel('Done', { exact: true }).count()).toBe(3);

    const signIn = await openPage(shared.browser());
    await signIn.goto(shared.at('/sign-in'));
    await signIn.getByText('Kopi Nusantara').first().waitFor();
    await signIn.context().close();
    await page.context().close();
  },
);

inBrowser('an agent is shown only what an agent can do', limit, async () => {
  const { page } = await invite(shared, { name: 'Budi' });
  await page.goto(shared.at('/welcome'));
  await page.getByText('Go online').first().waitFor();
  const steps = page.getByRole('main').getByRole('listitem');
  await expect.poll(() => steps.count()).toBe(2);
  expect(await page.getByText('Name your company').count()).toBe(0);
});
