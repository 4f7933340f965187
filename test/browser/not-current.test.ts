// Whoever looks at Live while the server is gone is told that the figures are old, whatever ended the line.
import { expect, test } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../makers/start-tcp-proxy.ts';
import { settle } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { openBehind } from './open-behind.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

const TOLD_WITHIN_MS = 15_000;
const shared = shareOffice(() => startTestOffice());

const ends: [string, (proxy: TcpProxy) => unknown][] = [
  ['takes no connection', (proxy) => proxy.goDown()],
  ['says nothing any more', (proxy) => proxy.freeze()],
];

test.skipIf(!hasBrowser).each(ends)(
  'Live says within 15 s that its figures are old when the server %s, and no more once it is back',
  { timeout: 120_000 },
  async (_, end) => {
    const { hostname, port } = new URL(shared.office().url);
    const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
    const page = await openBehind(shared.browser(), proxy, '/live');
    await page.getByText('Agents online').waitFor();
    await settle(page);
    const told = page.getByText('These figures are from');
    expect(await told.count()).toBe(0);
    await end(proxy);
    await told.waitFor({ timeout: TOLD_WITHIN_MS });
    await proxy.comeBack();
    await told.waitFor({ state: 'detached', timeout: TOLD_WITHIN_MS });
  },
);

test.skipIf(!hasBrowser)(
  'on a phone and on a small window a lost line is said above the page',
  { timeout: 120_000 },
  async () => {
    const { hostname, port } = new URL(shared.office().url);
    const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
    const page = await openBehind(shared.browser(), proxy, '/inbox/all');
    await settle(page);
    await proxy.goDown();
    const said = page.getByRole('status').filter({ hasText: 'Reconnecting' });
    for (const width of [1280, 900, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await expect.poll(() => said.filter({ visible: true }).count(), { timeout: 30_000 }).toBe(1);
    }
  },
);
