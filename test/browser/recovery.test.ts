// How long it takes until the chat works again after its session or its line has ended, or what is said instead.
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { startTcpProxy } from '../makers/start-tcp-proxy.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import { LOST_DATABASE } from '../makers/watch-errors.ts';
import { openPage as openOffice, settle, signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { openPage } from './open-browser.ts';
import { serveHost } from './serve-host.ts';
import { shareBrowser } from './share-office.ts';
import { ADMIN, type Office } from './start-office.ts';
import { startShop } from './start-shop.ts';
import { openChat, readBubbles, writeInChat } from './write-in-chat.ts';

const SECRET = 'a secret of the shop';
const OUTAGE_MS = process.env.USHER_LONG_TESTS === '1' ? 40_000 : 16_000;
const ASKED_WITHIN_MS = 3000;
const RECOVERED_WITHIN_MS = 15_000;
const limit = { timeout: 180_000 };
const table: string[] = [];

const SUBACK = 0x90;

/** The first moment at which somebody who asks is answered. */
const answers = (address: string) =>
  eventually(
    () =>
      fetch(address).then(
        ({ ok }) => ok,
        () => false,
      ),
    (isOk) => isOk,
  );

/** Resolves once the page has been granted what it listens to. To be asked before it is opened. */
function isLive(page: Page): Promise<void> {
  return new Promise((done) => {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        if (typeof payload !== 'string' && payload[0] === SUBACK) done();
      }),
    );
  });
}

async function measure(what: string, then: string, seen: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await seen();
  const took = performance.now() - began;
  table.push(`| ${what} | ${then} | ${(took / 1000).toFixed(1)} s |`);
  return took;
}

