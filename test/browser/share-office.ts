// One office and one browser for all tests of a file.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFailed, onTestFinished } from 'vitest';
import { createDatabase } from '../makers/make-database.ts';
import { type Look, openPage, settle, signIn } from './browse-office.ts';
import { fillOffice } from './fill-office.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';
import { type Office, type OfficeOptions, startOffice } from './start-office.ts';
import { tellScreen } from './tell-screen.ts';

/** One browser for all tests of a file, each of which has a server of its own. */
export function shareBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (hasBrowser) browser = await openBrowser();
  }, 120_000);
  afterAll(() => browser?.close());
  return () => given(browser);
}

/** On a database of its own of the server that all tests share. */
export const startTestOffice = (options: OfficeOptions = {}): Promise<Office> =>
  startOffice({ ...options, openDatabase: () => createDatabase() });

export interface Shared {
  office(): Office;
  browser(): Browser;
  at(path: string): string;
  /** Closed at the end of the file. */
  open(path: string | null, look?: Partial<Look>): Promise<Page>;
  /** As the admin, once the page stands still; closed at the end of the test. */
  openAsAdmin(path: string, look?: Partial<Look>): Promise<Page>;
}

export function shareOffice(start: () => Promise<Office>): Shared {
  let office: Office | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (!hasBrowser) return;
    [office, browser] = await Promise.all([start(), openBrowser()]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  }, 60_000);
  const at = (path: string) => new URL(path, given(office).url).href;
  const open: Shared['open'] = async (path, look) => {
    const page = await openPage(given(browser), look);
    page.setDefaultTimeout(20_000);
    onTestFailed(() => tellScreen(page));
    if (path !== null) await page.goto(at(path));
    return page;
  };
  return {
    office: () => given(office),
    browser: () => given(browser),
    at,
    open,
    openAsAdmin: async (path, look) => {
      const page = await open(null, look);
      onTestFinished(() => page.context().close());
      await signIn(page, given(office));
      await page.goto(at(path));
      await settle(page);
      return page;
    },
  };
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('It has not been started.');
  return value;
}

/** One in which people have been at work; `environment`: more of it. */
export const shareFilledOffice = (environment: Record<string, string> = {}): Shared =>
  shareOffice(async () => {
    const office = await startTestOffice({ environment });
    await fillOffice(office);
    return office;
  });
