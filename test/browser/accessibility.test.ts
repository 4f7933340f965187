// No screen shuts anybody out: axe finds nothing, in light and dark. USHER_LONG_TESTS=1: on a phone and in five languages too.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { settle, signIn } from './browse-office.ts';
import { screens } from './every-screen.ts';
import { hasBrowser } from './launch-browser.ts';
import { shareFilledOffice } from './share-office.ts';
import { waitForQuiet } from './wait-for-quiet.ts';

const shared = shareFilledOffice();
type Look = 'light' | 'dark';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Looking {
  looks: readonly Look[];
  /** Left out where another look has seen it: it is the most work of all rules. */
  contrast: boolean;
}

async function faultsOf(page: Page, screen: string, contrast: boolean): Promise<string[]> {
  // While it is open, a menu lies over the page and belongs to none of its parts.
  const region = (await page.getByRole('menu').count()) === 0;
  const rules = JSON.stringify({
    'color-contrast': { enabled: contrast },
    region: { enabled: region },
  });
  const found = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'], rules: ${rules} }).then(({ violations }) => violations
      .map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html, any }) => html.slice(0, 160) + ' ' + (any[0]?.message ?? '')) })))`,
  )) as { id: string; nodes: string[] }[];
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${screen}: ${id}: ${node}`));
}

/** The page changes as the system's wish does, so that each screen is loaded once. */
async function faultsIn(looking: Looking, page: Page, screen: string): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of looking.looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    await waitForQuiet(page);
    faults.push(...(await faultsOf(page, `${screen} in ${colorScheme}`, looking.contrast)));
  }
  return faults;
}

test.skipIf(!hasBrowser)(
  'whoever wants less motion sees a change of look at once, not half-way',
  async () => {
    const page = await shared.open('/sign-in');
    await settle(page);
    const { atOnce, later } = await page.evaluate(async () => {
      const colours = () =>
        [...document.querySelectorAll('body *')].map((one) => {
          const { color, backgroundColor } = getComputedStyle(one);
          return `${one.tagName} ${color} ${backgroundColor}`;
        });
      document.documentElement.setAttribute('data-mantine-color-scheme', 'dark');
      const atOnce = colours();
      await new Promise((done) => setTimeout(done, 500));
      return { atOnce, later: colours() };
    });
    expect(later).toContainEqual(expect.stringContaining('rgb(236, 236, 240)'));
    expect(atOnce).toEqual(later);
  },
);

type Case = [looks: Look[], language: string, width: number];
const inEnglish: Case = [['light', 'dark'], 'en', 1280];
const onPhone: Case = [['light', 'dark'], 'en', 390];
// What is dark is no darker in another language, and what is pale no paler.
const inOthers = ['ar', 'id', 'ko', 'pt-BR'].map((language): Case => [['light'], language, 1280]);
const inArabicOnPhone: Case = [['light'], 'ar', 390];
const whole =
  process.env.USHER_LONG_TESTS === '1'
    ? [inEnglish, onPhone, ...inOthers, inArabicOnPhone]
    : [inEnglish];

test.skipIf(!hasBrowser).each(whole)(
  'in %j, in %s, at %s px',
  { timeout: 300_000 },
  async (looks, language, width) => {
    const looking = { looks, contrast: language === 'en' };
    const faultsInLooks = (page: Page, screen: string) => faultsIn(looking, page, screen);
    const page = await shared.open(null, { language, width });
    await page.addInitScript({ content: axe });
    const faults: string[] = [];
    const visit = async (name: string, path: string) => {
      await page.goto(shared.at(path));
      await settle(page);
      faults.push(...(await faultsInLooks(page, name)));
    };
    await visit('sign-in', '/sign-in');
    await signIn(page, shared.office());
    for (const { name, path } of screens) await visit(name, path);
    await page.goto(shared.at('/inbox/mine'));
    await page.getByRole('listitem').first().waitFor();
    await page.keyboard.press('j');
    await page.getByRole('log').waitFor();
    await settle(page);
    faults.push(...(await faultsInLooks(page, 'conversation')));
    await page.keyboard.press('w');
    await page.getByRole('tabpanel').waitFor();
    await settle(page);
    faults.push(...(await faultsInLooks(page, 'why')));
    for (const [key, name] of [
      ['e', 'close dialog'],
      ['a', 'transfer dialog'],
      ['?', 'help'],
      ['Control+k', 'command bar'],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByRole('dialog').waitFor();
      await settle(page);
      faults.push(...(await faultsInLooks(page, name)));
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    const isPhone = width < 600;
    // There it covers the conversation.
    if (isPhone) await page.keyboard.press('w');
    for (const [name, button] of [
      ['own menu', page.getByRole('navigation').getByRole('button', { name: /Ana Pereira/ })],
      [
        'menu of a conversation',
        page.getByRole('main').locator('header button[aria-haspopup=menu]'),
      ],
    ] as const) {
      // The row of pages at the bottom has none.
      if (isPhone && name === 'own menu') continue;
      await button.first().click();
      await page.getByRole('menu').waitFor();
      await settle(page);
      faults.push(...(await faultsInLooks(page, name)));
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
    }
    expect(faults).toEqual([]);
  },
);
