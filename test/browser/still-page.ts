// A page in which time stands still, and a picture of it that shows nothing of chance: no id, no port, no caret.
import type { Browser, Page } from 'playwright-core';
import { type Look, openPage, settle } from './browse-office.ts';
import { bringFonts } from './own-fonts.ts';
import { STILL_AT } from './still-office.ts';

/** The page's time at the moment of a picture, after the office's. */
const SHOWN_AFTER_MS = 5_000;
/** What counts up is drawn anew each second, which is sooner here. */
const SECOND_MS = 200;
const REDRAWN_AFTER_MS = 350;

/**
 * Time begins at `STILL_AT` with each load and goes on until `stopTime` makes it five seconds later. The date of
 * answers, which the machine gives them, is not heard.
 */
const TIME = `{
  const Real = Date;
  const real = performance.now.bind(performance);
  const began = real();
  let stopped = null;
  performance.now = () => stopped ?? real();
  const now = () => ${STILL_AT} + Math.floor(performance.now() - began);
  window.Date = class extends Real {
    constructor(...given) {
      if (given.length > 0) super(...given);
      else super(now());
    }
    static now() { return now(); }
  };
  const { get } = Headers.prototype;
  Headers.prototype.get = function (name) {
    return String(name).toLowerCase() === 'date' ? null : get.call(this, name);
  };
  window.underWay = 0;
  const ask = window.fetch;
  window.fetch = (...given) => {
    window.underWay += 1;
    return ask(...given).finally(() => { window.underWay -= 1; });
  };
  const repeat = window.setInterval;
  window.setInterval = (act, ms, ...rest) => repeat(act, ms === 1000 ? ${SECOND_MS} : ms, ...rest);
  window.stopTime = () => { stopped = began + ${SHOWN_AFTER_MS}; };
}`;

/** What is made by chance, or drawn by whatever fonts a machine has, as it is shown instead. */
const CHANCE: [pattern: string, shown: string][] = [
  [
    '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
  ],
  ['(https?|wss?)://(127\\.0\\.0\\.1|localhost):\\d+', 'https://usher.example.com'],
  ['(127\\.0\\.0\\.1|localhost):\\d+', 'usher.example.com'],
  [' ?\\p{Extended_Pictographic}', ''],
];

export async function openStillPage(browser: Browser, look: Partial<Look>): Promise<Page> {
  const page = await openPage(browser, look, { bypassCSP: true });
  const { width = 1280 } = look;
  if (width > 1600) await page.setViewportSize({ width, height: 1080 });
  await page.context().addInitScript(TIME);
  await bringFonts(page.context());
  page.setDefaultTimeout(20_000);
  return page;
}

/** Once nothing moves any more. */
export async function takePicture(page: Page): Promise<Buffer> {
  // Parts of the page that are fetched, and what they ask for in turn.
  await page.waitForLoadState('networkidle');
  for (let rounds = 0; rounds < 2; rounds += 1) {
    await settle(page);
    await page.waitForFunction(
      'underWay === 0 && document.querySelector(".mantine-Skeleton-root") === null',
    );
    await page.waitForTimeout(75);
  }
  await settle(page);
  for (const frame of page.frames())
    await frame.evaluate('document.fonts.ready.then(() => stopTime())');
  await page.waitForTimeout(REDRAWN_AFTER_MS);
  return shoot(page);
}

/** The same page in the other look; time stands still already. */
export async function takeInScheme(page: Page, scheme: Look['scheme']): Promise<Buffer> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor();
  await page.waitForTimeout(150);
  return shoot(page);
}

async function shoot(page: Page): Promise<Buffer> {
  for (const frame of page.frames()) await frame.evaluate(hideChance, CHANCE);
  return page.screenshot({ animations: 'disabled', caret: 'hide' });
}

function hideChance(chance: [pattern: string, shown: string][]): void {
  const hide = (text: string): string =>
    chance.reduce((now, [pattern, shown]) => now.replace(new RegExp(pattern, 'gu'), shown), text);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const hidden = hide(node.nodeValue ?? '');
    if (hidden !== node.nodeValue) node.nodeValue = hidden;
  }
  for (const field of document.querySelectorAll<HTMLInputElement>('input, textarea')) {
    const hidden = hide(field.value);
    if (hidden !== field.value) field.value = hidden;
  }
}
