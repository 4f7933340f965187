// Makes the gallery docs/screens: the visitor's chat, and every screen of the back office on a seeded server.
// `node scripts/screens.ts empty` makes a part of it: widget, empty, full, failing or rocketchat.
import { mkdir, readdir, rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { type Look, openPage, settle, signIn } from '../test/browser/browse-office.ts';
import { screens } from '../test/browser/every-screen.ts';
import { fillOffice } from '../test/browser/fill-office.ts';
import { openBrowser } from '../test/browser/launch-browser.ts';
import { type Office, startOffice } from '../test/browser/start-office.ts';
import { noteScreens } from './screens-age.ts';
import { connectRocketChat } from './screens-rocketchat.ts';
import { showWidget } from './screens-widget.ts';

const FOLDER = 'docs/screens/office';
const all: Look[] = [1280, 390].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme, language: 'en' })),
);
const two: Look[] = [
  { width: 1280, scheme: 'light', language: 'en' },
  { width: 390, scheme: 'dark', language: 'en' },
];
/** By the beginning of their names; the full ones have none. */
const beginnings = { empty: 'empty-', failing: 'failing-', rocketchat: 'rocketchat-', full: '' };
type Part = keyof typeof beginnings;

const asked = process.argv.slice(2) as (Part | 'widget')[];
const office = Object.keys(beginnings) as Part[];
const parts = asked.length === 0 ? (['widget', ...office] as const) : asked;
await mkdir(FOLDER, { recursive: true });
for (const part of office) if (parts.includes(part)) await forget(part);
const browser = await openBrowser();
if (parts.includes('widget')) await showWidget(browser);
if (parts.includes('empty')) {
  await withOffice({ admin: false }, showFirstRun);
  await withOffice({}, (office) => showAll(office, { beginning: 'empty-', looks: two }));
}
if (parts.includes('full') || parts.includes('failing')) {
  await withOffice({}, async (office) => {
    await fillOffice(office);
    if (parts.includes('full')) {
      await showAll(office, { beginning: '', looks: all });
      for (const look of all) await showWork(browser, office, look);
    }
    if (parts.includes('failing')) {
      await showAll(office, { beginning: 'failing-', looks: two, fail: true });
    }
  });
}
if (parts.includes('rocketchat')) await withOffice({}, showRocketChat);
await browser.close();
if (asked.length === 0) await noteScreens();

async function withOffice(
  options: Parameters<typeof startOffice>[0],
  show: (office: Office) => Promise<void>,
): Promise<void> {
  const office = await startOffice(options);
  await show(office);
  await office.stop();
}

async function forget(part: Part): Promise<void> {
  const others = Object.values(beginnings).filter((one) => one !== '');
  for (const name of await readdir(FOLDER)) {
    const owner = others.find((one) => name.startsWith(one)) ?? '';
    if (owner === beginnings[part]) await rm(`${FOLDER}/${name}`);
  }
}

async function showFirstRun(office: Office): Promise<void> {
  for (const look of all) {
    const page = await openPage(browser, look);
    await page.goto(new URL('/first-run', office.url).href);
    await keep(page, 'empty-first-run', look);
    await page.context().close();
  }
}

/** `fail`: the server breaks at whatever it is asked, but for who one is. */
async function showAll(
  office: Office,
  { beginning, looks, fail = false }: { beginning: string; looks: Look[]; fail?: boolean },
): Promise<void> {
  for (const look of looks) {
    const page = await openPage(browser, look);
    if (beginning === '') {
      await page.goto(new URL('/sign-in', office.url).href);
      await keep(page, 'sign-in', look);
    }
    await signIn(page, office);
    if (fail) {
      await page.route('**/api/v1/**', (route) =>
        route.request().url().endsWith('/session')
          ? route.continue()
          : route.fulfill({ status: 500, json: { code: 'server.failed', detail: 'Broken.' } }),
      );
    }
    for (const { name, path } of screens) {
      await page.goto(new URL(path, office.url).href);
      await keep(page, `${beginning}${name}`, look);
    }
    await page.context().close();
  }
}

async function showWork(on: Browser, office: Office, look: Look): Promise<void> {
  const page = await openPage(on, look);
  await signIn(page, office);
  await page.goto(new URL('/inbox/mine?q=nothing-says-this', office.url).href);
  await keep(page, 'nothing-found', look);
  await openConversation(page, office, '/inbox/mine', 'Dewi Lestari');
  await keep(page, 'conversation', look);
  for (const [key, name] of [
    ['e', 'close'],
    ['a', 'transfer'],
    ['?', 'help'],
    ['Control+k', 'commands'],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor();
    await keep(page, name, look);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await page.keyboard.press('p');
  await keep(page, 'customer', look);
  await openConversation(page, office, '/inbox/waiting', 'Helena Duarte');
  await page.keyboard.press('w');
  await keep(page, 'why', look);
  await page.goto(new URL('/settings/integration', office.url).href);
  await page.getByRole('button', { name: 'Open' }).first().click();
  await page.getByRole('table', { name: 'Delivery log' }).waitFor();
  await keep(page, 'endpoint', look);
  await page.goto(new URL('/settings/channels', office.url).href);
  await page.getByRole('button', { name: 'Open' }).first().click();
  await page.getByRole('region', { name: 'Live check' }).waitFor();
  await keep(page, 'channel', look);
  await page.context().close();
}

/** The page of a channel as it is while something is still to be set in Rocket.Chat. */
async function showRocketChat(office: Office): Promise<void> {
  const { channelId, stop } = await connectRocketChat(office);
  for (const look of all) {
    const page = await openPage(browser, look);
    await signIn(page, office);
    await page.goto(new URL(`/settings/channels/${channelId}`, office.url).href);
    const card = page.getByRole('region', { name: 'Settings in Rocket.Chat' });
    await card.waitFor();
    await keep(page, 'rocketchat-channel', look);
    await card.getByRole('button', { name: 'Check' }).click();
    await card.getByRole('alert').first().waitFor();
    await card.evaluate((element) => element.scrollIntoView());
    await keep(page, 'rocketchat-check', look);
    const connection = page.getByRole('heading', { name: 'Connection to Rocket.Chat' });
    await connection.evaluate((element) => element.scrollIntoView());
    await keep(page, 'rocketchat-connection', look);
    await page.context().close();
  }
  await stop();
}

async function openConversation(page: Page, office: Office, path: string, name: string) {
  await page.goto(new URL(path, office.url).href);
  await page.getByRole('listitem').filter({ hasText: name }).getByRole('link').click();
  await page.getByRole('log').waitFor();
}

async function keep(page: Page, name: string, { width, scheme }: Look): Promise<void> {
  await settle(page);
  await page.waitForTimeout(300);
  // What the first visit has started may still be loading.
  await settle(page);
  const picture = await page.screenshot();
  await sharp(picture).webp({ quality: 78 }).toFile(`${FOLDER}/${name}-${width}-${scheme}.webp`);
}