describe.skipIf(!hasBrowser)('the chat', () => {
  const browser = shareBrowser();
  afterAll(() => {
    process.stderr.write(
      `| what ended | then | after |\n| --- | --- | --- |\n${table.join('\n')}\n`,
    );
  });

  async function openShop(environment: Record<string, string> = {}, secrets?: object) {
    const usher = await startTestUsher(environment);
    const { body } = await usher.call('GET', '/api/v1/channels');
    const { items } = body as { items: { id: string; kind: string }[] };
    const path = `/api/v1/channels/${items.find(({ kind }) => kind === 'webchat')?.id}`;
    if (secrets !== undefined) await usher.call('PATCH', path, { body: { secrets } });
    return { usher, path, host: await serveHost(usher.url) };
  }

  const hash = (id: string) => createHmac('sha256', SECRET).update(id).digest('hex');
  const prove = (page: Page, id: string) =>
    page.evaluate(`Usher('identify', ${JSON.stringify({ id, identityHash: hash(id) })})`);
  const isSent = async (page: Page, text: string) => {
    const frame = page.frameLocator('iframe');
    const area = frame.getByRole('textbox', { name: 'Your message' });
    await area.fill(text);
    await area.press('Enter');
    await frame.locator('.bubble', { hasText: text }).waitFor();
    await expect
      .poll(() => frame.locator('.tick[title=Sending]').count(), { timeout: 30_000 })
      .toBe(0);
  };
  const told = (frame: FrameLocator, words: string) =>
    frame.getByText(words).waitFor({ timeout: 30_000 });

  test('asks a server that was away again within three seconds, as the back office does, and both go on', {
    ...limit,
  }, async () => {
    const shop = await startShop({
      USHER_ADMIN_EMAIL: ADMIN.email,
      USHER_ADMIN_PASSWORD: ADMIN.password,
    });
    const { page } = await openPage(browser(), shop.host);
    const frame = await openChat(page);
    await writeInChat(page, 'before');
    const { url } = shop.server;
    const office = await openOffice(browser());
    await signIn(office, { url } as Office);
    const live = isLive(office);
    await office.goto(`${url}/inbox/all`);
    await office.getByRole('listitem').first().waitFor();
    await live;
    await settle(office);
    const reconnecting = office.getByText('Reconnecting').first();

    await shop.server.kill();
    await frame.getByText('Connection lost').waitFor();
    await reconnecting.waitFor();
    await sleep(OUTAGE_MS);
    const asked = (where: Page, path: string) =>
      where.waitForResponse((answer) => answer.ok() && answer.url().endsWith(path));
    const questions = [asked(page, '/livez'), asked(office, '/session/mqtt')];
    shop.server.start();
    await answers(`${url}/livez`);
    const after = `server away for ${OUTAGE_MS / 1000} s`;
    const [chat, desk] = ['the visitor’s chat', 'the back office'];
    const [askedAfter] = await Promise.all([
      measure(after, 'both have asked', () => Promise.all(questions)),
      measure(after, `${chat} is connected`, () =>
        frame.getByText('Connection lost').waitFor({ state: 'detached' }),
      ).then((took) => expect(took).toBeLessThan(RECOVERED_WITHIN_MS)),
      measure(after, `${desk} is connected`, () =>
        reconnecting.waitFor({ state: 'detached' }),
      ).then((took) => expect(took).toBeLessThan(RECOVERED_WITHIN_MS)),
    ]);
    // Connecting itself is as fast as the machine.
    expect(askedAfter).toBeLessThan(ASKED_WITHIN_MS);
    await isSent(page, 'after');
    expect(await readBubbles(page)).toEqual(['before', 'after']);
  });

  test('sends what is written while the database is away, soon after it is back', {
    ...limit,
  }, async () => {
    const { url } = await makeDatabase();
    const direct = new URL(url);
    const line = await startTcpProxy({ host: direct.hostname, port: Number(direct.port || 5432) });
    direct.hostname = '127.0.0.1';
    direct.port = String(line.port);
    const { host, usher } = await openShop({ DATABASE_URL: direct.href });
    usher.expectErrors(LOST_DATABASE);
    const { page } = await openPage(browser(), host);
    await openChat(page);
    await writeInChat(page, 'before');
    await line.goDown();
    const sending = isSent(page, 'meanwhile');
    await sleep(8000);
    await line.comeBack();
    const took = await measure('database away for 8 s', 'what was written is sent', () => sending);
    expect(took).toBeLessThan(RECOVERED_WITHIN_MS);
    expect(await readBubbles(page)).toEqual(['before', 'meanwhile']);
  });

  test('goes on after a reset at another device', { ...limit }, async () => {
    const { host } = await openShop({}, { widgetSecret: SECRET });
    const [{ page }, { page: phone }] = [
      await openPage(browser(), host),
      await openPage(browser(), host),
    ];
    for (const each of [page, phone]) {
      await openChat(each);
      await prove(each, '298301');
    }
    await writeInChat(page, 'at my desk');
    await writeInChat(phone, 'on my phone');
    await expect.poll(() => readBubbles(page)).toEqual(['at my desk', 'on my phone']);
    await phone.evaluate(`Usher('reset')`);
    await expect.poll(() => readBubbles(phone)).toEqual([]);
    const took = await measure('reset at another device', 'what is written is sent', () =>
      isSent(page, 'still here'),
    );
    expect(took).toBeLessThan(RECOVERED_WITHIN_MS);
  });

  test('asks a server that cannot give it a session now after what that asked for, and goes on then', {
    ...limit,
  }, async () => {
    const { host } = await openShop({}, { widgetSecret: SECRET });
    const [{ page }, { page: phone }] = [
      await openPage(browser(), host),
      await openPage(browser(), host),
    ];
    for (const each of [page, phone]) {
      await openChat(each);
      await prove(each, '298302');
    }
    await writeInChat(page, 'at my desk');
    await writeInChat(phone, 'on my phone');
    const asked: number[] = [];
    await page.route('**/session', async (route) => {
      asked.push(performance.now());
      if (asked.length > 3) return route.continue();
      // Without the header first, as of a server that has just lost its database.
      const headers = asked.length === 1 ? {} : { 'retry-after': '4' };
      await route.fulfill({ status: asked.length === 1 ? 500 : 503, headers, body: '' });
    });
    await phone.evaluate(`Usher('reset')`);
    await isSent(page, 'still here');
    const waits = asked.slice(1).map((at, no) => at - (asked[no] ?? 0));
    expect(waits).toHaveLength(3);
    expect(waits[0]).toBeGreaterThan(2400);
    for (const wait of waits.slice(1)) expect(wait).toBeGreaterThan(3900);
    for (const wait of waits) expect(wait).toBeLessThan(9000);
  });

  test('says that it cannot go on once a key asks for a proof that the page has not', {
    ...limit,
  }, async () => {
    const { usher, host, path } = await openShop();
    const { page } = await openPage(browser(), host);
    const frame = await openChat(page);
    await page.evaluate(`Usher('identify', { id: '298301' })`);
    await writeInChat(page, 'under a name');
    await usher.call('PATCH', path, { body: { secrets: { widgetSecret: SECRET } } });
    const words = 'This chat cannot go on here. You can start a new one.';
    const took = await measure('key set', `“${words}”`, () => told(frame, words));
    expect(took).toBeLessThan(RECOVERED_WITHIN_MS);
  });

  test('says that it has expired', { ...limit }, async () => {
    const port = await findFreePort();
    const line = await startTcpProxy({ host: '127.0.0.1', port });
    const { usher, host } = await openShop({
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${line.port}`,
      SESSION_KEEP_ALIVE_TIME: '2500',
    });
    const { page } = await openPage(browser(), host);
    const frame = await openChat(page);
    await writeInChat(page, 'hello');
    await line.goDown();
    await expect
      .poll(async () => (await usher.conversations('closed')).length, { timeout: 40_000 })
      .toBe(1);
    await line.comeBack();
    const words = 'This chat has ended because nobody wrote for a while.';
    const took = await measure('expired while the line was cut', `“${words}”`, () =>
      told(frame, words),
    );
    expect(took).toBeLessThan(RECOVERED_WITHIN_MS);
  });

  test('says that it cannot go on once its channel is removed', { ...limit }, async () => {
    const { usher, host, path } = await openShop();
    const { page } = await openPage(browser(), host);
    const frame = await openChat(page);
    await writeInChat(page, 'hello');
    expect((await usher.call('DELETE', path)).status).toBeLessThan(300);
    const words = 'This chat cannot go on here. You can start a new one.';
    const took = await measure('channel removed', `“${words}”`, () => told(frame, words));
    expect(took).toBeLessThan(RECOVERED_WITHIN_MS);
  });
});
