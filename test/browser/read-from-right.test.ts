// The office in Arabic: turned round, in its own words, no wider than its window, and axe finds nothing serious.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ar } from '../../web/i18n/ar.ts';
import { en } from '../../web/i18n/en.ts';
import { languages } from '../../web/i18n/languages.ts';
import { settle, signIn } from './browse-office.ts';
import { screens } from './every-screen.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareFilledOffice } from './share-office.ts';
import { shoot } from './shoot.ts';

const shared = shareFilledOffice();
const inBrowser = test.skipIf(!hasBrowser);

const parts = await Promise.all(Object.values(languages.en.parts).map((load) => load()));
const english: Record<string, string> = Object.assign({}, en, ...parts);
/** Of two words and more: what is shorter may be a name that somebody gave, as the first channel’s is. */
const given = new Set(['Web chat']);
const untranslated = new Set(
  Object.values(english).filter((text) => text.includes(' ') && !given.has(text)),
);

const MARGIN = 1;
const overhang = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Each text that is seen, and what is said of a field or a button. */
const textsOf = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode.data.trim());
    for (const name of ['aria-label', 'placeholder', 'title']) {
      for (const one of document.querySelectorAll('[' + name + ']')) texts.push(one.getAttribute(name));
    }
    return [...new Set(texts)];
  })()`);

async function faultsOf(page: Page): Promise<string[]> {
  const [language, direction] = await page.evaluate<[string, string]>(
    '[document.documentElement.lang, getComputedStyle(document.body).direction]',
  );
  const said = (await textsOf(page)).filter(
    (text) => Object.hasOwn(english, text) || untranslated.has(text),
  );
  return [
    ...(language === 'ar' ? [] : [`it says that it is in ${language}`]),
    ...(direction === 'rtl' ? [] : [`it is read ${direction}`]),
    ...said.map((text) => `not in Arabic: ${text}`),
  ];
}

async function faultsAt(page: Page, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: width < 600 ? 844 : 800 });
  await settle(page);
  const hangs = Number(await overhang(page)) > MARGIN;
  return hangs ? [`it is wider than ${width} px`] : [];
}

inBrowser('every screen in Arabic', { timeout: 300_000 }, async () => {
  const page = await shared.open(null, { language: 'ar' });
  await signIn(page, shared.office());
  const faults: string[] = [];
  for (const { name, path } of [...screens, { name: 'conversation', path: '/inbox/all' }]) {
    await page.goto(shared.at(path));
    await page.locator('main:visible, [role="list"]:visible').first().waitFor();
    if (name === 'conversation') {
      await page.getByRole('listitem').first().click();
      await page.getByRole('log').waitFor();
    }
    const found = await faultsAt(page, 1280);
    found.push(...(await faultsOf(page)));
    await shoot(page, `rtl-${name}-1280`);
    // What is pale in Arabic is as pale in English.
    await expectAccessible(page, { contrast: false }).catch((error: { actual?: unknown }) =>
      found.push(JSON.stringify(error.actual ?? String(error))),
    );
    found.push(...(await faultsAt(page, 390)));
    await shoot(page, `rtl-${name}-390`);
    await page.setViewportSize({ width: 1280, height: 800 });
    faults.push(...found.map((fault) => `${name}: ${fault}`));
  }
  expect(faults).toEqual([]);
});

inBrowser(
  'in Arabic the navigation stands at the right, and in English again at the left',
  async () => {
    const page = await shared.openAsAdmin('/profile', { language: 'ar' });
    const middle = async (name: 'navigation' | 'main') => {
      const box = await page.getByRole(name).first().boundingBox();
      return (box?.x ?? 0) + (box?.width ?? 0) / 2;
    };
    const choose = async (label: string, language: string) => {
      await page.getByRole('combobox', { name: label }).click();
      await page.getByRole('option', { name: language }).click();
    };
    expect(await middle('navigation')).toBeGreaterThan(await middle('main'));
    await choose(ar['profile.language'], 'English');
    await page.locator('html[lang=en][dir=ltr]').waitFor();
    expect(await middle('navigation')).toBeLessThan(await middle('main'));
    await choose(en['profile.language'], 'العربية');
    await page.locator('html[lang=ar][dir=rtl]').waitFor();
    expect(await middle('navigation')).toBeGreaterThan(await middle('main'));
  },
);

inBrowser('the left arrow goes on where days are read from the right', async () => {
  const { call } = shared.office();
  const { policy } = await call<{ policy: object }>('GET', '/api/v1/policy');
  const calendars = [{ name: 'Desk', timeZone: 'UTC', weekly: [] }];
  await call('PUT', '/api/v1/policy', { ...policy, calendars });
  const page = await shared.openAsAdmin('/settings/routing/calendars', { language: 'ar' });
  const dates = page.locator('[data-date]');
  const focused = () => page.evaluate<string>('document.activeElement.dataset.date');
  const today = dates.and(page.locator('[tabindex="0"]')).first();
  await today.focus();
  const before = await focused();
  await page.keyboard.press('ArrowLeft');
  expect(Date.parse(await focused()) - Date.parse(before)).toBe(86_400_000);
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toBe(before);
});

inBrowser('the left arrow goes on between tabs as well', async () => {
  const page = await shared.openAsAdmin('/reports', { language: 'ar' });
  const tabs = page.getByRole('tab');
  await tabs.first().focus();
  await page.keyboard.press('ArrowLeft');
  expect(await tabs.nth(1).evaluate((it) => it === document.activeElement)).toBe(true);
});

inBrowser('numbers and names stand in Arabic sentences as they are', async () => {
  const page = await shared.openAsAdmin('/reports', { language: 'ar' });
  await page.getByRole('table').getByText(/\d/).first().waitFor();
  const text = await page.getByRole('main').textContent();
  expect(text).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9]/);
  await page.goto(shared.at('/live'));
  const menu = page.getByRole('button', { name: 'Budi Santoso' }).first();
  await menu.waitFor();
  expect(await menu.getAttribute('aria-label')).toContain('\u2068Budi Santoso\u2069');
});

inBrowser(
  'an Arabic message is read from the right in an English office, and begins at the right',
  async () => {
    const { call } = shared.office();
    const page = await shared.openAsAdmin('/inbox/all');
    const { items } = await call<{ items: { id: string; agentId: string | null }[] }>(
      'GET',
      '/api/v1/conversations?state=assigned&limit=50',
    );
    const [first] = items;
    // Only whoever has it may write.
    await call('POST', `/api/v1/conversations/${first?.id}/take-over`, { force: true });
    const text = 'مرحبًا Budi، وصل الطلب!';
    await call('POST', `/api/v1/conversations/${first?.id}/messages`, { text });
    await page.goto(shared.at(`/inbox/all/${first?.id}`));
    const bubble = page.getByRole('log').getByText(text);
    await bubble.waitFor();
    // The exclamation mark ends the sentence, so it stands at the left end of the line.
    const { mark, word } = await bubble.evaluate((it) => {
      const node = it.firstChild as Text;
      const at = (index: number) => {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        return range.getBoundingClientRect().x;
      };
      return { mark: at(node.data.length - 1), word: at(0) };
    });
    expect(mark).toBeLessThan(word);
  },
);
