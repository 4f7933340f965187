// The widget against the real server: a visitor in a browser, an agent by the contract of Chimp Assist.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { keepConnected } from '../../browser/keep-connected.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';
import { expectAccessible, openPage } from './open-browser.ts';
import { serveHost } from './serve-host.ts';

interface Told {
  topic: string;
  body: { message?: { content: string; seq: number }; sessionInfo?: { sessionTopic: string } };
}

describe.skipIf(!hasBrowser)('a visitor in a browser and the real server', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function openShop() {
    const usher = await startTestUsher();
    await usher.call('POST', '/api/v1/channels', { body: { kind: 'webchat', name: 'Shop' } });
    const host = await serveHost(usher.url);
    return { usher, host };
  }

  /** A service with every right listens and answers in the agent's place. */
  async function watch(usher: TestUsher) {
    const told: Told[] = [];
    let state = '';
    const link = keepConnected({
      credentials: async () => ({
        url: `${usher.url.replace('http', 'ws')}/mqtt`,
        clientId: 'watcher',
        username: 'service',
        password: usher.token,
      }),
      filters: ['server/sessions/+/+/messages', 'server/sessions/+/+/client/control'],
      keepAliveSeconds: 30,
      onMessage: (topic, payload) => told.push({ topic, body: JSON.parse(payload) }),
      onState: ({ kind }) => {
        state = kind;
      },
    });
    onTestFinished(() => link.close());
    // Nothing is told again to who comes late.
    await expect.poll(() => state).toBe('online');
    return { told, link };
  }

  test('what is written arrives, is answered, read, rated, and survives a reload', async () => {
    const { usher, host } = await openShop();
    const agent = await usher.call('POST', '/api/v1/agents', {
      body: { name: 'Sari', email: 'sari@example.com', availability: 'online' },
    });
    expect(agent.status).toBe(201);
    const { told } = await watch(usher);
    const { page, complaints } = await openPage(browser, host);
    const frame = page.frameLocator('iframe');
    await page.locator('.launcher[data-online]').click();
    const area = frame.getByRole('textbox', { name: 'Your message' });
    await area.fill('Hello');
    await area.press('Enter');
    await frame.locator('.tick[title=Delivered]').waitFor();
    await expect.poll(() => told.some(({ body }) => body.message?.content === 'Hello')).toBe(true);

    const [conversation] = await usher.conversations();
    const answered = await usher.call(
      'POST',
      `/api/v1/conversations/${conversation?.id}/messages`,
      {
        body: { text: 'Good morning' },
      },
    );
    expect(answered.status).toBe(201);
    await frame.getByText('Good morning').waitFor();

    await page.reload();
    await page.locator('.launcher[data-online]').click();
    await frame.getByText('Good morning').waitFor();
    await expect
      .poll(() => frame.locator('.bubble').allTextContents())
      .toEqual(['Hello', 'Good morning']);

    await frame
      .locator('input[type=file]')
      .setInputFiles([{ name: 'bill.txt', mimeType: 'text/plain', buffer: Buffer.from('42') }]);
    await frame.getByRole('link', { name: /bill\.txt/ }).waitFor();
    await frame.getByRole('button', { name: 'End chat' }).click();
    await frame.getByRole('dialog').getByRole('button', { name: 'End chat' }).click();
    await frame.locator('.star').nth(4).click();
    await frame.getByRole('button', { name: 'Send rating' }).click();
    await frame.getByText('Thank you for your rating!').waitFor();
    const inside = page.frames().find((each) => each.url().includes('/widget/'));
    if (inside !== undefined) await expectAccessible(inside);
    await expect.poll(async () => (await usher.conversations('closed')).length).toBe(1);
    expect(complaints).toEqual([]);
  }, 60_000);

  test('where the policy ends what nobody can take, the chat asks again until somebody comes', async () => {
    const { usher, host } = await openShop();
    const { body } = await usher.call('GET', '/api/v1/policy');
    const { policy } = body as { policy: object };
    const changed = { ...policy, whenNobodyOnline: 'abort' };
    expect((await usher.call('PUT', '/api/v1/policy', { body: changed })).status).toBe(200);
    const { page } = await openPage(browser, host);
    const frame = page.frameLocator('iframe');
    await page.locator('.launcher[data-online]').click();
    const area = frame.getByRole('textbox', { name: 'Your message' });
    await area.fill('Hello');
    await area.press('Enter');
    await frame.getByText('Nobody is available at the moment. We keep trying.').waitFor();
    await usher.call('POST', '/api/v1/agents', { body: { name: 'Sari', availability: 'online' } });
    await frame.locator('.tick[title=Delivered]').waitFor();
    expect(await frame.locator('.bubble').allTextContents()).toEqual(['Hello']);
    const [conversation] = await usher.conversations('assigned');
    const path = `/api/v1/conversations/${conversation?.id}/messages`;
    const messages = await usher.call('GET', path);
    expect(messages.body).toMatchObject({ items: [{ text: 'Hello' }] });
  }, 60_000);

  test('two tabs are one conversation, and another browser sees nothing of it', async () => {
    const { usher, host } = await openShop();
    const { page } = await openPage(browser, host);
    const say = async (of: typeof page, text: string) => {
      await of.locator('.launcher[data-online]').click();
      const area = of.frameLocator('iframe').getByRole('textbox', { name: 'Your message' });
      await area.fill(text);
      await area.press('Enter');
      await of.frameLocator('iframe').locator('.tick[title=Sent]').first().waitFor();
    };
    await say(page, 'from the first');
    const second = await page.context().newPage();
    await second.goto(host);
    await say(second, 'from the second');
    for (const each of [page, second]) {
      await each.frameLocator('iframe').getByText('from the second').waitFor();
      await each.frameLocator('iframe').getByText('from the first').waitFor();
    }
    const { page: stranger } = await openPage(browser, host);
    await stranger.locator('.launcher[data-online]').click();
    await stranger.frameLocator('iframe').getByRole('textbox', { name: 'Your message' }).waitFor();
    expect(await stranger.frameLocator('iframe').locator('.bubble').count()).toBe(0);
    expect(await usher.conversations()).toHaveLength(1);
  }, 60_000);
});
