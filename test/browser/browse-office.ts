// A browser on the back office, signed in, in a language and a look.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { ADMIN, type Office } from './start-office.ts';
import { waitForQuiet } from './wait-for-quiet.ts';

export interface Look {
  width: number;
  scheme: 'light' | 'dark';
  language: string;
}
export const usual: Look = { width: 1280, scheme: 'light', language: 'en' };

export async function openPage(
  browser: Browser,
  look: Partial<Look> = {},
  more: BrowserContextOptions = {},
): Promise<Page> {
  const { width, scheme, language } = { ...usual, ...look };
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 800 },
    colorScheme: scheme,
    locale: language,
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...more,
  });
  return context.newPage();
}

export async function signIn(page: Page, office: Office, person = ADMIN): Promise<void> {
  const url = new URL('/api/v1/session', office.url).href;
  const headers = { origin: office.url };
  const answer = await page.request.post(url, { data: person, headers });
  if (!answer.ok()) throw new Error(await answer.text());
}

/** Until what a page asks for has come and nothing is a skeleton any more. */
export async function settle(page: Page): Promise<void> {
  await page.locator('#root > *').first().waitFor({ state: 'attached', timeout: 15_000 });
  await page
    .locator('.mantine-Skeleton-root')
    .first()
    .waitFor({ state: 'detached', timeout: 15_000 });
  await waitForQuiet(page);
}
