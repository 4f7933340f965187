// Makes the gallery docs/screens: the visitor's chat, and every screen of the back office on a seeded server.
import { mkdir, rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { type Look, openPage, settle, signIn } from '../test/browser/browse-office.ts';
import { screens } from '../test/browser/every-screen.ts';
import { fillOffice } from '../test/browser/fill-office.ts';
import { openBrowser } from '../test/browser/launch-browser.ts';
import { type Office, startOffice } from '../test/browser/start-office.ts';
import { showWidget } from './screens-widget.ts';

const FOLDER = 'docs/screens/office';
const looks: Look[] = [1280, 390].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme, language: 'en' })),
);

const only = process.argv[2];
const browser = await openBrowser();
if (only !== 'office') await showWidget(browser);
if (only !== 'widget') await showOffice(browser);
await browser.close();

async function showOffice(on: Browser): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const empty = await startOffice({ admin: false });
  await showEmpty(on, empty);
  await empty.stop();
  const full = await startOffice();
  await fillOffice(full);
  for (const look of looks) await showFull(on, full, look);
  await full.stop();
}

async function showEmpty(on: Browser, office: Office): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    const page = await openPage(on, { scheme });
    await page.goto(new URL('/first-run', office.url).href);
    await keep(page, 'first-run', { width: 1280, scheme, language: 'en' });
    await page.context().close();
  }
}

async function showFull(on: Browser, office: Office, look: Look): Promise<void> {
  const page = await openPage(on, look);
  const visit = async (name: string, path: string) => {
    await page.goto(new URL(path, office.url).href);
    await keep(page, name, look);
  };
  await visit('sign-in', '/sign-in');
  await signIn(page, office);
  for (const { name, path } of screens) await visit(name, path);
  await visit('nothing-found', '/inbox/mine?q=nothing-says-this');
  await openConversation(page, office, '/inbox/mine', 'Dewi Lestari');
  await keep(page, 'conversation', look);
  await page.keyboard.press('e');
  await keep(page, 'close', look);
  await page.keyboard.press('Escape');
  await page.waitForTimeout(300);
  await page.keyboard.press('a');
  await keep(page, 'transfer', look);
  await openConversation(page, office, '/inbox/waiting', 'Helena Duarte');
  await page.keyboard.press('w');
  await keep(page, 'why', look);
  await page.route('**/api/v1/queue', (route) => route.abort());
  await page.goto(new URL('/live', office.url).href);
  await page.getByText('This could not be loaded').waitFor();
  await keep(page, 'failing', look);
  await page.context().close();
}

async function openConversation(page: Page, office: Office, path: string, name: string) {
  await page.goto(new URL(path, office.url).href);
  await page.getByRole('listitem').filter({ hasText: name }).getByRole('link').click();
  await page.getByRole('log').waitFor();
}

async function keep(page: Page, name: string, { width, scheme }: Look): Promise<void> {
  await settle(page);
  await page.waitForTimeout(300);
  const picture = await page.screenshot();
  await sharp(picture).webp({ quality: 78 }).toFile(`${FOLDER}/${name}-${width}-${scheme}.webp`);
}
