// A visitor in a browser, on a shop's page that includes the widget as it was pasted.
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { servePage } from './serve-host.ts';

export interface Visitor {
  page: Page;
  frame: FrameLocator;
  say(text: string): Promise<void>;
}

export async function visitShop(browser: Browser, snippet: string): Promise<Visitor> {
  const html = `<!doctype html><html lang="en"><head><title>A shop</title>${snippet}</head><body><h1>A shop</h1></body></html>`;
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(await servePage(html));
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
