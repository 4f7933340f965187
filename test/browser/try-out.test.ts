// Trying the chat before anything is pasted: from the welcome page to a conversation; and the preview beside the settings.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { settle } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';
import { shoot } from './shoot.ts';

const shared = shareOffice(startTestOffice);
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

const webChat = async () => {
  const { items } = await shared
    .office()
    .call<{ items: { id: string; kind: string; config: object }[] }>('GET', '/api/v1/channels');
  return items.find(({ kind }) => kind === 'webchat') as { id: string; config: object };
};
const setUp = async (config: object) =>
  shared.office().call('PATCH', `/api/v1/channels/${(await webChat()).id}`, { config });

/** The page with the chat, and the chat on it. */
function parts(page: Page) {
  const tried = page.frameLocator('iframe[title="A page with the chat"]');
  return { tried, chat: tried.frameLocator('iframe') };
}

inBrowser(
  'from the welcome page a newcomer writes to themselves, and sees it arrive',
  limit,
  async () => {
    const page = await shared.openAsAdmin('/welcome');
    await page.getByRole('link', { name: 'Try it now' }).click();
    await page.getByRole('heading', { name: 'Try the chat', level: 1 }).waitFor();
    await page.getByText('Nothing yet').waitFor();
    const { tried, chat } = parts(page);
    await tried.locator('.launcher[data-online]').click();
    const leave = chat.getByRole('textbox', { name: 'Your message' });
    await leave.fill('Is it me?');
    await leave.press('Enter');
    const arrived = page.getByRole('region', { name: 'What arrived' });
    await arrived.getByText('Is it me?').waitFor();
    await settle(page);
    await expectAccessible(page);
    for (const [width, height] of [
      [1920, 1080],
      [1280, 800],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await settle(page);
      await shoot(page, `try-${width}`);
      const wider = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(wider, `${width}`).toBe(0);
    }
    await arrived.getByRole('link', { name: /Is it me/ }).click();
    await page.getByRole('log').getByText('Is it me?').waitFor();
  },
);

inBrowser('a channel that only one site may show is tried all the same', limit, async () => {
  await setUp({ allowedOrigins: ['https://www.example.com'] });
  const page = await shared.openAsAdmin(`/try?channel=${(await webChat()).id}`);
  const { tried, chat } = parts(page);
  await tried.locator('.launcher[data-online]').click();
  await chat.getByRole('textbox', { name: 'Your message' }).waitFor();
  await setUp({ allowedOrigins: [] });
});

inBrowser(
  'the channel’s page and its appearance lead to it, and it opens in a window of its own',
  limit,
  async () => {
    const { id } = await webChat();
    for (const from of [`/settings/channels/${id}`, `/settings/widget?channel=${id}`]) {
      const page = await shared.openAsAdmin(from);
      await page.getByRole('link', { name: 'Try it now' }).click();
      await page.getByRole('heading', { name: 'Try the chat', level: 1 }).waitFor();
      const own = page.getByRole('link', { name: 'In a new window' });
      const [opened] = await Promise.all([page.context().waitForEvent('page'), own.click()]);
      await opened.locator('.launcher[data-online]').click();
      await opened.frameLocator('iframe').getByRole('textbox', { name: 'Your message' }).waitFor();
      await opened.close();
    }
  },
);

inBrowser(
  'the preview shows every setting as it is typed, in each state and look',
  limit,
  async () => {
    await setUp({
      preChat: {
        enabled: true,
        fields: [{ name: 'order', label: 'Order number', required: true }],
      },
      offline: { enabled: true, text: 'We are asleep.' },
    });
    const page = await shared.openAsAdmin('/settings/widget');
    await page.setViewportSize({ width: 1280, height: 1400 });
    const preview = page.getByRole('img', { name: /^Preview/ });
    await page.getByLabel('Greeting').fill('Good morning!');
    await page.getByRole('combobox', { name: 'Quick replies' }).fill('Where is my order?');
    await page.keyboard.press('Enter');
    await page.getByLabel('Words on the button').fill('Ask us');
    expect(await preview.textContent()).toContain('Good morning!');
    expect(await preview.textContent()).toContain('Where is my order?');
    await settle(page);
    await shoot(page, 'preview-open');
    const states = page.getByRole('radiogroup', { name: 'State' });
    const show = (name: string) => states.getByText(name, { exact: true }).click();
    await show('Questions');
    expect(await preview.textContent()).toContain('Order number *');
    await shoot(page, 'preview-questions');
    await show('Nobody there');
    expect(await preview.textContent()).toContain('We are asleep.');
    expect(await preview.textContent()).toContain('E-mail address *');
    await page
      .getByRole('radiogroup', { name: 'Shown in' })
      .getByText('Dark', { exact: true })
      .click();
    expect(await preview.getAttribute('data-theme')).toBe('dark');
    await settle(page);
    await shoot(page, 'preview-away');
    await expectAccessible(page);
    await show('Closed');
    expect(await preview.textContent()).toBe('Ask us');
    await shoot(page, 'preview-closed');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    expect((await webChat()).config).toMatchObject({
      greeting: 'Good morning!',
      quickReplies: ['Where is my order?'],
    });
    // What was said on another card is still there.
    expect((await webChat()).config).toMatchObject({ offline: { text: 'We are asleep.' } });
  },
);
