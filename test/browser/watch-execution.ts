// What ran, asked or was fetched from elsewhere in a page that shows what strangers typed.
import type { Page } from 'playwright-core';

export function watchExecution(page: Page): string[] {
  const found: string[] = [];
  page.on('dialog', (dialog) => {
    found.push(`${dialog.type()}: ${dialog.message()}`);
    void dialog.dismiss().catch(() => {});
  });
  page.on('popup', (popup) => found.push(`popup: ${popup.url()}`));
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    const isOurs = hostname === '127.0.0.1' || ['data:', 'blob:', 'about:'].includes(protocol);
    if (!isOurs) found.push(`fetched: ${request.url()}`);
  });
  return found;
}

/** Shows a piece of HTML as a careless page would, long enough for it to run. */
export async function showCarelessly(page: Page, html: string): Promise<void> {
  // One that navigates away has run too.
  await page.setContent(html, { waitUntil: 'commit', timeout: 1000 }).catch(() => {});
  await page.waitForTimeout(15);
}
