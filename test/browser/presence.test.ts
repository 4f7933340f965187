// Whether anybody is there, as visitors are shown it: in the chat's head, on the page's button, and by the offline form.
import type { Browser, Page, WebSocket } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { startTcpProxy } from '../makers/start-tcp-proxy.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { connectVisitor } from '../makers/web-client.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';
import { openPage } from './open-browser.ts';
import { serveHost } from './serve-host.ts';

const limit = { timeout: 120_000 };

describe.skipIf(!hasBrowser)('who is there', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function openShop(config: object = {}) {
    const port = await findFreePort();
    const line = await startTcpProxy({ host: '127.0.0.1', port });
    const publicUrl = `http://127.0.0.1:${line.port}`;
    const usher = await startTestUsher({ PORT: String(port), PUBLIC_URL: publicUrl });
    const made = await usher.call('POST', '/api/v1/channels', {
      body: { kind: 'webchat', name: 'Shop', config },
    });
    const { id: channelId } = made.body as { id: string };
    return { usher, line, channelId, host: await serveHost(publicUrl, { boot: { channelId } }) };
  }

  async function visit(host: string) {
    const { page } = await openPage(browser, host);
    const frame = page.frameLocator('iframe');
    const launcher = page.locator('.launcher[data-online]');
    await launcher.waitFor();
    return {
      page,
      frame,
      launcher,
      presence: frame.locator('.presence'),
      open: () => launcher.click(),
      say: async (text: string) => {
        const area = frame.getByRole('textbox', { name: 'Your message' });
        await area.fill(text);
        await area.press('Enter');
        await frame.locator('.tick').last().waitFor();
      },
    };
  }

  const hire = async (usher: TestUsher, agent: object) => {
    const { body } = await usher.call('POST', '/api/v1/agents', { body: agent });
    return (body as { id: string }).id;
  };

  test(
    'connected is not present: the head says nobody, all busy, somebody, as agents come and go',
    limit,
    async () => {
      const { usher, host } = await openShop();
      const first = await visit(host);
      await first.open();
      await first.say('Is anybody there?');
      await first.frame.getByText('next in line').waitFor();
      expect(await first.presence.textContent()).toBe('We are away');
      const sari = await hire(usher, { name: 'Sari', capacity: 1, availability: 'online' });
      await first.presence.getByText('is here for you').waitFor();

      const second = await visit(host);
      await second.open();
      await second.presence.getByText('We are busy').waitFor();
      await second.say('And for me?');
      await second.frame.getByText('next in line').waitFor();
      expect(await second.presence.textContent()).toContain('We are busy');
      const other = await hire(usher, { name: 'Budi', capacity: 1, availability: 'online' });
      await second.presence.getByText('is here for you').waitFor();

      // The one who has it has gone; somebody else is there, and has no free place.
      await usher.call('PATCH', `/api/v1/agents/${sari}`, { body: { availability: 'offline' } });
      await first.presence.getByText('is away').waitFor({ timeout: 15_000 });
      await usher.call('PATCH', `/api/v1/agents/${other}`, { body: { availability: 'away' } });
      await second.presence.getByText('is away').waitFor({ timeout: 15_000 });
    },
  );

  test(
    'the button on the page says who is there before the chat is opened, and again as that changes',
    limit,
    async () => {
      const { usher, host, channelId } = await openShop();
      const { launcher, page } = await visit(host);
      expect(await launcher.getAttribute('aria-label')).toBe('Open chat. We are away');
      expect(await launcher.getAttribute('data-presence')).toBe('away');
      const agent = await hire(usher, { name: 'Sari', capacity: 1, availability: 'online' });
      const shown = async (attribute: string) => {
        await lookAgain(page);
        return launcher.getAttribute(attribute);
      };
      await expect.poll(() => shown('aria-label')).toBe('Open chat. We are online');
      const visitor = await connectVisitor(usher, { channelId, customer: { id: 'c1' } });
      await visitor.say('server/sessions/request', { customerId: 'c1', requestID: 'r1' });
      await visitor.hears('client/sessions/c1/r1', ({ update }) => update === 'session/ready');
      await expect.poll(() => shown('data-presence')).toBe('busy');
      await usher.call('PATCH', `/api/v1/agents/${agent}`, { body: { availability: 'offline' } });
      await expect.poll(() => shown('data-presence')).toBe('away');
    },
  );

  test(
    'while the line is down the head says so, and that somebody is there once it is back',
    limit,
    async () => {
      const { usher, host, line } = await openShop();
      const { presence, open, say, launcher } = await visit(host);
      await open();
      await say('Hola');
      await hire(usher, { name: 'Sari', capacity: 1, availability: 'online' });
      await presence.getByText('is here for you').waitFor();
      await line.goDown();
      await presence.getByText('Reconnecting').waitFor();
      expect(await launcher.getAttribute('data-presence')).toBe('away');
      await line.comeBack();
      await presence.getByText('is here for you').waitFor({ timeout: 40_000 });
    },
  );

  test.each([
    ['has just ended', false],
    ['has ended, and whose line was given up', true],
  ])(
    'a chat that %s says within 15 s that the server is gone, and that somebody is there once it is back',
    limit,
    async (_, isGivenUp) => {
      const { usher, host, line } = await openShop();
      await hire(usher, { name: 'Sari', capacity: 1, availability: 'online' });
      const { page, presence, open, say, frame } = await visit(host);
      const lines: WebSocket[] = [];
      page.on('websocket', (socket) => lines.push(socket));
      await open();
      await say('Hola');
      await presence.getByText('is here for you').waitFor();
      await frame.getByRole('button', { name: 'End chat' }).click();
      await frame.getByRole('dialog').getByRole('button', { name: 'End chat' }).click();
      await presence.getByText('We are online').waitFor({ timeout: 15_000 });
      if (isGivenUp) {
        await expect
          .poll(() => lines.every((one) => one.isClosed()), { timeout: 60_000 })
          .toBe(true);
      }
      await line.goDown();
      await presence.getByText('Reconnecting').waitFor({ timeout: 15_000 });
      await line.comeBack();
      await presence.getByText('We are online').waitFor({ timeout: 15_000 });
    },
  );

  test(
    'the offline form goes when somebody comes and returns when all have gone, but not under one’s hands',
    limit,
    async () => {
      const { usher, host } = await openShop({ offline: { enabled: true, text: '' } });
      const { frame, open } = await visit(host);
      await open();
      const leave = frame.getByRole('button', { name: 'Send message' });
      const write = frame.getByRole('textbox', { name: 'Your message' });
      await leave.waitFor();
      const agent = await hire(usher, { name: 'Sari', availability: 'online' });
      await write.waitFor({ timeout: 15_000 });
      await usher.call('PATCH', `/api/v1/agents/${agent}`, { body: { availability: 'offline' } });
      await leave.waitFor({ timeout: 15_000 });
      await frame.getByLabel('Message').fill('Please call me.');
      await usher.call('PATCH', `/api/v1/agents/${agent}`, { body: { availability: 'online' } });
      await frame.locator('.presence').getByText('We are online').waitFor({ timeout: 15_000 });
      expect(await frame.getByLabel('Message').inputValue()).toBe('Please call me.');
    },
  );
});

/** As somebody who comes back to the page: nothing has to be waited for. */
async function lookAgain(page: Page): Promise<void> {
  const frame = page.frames().find((one) => one.url().includes('/widget/'));
  await frame?.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
}
