// Takes pictures to be looked at, into the folder that USHER_SCREENSHOTS names; without it none.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { settle } from './browse-office.ts';

const folder = process.env.USHER_SCREENSHOTS;

export async function shoot(page: Page, name: string): Promise<void> {
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** In both looks and at three widths; afterwards the page is light and 1280 px wide. */
export async function shootEachLook(page: Page, name: string): Promise<void> {
  if (folder === undefined) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1920, 1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await settle(page);
      await shoot(page, `${name}-${width}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
}
