// A page that reaches the server by a line which a test can cut.
import type { Browser, Page } from 'playwright-core';
import type { TcpProxy } from '../makers/start-tcp-proxy.ts';
import { openPage, signIn } from './browse-office.ts';
import type { Office } from './start-office.ts';

/** Signed in, on the page of that path; `beside`: as another tab of the same browser. */
export async function openBehind(
  browser: Browser,
  proxy: TcpProxy,
  path: string,
  beside?: Page,
): Promise<Page> {
  const url = `http://127.0.0.1:${proxy.port}`;
  const page = beside === undefined ? await openPage(browser) : await beside.context().newPage();
  // The broker's address is the server's own: it too is reached by the line.
  await page.route('**/api/v1/session/mqtt', async (route) => {
    const answer = await route.fetch().catch(() => null);
    if (answer === null || !answer.ok()) return route.abort();
    const credentials = await answer.json();
    const broker = new URL(credentials.url);
    broker.port = String(proxy.port);
    await route.fulfill({ response: answer, json: { ...credentials, url: broker.href } });
  });
  if (beside === undefined) await signIn(page, { url } as Office);
  await page.goto(`${url}${path}`);
  return page;
}
