// No screen shuts anybody out: axe finds nothing serious, in light and dark, in four languages.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { settle, signIn } from './browse-office.ts';
import { screens } from './every-screen.ts';
import { hasBrowser } from './launch-browser.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function faultsOf(page: Page, screen: string): Promise<string[]> {
  const found = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html, any }) => html.slice(0, 160) + ' ' + (any[0]?.message ?? '')) })))`,
  )) as { id: string; nodes: string[] }[];
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${screen}: ${id}: ${node}`));
}

/** The page changes as the system's wish does, so that each screen is loaded once. */
async function faultsInBoth(page: Page, screen: string): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    // Colours arrive with the frame after the next.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    faults.push(...(await faultsOf(page, `${screen} in ${colorScheme}`)));
  }
  return faults;
}

test.skipIf(!hasBrowser).each(['en', 'id', 'ko', 'pt-BR'])(
  'in light and dark, in %s',
  { timeout: 300_000 },
  async (language) => {
    const page = await shared.open(null, { language });
    await page.addInitScript({ content: axe });
    const faults: string[] = [];
    const visit = async (name: string, path: string) => {
      await page.goto(shared.at(path));
      await settle(page);
      faults.push(...(await faultsInBoth(page, name)));
    };
    await visit('sign-in', '/sign-in');
    await signIn(page, shared.office());
    for (const { name, path } of screens) await visit(name, path);
    await page.goto(shared.at('/inbox/mine'));
    await page.getByRole('listitem').first().waitFor();
    await page.keyboard.press('j');
    await page.getByRole('log').waitFor();
    await settle(page);
    faults.push(...(await faultsInBoth(page, 'conversation')));
    await page.keyboard.press('w');
    await page.getByRole('tabpanel').waitFor();
    await settle(page);
    faults.push(...(await faultsInBoth(page, 'why')));
    for (const [key, name] of [
      ['e', 'close dialog'],
      ['a', 'transfer dialog'],
      ['?', 'help'],
      ['Control+k', 'command bar'],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByRole('dialog').waitFor();
      await settle(page);
      faults.push(...(await faultsInBoth(page, name)));
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    expect(faults).toEqual([]);
  },
);
