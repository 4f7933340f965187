// No screen shuts anybody out: axe finds nothing serious, in light and dark, in four languages.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage, settle, signIn } from './browse-office.ts';
import { screens } from './every-screen.ts';
import { fillOffice } from './fill-office.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';
import { type Office, startOffice } from './start-office.ts';

let office: Office;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let axe: string;

beforeAll(async () => {
  if (!hasBrowser) return;
  office = await startOffice();
  await fillOffice(office);
  browser = await openBrowser();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await office?.stop();
});

async function faultsOf(page: Page, screen: string): Promise<string[]> {
  const found = (await page.evaluate(
    `${axe}; axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html, any }) => html.slice(0, 160) + ' ' + (any[0]?.message ?? '')) })))`,
  )) as { id: string; nodes: string[] }[];
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${screen}: ${id}: ${node}`));
}

const looks = ['en', 'id', 'ko', 'pt-BR'].flatMap((language) =>
  (['light', 'dark'] as const).map((scheme) => ({ language, scheme })),
);

test.skipIf(!hasBrowser).each(looks)(
  'in $language and $scheme',
  { timeout: 180_000 },
  async (look) => {
    const page = await openPage(browser, look);
    const faults: string[] = [];
    const visit = async (name: string, path: string) => {
      await page.goto(new URL(path, office.url).href);
      await settle(page);
      faults.push(...(await faultsOf(page, name)));
    };
    await visit('sign-in', '/sign-in');
    await signIn(page, office);
    for (const { name, path } of screens) await visit(name, path);
    await visit('conversation', '/inbox/mine');
    await page.keyboard.press('j');
    await page.getByRole('log').waitFor();
    await settle(page);
    faults.push(...(await faultsOf(page, 'conversation')));
    for (const [key, name] of [
      ['w', 'why'],
      ['e', 'close dialog'],
      ['a', 'transfer dialog'],
      ['?', 'help'],
    ] as const) {
      await page.keyboard.press(key);
      await page.waitForTimeout(400);
      faults.push(...(await faultsOf(page, name)));
      await page.keyboard.press('Escape');
      await page.waitForTimeout(300);
    }
    await page.context().close();
    expect(faults).toEqual([]);
  },
);
