// The widget on pages that hide, move, replace or isolate what stands on them: each gets the whole chat.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';
import { serveHost, servePage } from './serve-host.ts';
import { openChat, readBubbles, writeInChat } from './write-in-chat.ts';

interface Kind {
  /** The page of a shop as the demonstrations have it, whose policy takes no scripts and styles but its own. */
  isStrict?: boolean;
  head?: string;
  body?: string;
  headers?: Record<string, string>;
  /** What the page does once the launcher is there. */
  act?(page: Page): Promise<unknown>;
  /** Holds on this page, so that it is of the kind. */
  is?(page: Page): Promise<boolean>;
}

const styled = (rules: string): Kind => ({ head: `<style>${rules}</style>` });

const pollute = `<script>
  Object.assign(Object.prototype, {
    backendEndpoint: 'https://elsewhere.example.com',
    channelId: 'elsewhere',
    customer: { id: 'somebody' },
    title: 'Elsewhere',
    usher: 'reset',
    extend() {},
  });
</script>`;

const kinds: Record<string, Kind> = {
  'hides empty divs': styled('div:empty { display: none }'),
  'hides the divs of its body': styled('body > div { display: none !important }'),
  'hides whatever it does not know, with all that styles have': styled(
    `html > :not(head, body), body > :not(main, script) {
      display: none !important; visibility: hidden !important; opacity: 0 !important;
      pointer-events: none !important; transform: scale(0) !important; filter: blur(9px) !important;
      transition: all 60s !important; position: absolute !important; clip-path: inset(50%) !important;
      content-visibility: hidden !important; width: 0 !important; overflow: clip !important;
    }`,
  ),
  'fades its body out': styled('body { opacity: 0 }'),
  'takes no clicks': styled(
    'html, body { pointer-events: none } * { pointer-events: none !important }',
  ),
  'moves its body, which is longer than the window': styled(
    'body { transform: translateX(0); height: 5000px }',
  ),
  'replaces its body': {
    act: (page) =>
      page.evaluate(() => {
        document.body = document.createElement('body');
      }),
  },
  'writes all of itself anew': {
    act: (page) =>
      page.evaluate(() => {
        document.documentElement.innerHTML = '<head></head><body><h1>Another</h1></body>';
      }),
  },
  'waits for an image that never comes': {
    body: '<img src="/never" alt="">',
    is: (page) => page.evaluate(() => document.readyState === 'interactive'),
  },
  'has added to what every object has': { head: pollute },
  'isolates itself from other origins': {
    headers: {
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    },
    is: (page) => page.evaluate(() => crossOriginIsolated),
  },
  'has the strictest policy': { isStrict: true },
};

/** Included as pages do that boot by a call. */
function writePage(usherUrl: string, { head = '', body = '' }: Kind): string {
  const call =
    "window.Usher=window.Usher||function(){(Usher.q=Usher.q||[]).push(arguments)};Usher('boot',{});";
  const include = `<script>${call}</script><script async src="${usherUrl}/widget.js"></script>`;
  return `<!doctype html><html lang="en"><head><title>A shop</title>${head}${include}</head><body><main><h1>A shop</h1></main>${body}</body></html>`;
}

/** What stands on the screen beside the launcher's picture: how Playwright sees it says nothing of opacity. */
async function readColour(page: Page, launcher: Locator): Promise<string> {
  const box = await launcher.boundingBox();
  if (box === null) return 'none';
  const clip = { x: Math.round(box.x) + 8, y: Math.round(box.y) + 30, width: 2, height: 2 };
  const { data } = await sharp(await page.screenshot({ clip }))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return `rgb(${data[0]}, ${data[1]}, ${data[2]})`;
}

async function expectWholeChat(page: Page, usher: TestUsher): Promise<void> {
  const launcher = page.locator('.launcher[data-online]');
  await launcher.waitFor();
  const isSeen = async () => {
    const own = await launcher.evaluate((it) => getComputedStyle(it).backgroundColor);
    return (await readColour(page, launcher)) === own;
  };
  await expect.poll(isSeen).toBe(true);
  // Without its styles it would be a plain button somewhere on the page.
  const box = await launcher.boundingBox();
  const { width: right = 0, height: bottom = 0 } = page.viewportSize() ?? {};
  expect(box).toEqual({ x: right - 80, y: bottom - 80, width: 60, height: 60 });
  const frame = await openChat(page);
  await writeInChat(page, 'Is the blue one in stock?');
  const [conversation] = await usher.conversations();
  const path = `/api/v1/conversations/${conversation?.id}/messages`;
  const answered = await usher.call('POST', path, { body: { text: 'It is!' } });
  expect(answered.status).toBe(201);
  await frame.getByText('It is!').waitFor();
  expect(await readBubbles(page)).toEqual(['Is the blue one in stock?', 'It is!']);
}

