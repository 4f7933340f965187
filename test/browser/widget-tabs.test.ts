// The widget over time and over several tabs, against the real server: joined, left alone, expired, closed for the night.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HostOptions } from '../../sandbox/webchat/host-page.ts';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { startTcpProxy } from '../makers/start-tcp-proxy.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';
import { openPage } from './open-browser.ts';
import { serveHost } from './serve-host.ts';
import { openChat, readBubbles, writeInChat } from './write-in-chat.ts';

/** The page says that it is there two or three times within it. */
const SHORT_MS = 6000;
const SHORTEST_MS = 2000;

describe.skipIf(!hasBrowser)('the chat', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function openShop(environment: Record<string, string> = {}, host: HostOptions = {}) {
    const usher = await startTestUsher(environment);
    return { usher, host: await serveHost(environment.PUBLIC_URL ?? usher.url, host) };
  }

  const comeToWork = (usher: TestUsher) =>
    usher.call('POST', '/api/v1/agents', { body: { name: 'Sari', availability: 'online' } });

  test('tabs that were open before the first word share what is said, its files and its rating', async () => {
    const { usher, host } = await openShop();
    const { page } = await openPage(browser, host);
    const tab = await page.context().newPage();
    await tab.goto(host);
    const [, frame] = [await openChat(page), await openChat(tab)];
    await frame.getByRole('textbox', { name: 'Your message' }).waitFor();
    await writeInChat(page, 'from the first');
    await frame.getByText('from the first').waitFor();
    await writeInChat(tab, 'from the second');
    await frame
      .locator('input[type=file]')
      .setInputFiles([{ name: 'bill.txt', mimeType: 'text/plain', buffer: Buffer.from('42') }]);
    for (const each of [page, tab]) {
      await each
        .frameLocator('iframe')
        .getByRole('link', { name: /bill\.txt/ })
        .waitFor();
      await expect
        .poll(() => readBubbles(each))
        .toMatchObject(['from the first', 'from the second', {}]);
    }
    await frame.getByRole('button', { name: 'End chat' }).click();
    await frame.getByRole('dialog').getByRole('button', { name: 'End chat' }).click();
    await page.frameLocator('iframe').getByText('This chat has ended.').waitFor();
    await frame.locator('.star').nth(3).click();
    await frame.getByRole('button', { name: 'Send rating' }).click();
    await frame.getByText('Thank you for your rating!').waitFor();
    expect(await usher.conversations('closed')).toHaveLength(1);
    expect(await usher.conversations()).toHaveLength(1);
  }, 60_000);

  test('a session that was joined from elsewhere takes files and a rating too', async () => {
    const { usher, host } = await openShop();
    const { page } = await openPage(browser, host);
    const frame = await openChat(page);
    await writeInChat(page, 'hello');
    // The browser has lost the session, and kept who its guest is.
    const inside = page.frames().find((each) => each.url().includes('/widget/'));
    await inside?.evaluate(() => {
      for (const [key, value] of Object.entries(localStorage)) {
        localStorage.setItem(key, JSON.stringify({ ...JSON.parse(value), session: null }));
      }
    });
    await page.reload();
    await openChat(page);
    await writeInChat(page, 'hello again');
    await expect.poll(() => readBubbles(page)).toEqual(['hello', 'hello again']);
    await frame
      .locator('input[type=file]')
      .setInputFiles([{ name: 'bill.txt', mimeType: 'text/plain', buffer: Buffer.from('42') }]);
    await frame.getByRole('link', { name: /bill\.txt/ }).waitFor();
    await frame.getByRole('button', { name: 'End chat' }).click();
    await frame.getByRole('dialog').getByRole('button', { name: 'End chat' }).click();
    await frame.locator('.star').nth(3).click();
    await frame.getByRole('button', { name: 'Send rating' }).click();
    await frame.getByText('Thank you for your rating!').waitFor();
    expect(await usher.conversations('closed')).toHaveLength(1);
  }, 60_000);

  test('a conversation expires when its visitor has gone, and not while the page is open', async () => {
    const { usher, host } = await openShop({ SESSION_KEEP_ALIVE_TIME: String(SHORT_MS) });
    const { page } = await openPage(browser, host);
    const frame = await openChat(page);
    await writeInChat(page, 'hello');
    await page.waitForTimeout(1.5 * SHORT_MS);
    expect(await usher.conversations('closed')).toEqual([]);
    await page.goto('about:blank');
    await expect
      .poll(async () => (await usher.conversations('closed')).length, { timeout: 40_000 })
      .toBe(1);
    await page.goto(host);
    await openChat(page);
    await frame.getByText('Hello! How can we help you?').waitFor();
    expect(await readBubbles(page)).toEqual([]);
    await writeInChat(page, 'once more');
    expect(await usher.conversations()).toHaveLength(2);
  }, 60_000);

  test('who was cut off until the conversation expired is told so, and loses no word', async () => {
    const port = await findFreePort();
    const line = await startTcpProxy({ host: '127.0.0.1', port });
    const { usher, host } = await openShop({
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${line.port}`,
      SESSION_KEEP_ALIVE_TIME: String(SHORT_MS),
    });
    const { page } = await openPage(browser, host);
    const frame = await openChat(page);
    await writeInChat(page, 'hello');
    await line.goDown();
    await frame.getByText('Connection lost').waitFor();
    const area = frame.getByRole('textbox', { name: 'Your message' });
    await area.fill('are you there?');
    await area.press('Enter');
    await expect
      .poll(async () => (await usher.conversations('closed')).length, { timeout: 40_000 })
      .toBe(1);
    await line.comeBack();
    await frame
      .getByText('This chat has ended because nobody wrote for a while.')
      .waitFor({ timeout: 40_000 });
    await page.reload();
    await openChat(page);
    await frame.getByText('Not sent.').waitFor();
    await frame.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => frame.locator('.tick[title=Sent]').count()).toBe(1);
    expect(await readBubbles(page)).toEqual(['are you there?']);
    expect(await usher.conversations()).toHaveLength(2);
  }, 90_000);

  test('a message that was left while nobody was there waits for whoever comes', async () => {
    const { usher, host } = await openShop({ SESSION_KEEP_ALIVE_TIME: String(SHORTEST_MS) });
    const { body } = await usher.call('GET', '/api/v1/channels');
    const channel = (body as { items: { id: string; kind: string }[] }).items.find(
      ({ kind }) => kind === 'webchat',
    );
    const config = { offline: { enabled: true, text: 'We are back at eight.' } };
    await usher.call('PATCH', `/api/v1/channels/${channel?.id}`, { body: { config } });
    const { page } = await openPage(browser, host);
    const frame = await openChat(page);
    await frame.getByText('We are back at eight.').waitFor();
    await frame.getByLabel('E-mail address').fill('budi@example.com');
    await frame.getByLabel('Message').fill('Please call me.');
    await frame.getByRole('button', { name: 'Send message' }).click();
    await frame.getByText('Thank you! We have your message').waitFor();
    await expect.poll(() => frame.locator('.tick[title=Sent]').count()).toBe(1);
    await page.goto('about:blank');
    await page.waitForTimeout(3 * SHORTEST_MS);
    await comeToWork(usher);
    await expect
      .poll(() => usher.conversations('assigned'))
      .toMatchObject([{ contact: { email: 'budi@example.com' } }]);
    await page.waitForTimeout(SHORTEST_MS);
    expect(await usher.conversations('assigned')).toHaveLength(1);
  }, 60_000);

  test('a page that includes it twice has it once, and a page with another channel another chat', async () => {
    const { usher, host } = await openShop();
    const made = await usher.call('POST', '/api/v1/channels', {
      body: { kind: 'webchat', name: 'Wholesale' },
    });
    const { channel } = made.body as { channel?: { id: string } };
    const { id } = channel ?? (made.body as { id: string });
    const twice = await serveHost(usher.url, { twice: true, script: `Usher('boot',{})` });
    const { page, complaints } = await openPage(browser, twice);
    await page.waitForFunction('document.scripts.length === 3');
    await openChat(page);
    await writeInChat(page, 'retail');
    expect(await page.locator('.launcher').count()).toBe(1);
    expect(complaints).toEqual([]);
    const other = await page.context().newPage();
    await other.goto(await serveHost(usher.url, { boot: { channelId: id } }));
    await openChat(other);
    await writeInChat(other, 'wholesale');
    expect([await readBubbles(page), await readBubbles(other)]).toEqual([
      ['retail'],
      ['wholesale'],
    ]);
    expect(await usher.conversations()).toHaveLength(2);
    await page.goto(host);
    await openChat(page);
    await expect.poll(() => readBubbles(page)).toEqual(['retail']);
  }, 60_000);
});
