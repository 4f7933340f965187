// Whose pages may show a channel's chat, and that no page talks the frame into another channel.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';

async function makeChannel(usher: TestUsher, allowedOrigins: string[]): Promise<string> {
  const body = { kind: 'webchat', name: 'Shop', config: { allowedOrigins } };
  const made = await usher.call('POST', '/api/v1/channels', { body });
  return (made.body as { id: string }).id;
}

/** A page without a loader, which shows the frame and says to it what it likes. Answers its origin. */
async function serveFramer(frame: string): Promise<string> {
  const html = `<!doctype html><title>A page</title><iframe src="${frame}"></iframe>`;
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(html);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Waits for the frame's greeting, and boots it. Answers which channels the frame asked for. */
async function bootFrame(page: Page, url: string, options: object): Promise<(string | null)[]> {
  const asked: (string | null)[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === '/widget/config') asked.push(searchParams.get('channelId'));
  });
  await page.addInitScript(
    (boot) => {
      if (window !== window.parent) return;
      addEventListener('message', ({ data, source }) => {
        if (data.usher === 'hello') (source as Window).postMessage(boot, '*');
      });
    },
    { usher: 'boot', options, page: { url: '', title: '', referrer: '' }, formerGuest: null },
  );
  const config = page.waitForResponse((response) => response.url().includes('/widget/config'));
  await page.goto(url);
  await config;
  return asked;
}

describe.skipIf(!hasBrowser)('a page that shows the frame', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  const openPage = async (): Promise<Page> => {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    return context.newPage();
  };

  test('cannot have the frame of one channel speak for another', async () => {
    const usher = await startTestUsher();
    const open = await makeChannel(usher, []);
    const closed = await makeChannel(usher, ['https://shop.example.com']);
    const page = await openPage();
    const url = await serveFramer(`${usher.url}/widget/index.html?channelId=${open}`);
    const asked = await bootFrame(page, url, { channelId: closed });
    await page.frameLocator('iframe').locator('#chat > *').first().waitFor({ state: 'attached' });
    expect([...new Set(asked)]).toEqual([open]);
  });

  test('boots it only from an origin of the channel, also where the browser has let it in', async () => {
    const usher = await startTestUsher();
    const channelId = await makeChannel(usher, ['https://shop.example.com']);
    const frame = `${usher.url}/widget/index.html?channelId=${channelId}`;
    const url = await serveFramer(frame);
    const look = async () => {
      const page = await openPage();
      // As a browser that knows no frame-ancestors.
      await page.route(`${frame}*`, async (route) => {
        const response = await route.fetch();
        const { 'content-security-policy': _, ...headers } = response.headers();
        await route.fulfill({ response, headers });
      });
      await bootFrame(page, url, {});
      const chat = page.frames()[1];
      // What follows from an answer has happened when a later one has been read.
      await chat?.evaluate(async () => (await fetch('/widget/config')).text());
      if (chat === undefined) throw new Error('There is no frame.');
      return chat.locator('#chat > *');
    };
    expect(await (await look()).count()).toBe(0);
    const body = { config: { allowedOrigins: [new URL(url).origin] } };
    await usher.call('PATCH', `/api/v1/channels/${channelId}`, { body });
    await (await look()).first().waitFor({ state: 'attached' });
  });

  test('of a channel that is unknown, or named twice, shows nothing', async () => {
    const usher = await startTestUsher();
    const open = await makeChannel(usher, []);
    const closed = await makeChannel(usher, ['https://shop.example.com']);
    const unknown = crypto.randomUUID();
    const policyOf = async (query: string) => {
      const { headers } = await fetch(`${usher.url}/widget/index.html${query}`);
      return /frame-ancestors (.*)$/.exec(headers.get('content-security-policy') ?? '')?.[1];
    };
    expect(await policyOf(`?channelId=${unknown}`)).toBe("'none'");
    expect(await policyOf(`?channelId=${open}&channelId=${closed}`)).toBe("'none'");
    expect(await policyOf(`?channelId=${closed}&channelId=${open}`)).toBe("'none'");
    expect(await policyOf(`?channelId=${closed}`)).toBe("'self' https://shop.example.com");
    expect(await policyOf(`?channelId=${open}`)).toBe('*');
  });
});