describe.skipIf(!hasBrowser)('the chat', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function openPage(): Promise<{ page: Page; said: string[]; thrown: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const said: string[] = [];
    const thrown: string[] = [];
    page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', ({ message }) => thrown.push(message));
    return { page, said, thrown };
  }

  async function startShop(): Promise<TestUsher> {
    const usher = await startTestUsher();
    await usher.call('POST', '/api/v1/agents', { body: { name: 'Sari', availability: 'online' } });
    return usher;
  }

  test.each(Object.keys(kinds))(
    'is seen, opened and used on a page that %s',
    async (name) => {
      const kind = kinds[name] as Kind;
      const usher = await startShop();
      const url = await (kind.isStrict
        ? serveHost(usher.url)
        : servePage(writePage(usher.url, kind), kind.headers));
      const { page, thrown } = await openPage();
      await page.goto(url, { waitUntil: 'commit' });
      await page.locator('.launcher[data-online]').waitFor({ state: 'attached' });
      expect((await kind.is?.(page)) ?? true).toBe(true);
      await kind.act?.(page);
      await expectWholeChat(page, usher);
      expect(thrown).toEqual([]);
    },
    90_000,
  );

  test('goes on where it was when an open one is taken off the page, and knows who writes', async () => {
    const usher = await startShop();
    const url = await servePage(writePage(usher.url, {}));
    const { page } = await openPage();
    await page.goto(url);
    await openChat(page);
    await page.evaluate(`Usher('identify', { name: 'Budi' })`);
    await page.evaluate(() => {
      document.documentElement.innerHTML = '<head></head><body><h1>Another</h1></body>';
    });
    await writeInChat(page, 'first');
    expect(await usher.conversations()).toMatchObject([{ contact: { name: 'Budi' } }]);
    await page.evaluate(() => {
      document.documentElement.innerHTML = '<head></head><body><h1>A third</h1></body>';
    });
    await expect.poll(() => readBubbles(page)).toEqual(['first']);
    await writeInChat(page, 'second');
    expect(await readBubbles(page)).toEqual(['first', 'second']);
    expect(await usher.conversations()).toHaveLength(1);
  }, 90_000);

  test('gives way to a page that keeps taking it off, and the page stays alive', async () => {
    const usher = await startShop();
    const url = await servePage(writePage(usher.url, {}));
    const { page } = await openPage();
    await page.goto(url);
    await page.locator('.launcher[data-online]').waitFor();
    const taken = await page.evaluate(async () => {
      let count = 0;
      const take = () => {
        for (const child of document.documentElement.children) {
          if (child instanceof HTMLHeadElement || child === document.body) continue;
          child.remove();
          count += 1;
        }
      };
      new MutationObserver(take).observe(document.documentElement, { childList: true });
      take();
      await new Promise((done) => setTimeout(done, 3000));
      return count;
    });
    expect(taken).toBeGreaterThan(1);
    expect(taken).toBeLessThan(10);
  }, 90_000);

  const SENTENCE = 'warning: Usher: the chat is not shown, because this page has no web address';

  test('tells a page that was opened as a file why it is not there', async () => {
    const usher = await startShop();
    const { page, said, thrown } = await openPage();
    const path = join(usher.dataDir, 'page.html');
    await writeFile(path, writePage(usher.url, {}));
    onTestFinished(() => rm(path, { force: true }));
    await page.goto(`file://${path}`);
    await expect.poll(() => said.join('\n')).toContain(SENTENCE);
    expect(await page.locator('.launcher').count()).toBe(0);
    expect(thrown).toEqual([]);
  }, 90_000);

  test('tells a sandboxed page why it is not there', async () => {
    const usher = await startShop();
    const headers = { 'content-security-policy': 'sandbox allow-scripts' };
    const url = await servePage(writePage(usher.url, {}), headers);
    const { page, said, thrown } = await openPage();
    await page.goto(url);
    await expect.poll(() => said.join('\n')).toContain(SENTENCE);
    expect(await page.locator('.launcher').count()).toBe(0);
    expect(thrown).toEqual([]);
  }, 90_000);
});
