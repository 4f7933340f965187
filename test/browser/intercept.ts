// Stands between a page that is open already and the server.
import type { Page, Route } from 'playwright-core';
import { expect } from 'vitest';

/**
 * Counts for all that the page asks for from now on. Chromium tells an open page of its first route a moment after it
 * has said that the route is set, and what the page asks for in between is not caught.
 */
export async function intercept(
  page: Page,
  url: string | RegExp,
  handle: (route: Route) => unknown,
): Promise<void> {
  await page.route(url, handle);
  const probe = new URL('/is-caught', page.url()).href;
  await page.route(probe, (route) => route.fulfill({ body: 'caught' }));
  const ask = (at: string) => fetch(at).then((answer) => answer.text());
  await expect.poll(() => page.evaluate(ask, probe)).toBe('caught');
  await page.unroute(probe);
}

/** The script waits on its way until it is released; `asked`: the page wants it. */
export async function holdScript(page: Page, name: string) {
  const asked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  await intercept(page, `**/assets/${name}-*.js`, async (route) => {
    asked.resolve();
    await released.promise;
    await route.continue();
  });
  return { asked: asked.promise, release: () => released.resolve() };
}
