// A visitor whose browser gives frames of other sites no storage: the page keeps who a guest is, and nothing more.
import { createHmac } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { HostOptions } from '../../sandbox/webchat/host-page.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser, openProfile } from './launch-browser.ts';
import { serveHost } from './serve-host.ts';
import { openChat, readBubbles, writeInChat } from './write-in-chat.ts';

const SECRET = 'a secret of the shop';
const limit = { timeout: 120_000 };

/** As a person does it in the browser's settings; its private windows refuse by themselves. */
const refusing = { profile: { block_third_party_cookies: true, cookie_controls_mode: 1 } };
const giving = { profile: { block_third_party_cookies: false, cookie_controls_mode: 0 } };

const openRefusing = () => openWith(refusing);

async function openWith(preferences: object): Promise<BrowserContext> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-profile-'));
  await mkdir(join(folder, 'Default'));
  await writeFile(join(folder, 'Default/Preferences'), JSON.stringify(preferences));
  const context = await openProfile(folder);
  onTestFinished(async () => {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  });
  return context;
}

async function openShop(host: HostOptions = {}, secrets?: object) {
  const usher = await startTestUsher();
  if (secrets !== undefined) {
    const { body } = await usher.call('GET', '/api/v1/channels');
    const { items } = body as { items: { id: string; kind: string }[] };
    const id = items.find(({ kind }) => kind === 'webchat')?.id;
    await usher.call('PATCH', `/api/v1/channels/${id}`, { body: { secrets } });
  }
  // Another site than Usher's, which is at 127.0.0.1.
  const url = (await serveHost(usher.url, host)).replace('127.0.0.1', 'localhost');
  return { usher, url };
}

async function visit(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await openChat(page);
  return page;
}

function inFrame(page: Page): Frame {
  const frame = page.frames().find((each) => each.url().includes('/widget/'));
  if (frame === undefined) throw new Error('There is no frame.');
  return frame;
}

/** What the frame has of its own; null: nothing is given to it. */
const ownStorage = (page: Page) =>
  inFrame(page).evaluate(() => {
    try {
      return Object.values(localStorage) as string[];
    } catch {
      return null;
    }
  });

const pageStorage = (page: Page) => page.evaluate(() => Object.values(localStorage) as string[]);

const guests = async (usher: TestUsher, state?: string) =>
  (await usher.conversations(state)).map(({ contact }) => contact.externalId);

describe.skipIf(!hasBrowser)('where the browser gives the frame no storage, a visitor', () => {
  test('is known at the next page, and goes on in the same conversation', limit, async () => {
    const { usher, url } = await openShop();
    const context = await openRefusing();
    const page = await visit(context, url);
    expect(await ownStorage(page)).toBeNull();
    await writeInChat(page, 'first');
    const before = await guests(usher);
    await page.goto(`${url}another`);
    await openChat(page);
    await expect.poll(() => readBubbles(page)).toEqual(['first']);
    await writeInChat(page, 'second');
    expect(await readBubbles(page)).toEqual(['first', 'second']);
    expect(before).toHaveLength(1);
    expect(await guests(usher)).toEqual(before);
  });

  test('is the same guest in the conversation after', limit, async () => {
    const { usher, url } = await openShop();
    const context = await openRefusing();
    const page = await visit(context, url);
    await writeInChat(page, 'first');
    const frame = page.frameLocator('iframe');
    await frame.getByRole('button', { name: 'End chat' }).click();
    await frame.getByRole('dialog').getByRole('button', { name: 'End chat' }).click();
    await frame.getByText('This chat has ended.').waitFor();
    const before = await guests(usher, 'closed');
    await page.reload();
    await openChat(page);
    await writeInChat(page, 'again');
    expect(await readBubbles(page)).toEqual(['again']);
    expect(before).toHaveLength(1);
    expect(await guests(usher)).toEqual([...before, ...before]);
  });

  test('is one in two tabs, also in one that was open before the first word', limit, async () => {
    const { usher, url } = await openShop();
    const context = await openRefusing();
    const page = await visit(context, url);
    const tab = await visit(context, url);
    await tab.frameLocator('iframe').getByRole('textbox', { name: 'Your message' }).waitFor();
    await writeInChat(page, 'from the first');
    await tab.frameLocator('iframe').getByText('from the first').waitFor();
    await writeInChat(tab, 'from the second');
    for (const each of [page, tab]) {
      await expect.poll(() => readBubbles(each)).toEqual(['from the first', 'from the second']);
    }
    expect(await usher.conversations()).toHaveLength(1);
    await page.evaluate(`Usher('reset')`);
    for (const each of [page, tab]) await expect.poll(() => readBubbles(each)).toEqual([]);
    expect(await pageStorage(page)).toEqual([]);
    await writeInChat(tab, 'somebody else');
    expect(await usher.conversations()).toHaveLength(2);
  });

  test('leaves nothing of what was said or filled in with the page', limit, async () => {
    const { url } = await openShop({
      boot: { customer: { name: 'Budi', email: 'b@example.com' } },
    });
    const page = await visit(await openRefusing(), url);
    await writeInChat(page, 'a word of mine');
    await expect.poll(() => pageStorage(page)).toHaveLength(1);
    const kept = JSON.parse((await pageStorage(page))[0] ?? '{}');
    expect(Object.keys(kept).sort()).toEqual(['identity', 'session', 'visitorKey']);
    expect(JSON.stringify(kept)).not.toMatch(/a word of mine|Budi|example\.com/);
  });

  test(
    'whom the page proves leaves nothing with it, nor what was kept of the guest before',
    limit,
    async () => {
      const { usher, url } = await openShop({}, { widgetSecret: SECRET });
      const page = await visit(await openRefusing(), url);
      await writeInChat(page, 'as a guest');
      await expect.poll(() => pageStorage(page)).toHaveLength(1);
      const identityHash = createHmac('sha256', SECRET).update('298301').digest('hex');
      await page.evaluate(`Usher('identify', ${JSON.stringify({ id: '298301', identityHash })})`);
      await expect.poll(() => guests(usher)).toEqual(['298301']);
      await expect.poll(() => pageStorage(page)).toEqual([]);
      await writeInChat(page, 'as myself');
      expect(await pageStorage(page)).toEqual([]);
    },
  );
});

describe.skipIf(!hasBrowser)('where the frame has a storage of its own', () => {
  test(
    'the page is given nothing to keep, and nothing that it hands over is taken',
    limit,
    async () => {
      const { usher, url } = await openShop();
      // Somebody made themselves a guest, to read along.
      const made = await usher.call('POST', '/session', { token: null, body: {} });
      const theirs = made.body as { customerId: string; visitorKey: string };
      const context = await openWith(giving);
      const page = await context.newPage();
      await page.goto(url);
      await openChat(page);
      await page.evaluate(
        (kept) => {
          const address = document
            .querySelector('usher-chat')
            ?.shadowRoot?.querySelector('iframe')?.src;
          localStorage.setItem(`usher.chat ${address}`, kept);
        },
        JSON.stringify({ ...theirs, identity: null, session: { ...theirs, requested: true } }),
      );
      await page.reload();
      await openChat(page);
      await writeInChat(page, 'first');
      expect(await ownStorage(page)).toHaveLength(1);
      expect(await pageStorage(page)).toEqual([]);
      const [guest] = await guests(usher);
      expect(guest).toBeDefined();
      expect(guest).not.toBe(theirs.customerId);
    },
  );
});
