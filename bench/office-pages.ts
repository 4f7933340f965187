// Measures inside the pages: when rows appear, and how long frames take.
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** By the clock of the machine, in milliseconds. */
export type Seen = Record<string, number>;

/** Notes when each `Visitor n`, of four digits since the time stands right behind it, first stands in a list; before the page's own scripts run. */
export async function watchRows(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: Seen = {};
    Object.assign(window, { seen });
    new MutationObserver(() => {
      for (const row of document.querySelectorAll('[role="listitem"] a')) {
        const name = /Visitor \d{4}/.exec(row.textContent ?? '')?.[0];
        if (name !== undefined) seen[name] ??= Date.now();
      }
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
}

export function readSeen(page: Page): Promise<Seen> {
  return page.evaluate(() => (window as unknown as { seen: Seen }).seen);
}

export interface Cold {
  /** From the start of the navigation, in milliseconds. */
  rowsMs: number;
  /** Until a click on a row had been answered: its conversation stands there. */
  openedMs: number;
}

/** A browser that has never been there, but is signed in. */
export async function loadCold(
  browser: Browser,
  args: { state: Awaited<ReturnType<BrowserContext['storageState']>>; url: string },
): Promise<Cold> {
  const context = await browser.newContext({
    storageState: args.state,
    viewport: { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const times: Partial<Cold> = {};
    Object.assign(window, { times });
    new MutationObserver(() => {
      const row = document.querySelector<HTMLElement>('[role="listitem"] a');
      if (row !== null && times.rowsMs === undefined) {
        times.rowsMs = performance.now();
        requestAnimationFrame(() => row.click());
      }
      if (
        document.querySelector('main h1') !== null &&
        document.querySelector('[role="log"]') !== null
      ) {
        times.openedMs ??= performance.now();
      }
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(args.url);
  await page.waitForFunction(() => 'openedMs' in (window as unknown as { times: object }).times);
  const cold = await page.evaluate(() => (window as unknown as { times: Cold }).times);
  await context.close();
  return cold;
}

/**
 * Scrolls by `step` pixels a frame, for `seconds` or until nothing has moved for a second.
 * Answers how long each frame took, in milliseconds.
 */
export function scroll(
  page: Page,
  args: { selector: string; step: number; seconds: number },
): Promise<number[]> {
  return page.evaluate(
    ({ selector, step, seconds }) =>
      new Promise<number[]>((resolve) => {
        const place = document.querySelector(selector);
        const frames: number[] = [];
        const began = performance.now();
        let last = began;
        let moved = began;
        const draw = (now: number) => {
          frames.push(now - last);
          last = now;
          const before = place?.scrollTop;
          place?.scrollBy({ top: step, behavior: 'instant' });
          if (place?.scrollTop !== before) moved = now;
          const over = now - began > seconds * 1000 || now - moved > 1500;
          // The first frame has no frame before it: it counts from the call.
          if (over) resolve(frames.slice(1));
          else requestAnimationFrame(draw);
        };
        requestAnimationFrame(draw);
      }),
    args,
  );
}

/** As many plain boxes as there are rows, without any script: what the machine can do. */
export async function showBoxes(page: Page, count: number): Promise<void> {
  await page.setContent(
    '<div id="boxes" style="height: 800px; overflow-y: auto"></div><style>p { height: 76px; margin: 0; border-bottom: 1px solid #ddd }</style>',
  );
  await page.evaluate((boxes) => {
    const place = document.querySelector('#boxes');
    for (let n = 0; n < boxes; n += 1) {
      const box = document.createElement('p');
      box.textContent = `Conversation ${n}: something was said about an order`;
      place?.append(box);
    }
  }, count);
}
