// A visitor in a browser, on a shop's page that includes the widget as it was pasted.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

export interface Visitor {
  page: Page;
  frame: FrameLocator;
  say(text: string): Promise<void>;
}

export async function visitShop(browser: Browser, snippet: string): Promise<Visitor> {
  const html = `<!doctype html><html lang="en"><title>A shop</title><h1>A shop</h1>${snippet}</html>`;
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(html);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
  onTestFinished(async () => {
    await context.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const frame = page.frameLocator('iframe');
  return {
    page,
    frame,
    say: async (text) => {
      const area = frame.getByRole('textbox', { name: 'Your message' });
      if (!(await area.isVisible())) await page.locator('.launcher[data-online]').click();
      await area.fill(text);
      await area.press('Enter');
      // Sent, delivered or read: how far it has come depends on who is there.
      const kept = ['Sent', 'Delivered', 'Read'].map((title) => `.tick[title=${title}]`);
      await frame.getByText(text, { exact: true }).last().waitFor();
      await frame.locator(kept.join()).last().waitFor();
    },
  };
}

/** As the settings print it. */
export const snippetOf = (origin: string, channelId: string) =>
  `<script>window.Usher=window.Usher||function(){(Usher.q=Usher.q||[]).push(arguments)};Usher('boot',{channelId:'${channelId}'})</script><script async src="${origin}/widget.js"></script>`;
