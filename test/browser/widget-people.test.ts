// Who the visitor is, in a browser and against the real server: guests, customers with a proof, those who have signed out.
import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HostOptions } from '../../sandbox/webchat/host-page.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';
import { openPage } from './open-browser.ts';
import { serveHost } from './serve-host.ts';
import { openChat, readBubbles, writeInChat } from './write-in-chat.ts';

const SECRET = 'a secret of the shop';

interface Contact {
  externalId: string;
  name: string | null;
}

describe.skipIf(!hasBrowser)('a visitor', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function openShop(
    options: {
      channel?: { config?: object; secrets?: object };
      environment?: Record<string, string>;
      host?: HostOptions;
    } = {},
  ) {
    const usher = await startTestUsher(options.environment);
    const { body } = await usher.call('GET', '/api/v1/channels');
    const { items } = body as { items: { id: string; kind: string }[] };
    const channelId = items.find(({ kind }) => kind === 'webchat')?.id;
    if (options.channel !== undefined) {
      const path = `/api/v1/channels/${channelId}`;
      const changed = await usher.call('PATCH', path, { body: options.channel });
      expect(changed.status).toBe(200);
    }
    return { usher, host: await serveHost(usher.url, options.host), channelId };
  }

  const withKey = { channel: { secrets: { widgetSecret: SECRET } } };

  async function contacts(usher: TestUsher): Promise<Contact[]> {
    return (await usher.conversations()).map(({ contact }) => contact as Contact);
  }

  async function answer(usher: TestUsher, text: string) {
    const [conversation] = await usher.conversations();
    const path = `/api/v1/conversations/${conversation?.id}/messages`;
    expect((await usher.call('POST', path, { body: { text } })).status).toBe(201);
  }

  const hash = (id: string) => createHmac('sha256', SECRET).update(id).digest('hex');
  const sign = (sub: string, secret = SECRET) =>
    new SignJWT({ name: 'Budi Santoso', email: 'budi@example.com' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(sub)
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(secret));
  const identify = (page: Page, who: object) =>
    page.evaluate(`Usher('identify', ${JSON.stringify(who)})`);
  const inFrame = (page: Page) => {
    const frame = page.frames().find((each) => each.url().includes('/widget/'));
    if (frame === undefined) throw new Error('There is no frame.');
    return frame;
  };
  const storage = (page: Page) => inFrame(page).evaluate(() => Object.entries(localStorage));

  async function secondTab(context: BrowserContext, host: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(host);
    await openChat(page);
    return page;
  }

  test('who is anonymous is the same one after a reload, and a stranger to the next browser', async () => {
    const { usher, host } = await openShop();
    const { page } = await openPage(browser, host);
    await openChat(page);
    await writeInChat(page, 'first');
    const [before] = await contacts(usher);
    await page.reload();
    await openChat(page);
    await writeInChat(page, 'second');
    await expect.poll(() => readBubbles(page)).toEqual(['first', 'second']);
    expect(await contacts(usher)).toEqual([before]);
    const { page: other } = await openPage(browser, host);
    await openChat(other);
    await writeInChat(other, 'from elsewhere');
    await expect.poll(() => readBubbles(other)).toEqual(['from elsewhere']);
    expect(new Set((await contacts(usher)).map(({ externalId }) => externalId)).size).toBe(2);
  }, 60_000);

  test.each([
    ['a signed token', async () => ({ identityToken: await sign('298301') })],
    ['a hash', async () => ({ id: '298301', name: 'Budi Santoso', identityHash: hash('298301') })],
  ] as const)(
    'what a guest has said goes along when %s proves who it is',
    async (_, makeProof) => {
      const { usher, host } = await openShop(withKey);
      const { page, complaints } = await openPage(browser, host);
      const frame = await openChat(page);
      await writeInChat(page, 'as a guest');
      const [guest] = await contacts(usher);
      await identify(page, await makeProof());
      await expect
        .poll(() => contacts(usher))
        .toMatchObject([{ externalId: '298301', name: 'Budi Santoso' }]);
      expect(guest?.externalId).not.toBe('298301');
      await writeInChat(page, 'as myself');
      await answer(usher, 'Welcome back');
      await frame.getByText('Welcome back').waitFor();
      await expect
        .poll(() => readBubbles(page))
        .toEqual(['as a guest', 'as myself', 'Welcome back']);
      await page.reload();
      await openChat(page);
      await expect
        .poll(() => readBubbles(page))
        .toEqual(['as a guest', 'as myself', 'Welcome back']);
      await frame.getByRole('button', { name: 'End chat' }).click();
      await frame.getByRole('dialog').getByRole('button', { name: 'End chat' }).click();
      await frame.locator('.star').nth(2).click();
      await frame.getByRole('button', { name: 'Send rating' }).click();
      await frame.getByText('Thank you for your rating!').waitFor();
      expect(await usher.conversations('closed')).toHaveLength(1);
      expect(complaints).toEqual([]);
    },
    60_000,
  );

  test('once there is a key, nobody is believed without the right proof', async () => {
    const { usher, host } = await openShop(withKey);
    const forged = [
      { id: '298301' },
      { id: '298301', identityHash: hash('298302') },
      { identityToken: await sign('298301', 'another secret of somebody else') },
    ];
    for (const who of forged) {
      const { page } = await openPage(browser, host);
      await identify(page, who);
      await openChat(page);
      await writeInChat(page, 'let me in');
      await identify(page, who);
      await writeInChat(page, 'please');
      await expect.poll(() => readBubbles(page)).toEqual(['let me in', 'please']);
    }
    const found = await contacts(usher);
    expect(found).toHaveLength(forged.length);
    expect(found.filter(({ externalId }) => externalId === '298301')).toEqual([]);
  }, 60_000);

  test('without a key a proof proves nothing, and the conversation stays where it is', async () => {
    const { usher, host } = await openShop();
    const { page } = await openPage(browser, host);
    await openChat(page);
    await writeInChat(page, 'as a guest');
    const before = await contacts(usher);
    const answered = page.waitForResponse((response) => response.url().endsWith('/session'));
    await identify(page, { id: '298301', identityHash: hash('298301') });
    await answered;
    await writeInChat(page, 'still me');
    await expect.poll(() => readBubbles(page)).toEqual(['as a guest', 'still me']);
    expect(await contacts(usher)).toEqual(before);
  }, 60_000);

  test('a chat for customers only lets in who has signed in, and nobody else', async () => {
    const { usher, host } = await openShop({
      channel: { ...withKey.channel, config: { requireIdentity: true } },
    });
    const { page } = await openPage(browser, host);
    const frame = await openChat(page);
    await frame.getByText('Please sign in to the website to chat with us.').waitFor();
    await identify(page, { identityToken: await sign('298301') });
    await writeInChat(page, 'here I am');
    expect(await contacts(usher)).toMatchObject([{ externalId: '298301' }]);
  }, 60_000);

  test('signing out forgets everything, in every tab, and the server with them', async () => {
    const { usher, host } = await openShop(withKey);
    const { page } = await openPage(browser, host);
    await openChat(page);
    await identify(page, { id: '298301', identityHash: hash('298301') });
    await writeInChat(page, 'my secret');
    const tab = await secondTab(page.context(), host);
    await tab.frameLocator('iframe').getByText('my secret').waitFor();
    const kept = JSON.parse((await storage(page))[0]?.[1] ?? '{}');
    const { sessionId, mqtt } = kept.session;
    const read = () =>
      usher.call('GET', `/session/${sessionId}/messages`, { token: mqtt.password });
    expect((await read()).status).toBe(200);

    await page.evaluate(`Usher('reset')`);
    for (const each of [page, tab]) {
      await expect.poll(() => readBubbles(each)).toEqual([]);
      await expect.poll(() => storage(each)).toEqual([]);
    }
    await expect.poll(async () => (await read()).status).toBe(401);
    const key = kept.visitorKey ?? 'none';
    const again = await usher.call('POST', '/session', { token: null, body: { visitorKey: key } });
    expect(again.body).not.toMatchObject({ customerId: '298301' });
    await writeInChat(page, 'somebody else');
    await writeInChat(tab, 'the same');
    for (const each of [page, tab]) {
      await expect.poll(() => readBubbles(each)).toEqual(['somebody else', 'the same']);
    }
    expect((await contacts(usher)).filter(({ externalId }) => externalId === '298301').length).toBe(
      1,
    );
  }, 60_000);

  test('a customer who signs out at one device goes on at the other, where the page still proves who they are', async () => {
    const { usher, host } = await openShop(withKey);
    const prove = { id: '298301', identityHash: hash('298301') };
    const { page } = await openPage(browser, host);
    await openChat(page);
    await identify(page, prove);
    await writeInChat(page, 'at my desk');
    const { page: phone } = await openPage(browser, host);
    await openChat(phone);
    await identify(phone, prove);
    await writeInChat(phone, 'on my phone');
    await phone.evaluate(`Usher('reset')`);
    await expect.poll(() => readBubbles(phone)).toEqual([]);
    await writeInChat(page, 'still here');
    await answer(usher, 'So are we');
    const said = ['at my desk', 'on my phone', 'still here', 'So are we'];
    await expect.poll(() => readBubbles(page)).toEqual(said);
    expect(await contacts(usher)).toHaveLength(1);
  }, 60_000);

  test('a customer with a proof sees at every open chat what was begun at any, and begins nothing by looking', async () => {
    const { usher, host } = await openShop(withKey);
    const made = await usher.call('POST', '/api/v1/agents', {
      body: { name: 'Sari', capacity: 3 },
    });
    const { id } = made.body as { id: string };
    await usher.call('PATCH', `/api/v1/agents/${id}`, {
      body: { availability: 'online', leaseSeconds: 3600 },
    });
    const prove = { id: '298301', identityHash: hash('298301') };
    const [{ page }, { page: phone }] = [
      await openPage(browser, host),
      await openPage(browser, host),
    ];
    // Opened before anything has been said anywhere; the proof comes after, and before.
    const connected = page.waitForEvent('websocket');
    const frame = await openChat(page);
    await identify(page, prove);
    await connected;
    await identify(phone, prove);
    await openChat(phone);
    await writeInChat(phone, 'from my phone');
    await expect.poll(() => readBubbles(page)).toEqual(['from my phone']);
    await frame.getByRole('heading', { name: 'Sari' }).waitFor();
    await answer(usher, 'Hello to both');
    for (const each of [page, phone]) {
      await expect.poll(() => readBubbles(each)).toEqual(['from my phone', 'Hello to both']);
    }
    await writeInChat(page, 'at my desk');
    const said = ['from my phone', 'Hello to both', 'at my desk'];
    await expect.poll(() => readBubbles(phone)).toEqual(said);
    // One that comes later sees all of it, before anything is written there.
    const { page: late } = await openPage(browser, host);
    await identify(late, prove);
    const third = await openChat(late);
    await expect.poll(() => readBubbles(late)).toEqual(said);
    await third.getByRole('heading', { name: 'Sari' }).waitFor();
    expect(await usher.conversations()).toHaveLength(1);
    // And one that only looks, once it is over.
    await third.getByRole('button', { name: 'End chat' }).click();
    await third.getByRole('dialog').getByRole('button', { name: 'End chat' }).click();
    await expect.poll(async () => (await usher.conversations('closed')).length).toBe(1);
    const { page: idle } = await openPage(browser, host);
    await identify(idle, prove);
    const reached = idle.waitForEvent('websocket');
    const asked = idle.waitForResponse((response) => response.url().endsWith('/sessions/last'));
    await openChat(idle);
    await reached;
    await asked;
    await writeInChat(idle, 'something new');
    await expect.poll(() => readBubbles(idle)).toEqual(['something new']);
    expect(await usher.conversations()).toHaveLength(2);
  }, 120_000);

  /** Resolves once the chat that is opened next has looked for the customer's conversations. */
  const looked = (page: Page) =>
    page.waitForResponse((answer) => answer.ok() && answer.url().endsWith('/sessions/last'));

  test('a customer with two of the company’s chats sees in each what was begun there, and looking begins nothing', async () => {
    const { usher, host: help } = await openShop({
      ...withKey,
      environment: { SESSION_KEEP_ALIVE_TIME: '8000' },
    });
    const body = { kind: 'webchat', name: 'Shop', secrets: { widgetSecret: SECRET } };
    const made = await usher.call('POST', '/api/v1/channels', { body });
    const channelId = (made.body as { id: string }).id;
    const shop = await serveHost(usher.url, { boot: { channelId } });
    const prove = { id: '298301', identityHash: hash('298301') };
    const open = async (host: string, reached: (page: Page) => Promise<unknown>) => {
      const { page } = await openPage(browser, host);
      await identify(page, prove);
      const done = reached(page);
      await openChat(page);
      await done;
      return page;
    };
    // One that looks before anything is begun, and one that looks after.
    const early = await open(shop, looked);
    const asked = await openPage(browser, help);
    const beats = { help: 0 };
    asked.page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        if (payload.toString().includes('server/sessions/online')) beats.help += 1;
      }),
    );
    await identify(asked.page, prove);
    await openChat(asked.page);
    await writeInChat(asked.page, 'in Help');
    const late = await open(shop, looked);
    // Whoever joins would beat as often as the one who has something open.
    const since = beats.help;
    await expect.poll(() => beats.help, { timeout: 30_000 }).toBeGreaterThan(since + 2);
    expect(await usher.conversations()).toHaveLength(1);
    for (const page of [early, late]) expect(await readBubbles(page)).toEqual([]);
    await writeInChat(late, 'hello shop');
    await expect.poll(() => readBubbles(early)).toEqual(['hello shop']);
    expect(await readBubbles(late)).toEqual(['hello shop']);
    expect(await readBubbles(asked.page)).toEqual(['in Help']);
    expect(await usher.conversations()).toHaveLength(2);
  }, 120_000);

  test('looking claims no name where there is no key: whoever then writes has it, and keeps it', async () => {
    const { usher, host } = await openShop();
    const { page } = await openPage(browser, host);
    const answered = page.waitForResponse((response) => response.url().endsWith('/session'));
    await identify(page, { id: '298301', identityHash: hash('298301') });
    await openChat(page);
    await answered;
    await writeInChat(page, 'it is me');
    expect(await contacts(usher)).toMatchObject([{ externalId: '298301' }]);
  }, 60_000);

  test('a chat that looks asks once, and again when that was not answered; the first message waits for its turn', async () => {
    const { usher, host } = await openShop(withKey);
    const { page: phone } = await openPage(browser, host);
    await identify(phone, { id: '298301', identityHash: hash('298301') });
    await openChat(phone);
    await writeInChat(phone, 'from my phone');
    // Whose beats would tell of it.
    await phone.close();
    const { page: desk } = await openPage(browser, host);
    await desk.route('**/sessions/last', (route) => route.abort(), { times: 1 });
    await identify(desk, { id: '298301', identityHash: hash('298301') });
    await openChat(desk);
    await expect.poll(() => readBubbles(desk)).toEqual(['from my phone']);

    const { page } = await openPage(browser, host);
    let sessions = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/session')) sessions += 1;
    });
    const refused = page.waitForResponse((response) => response.url().endsWith('/session'));
    const forged = { id: '298301', identityHash: hash('298302') };
    await identify(page, forged);
    const frame = await openChat(page);
    for (let times = 0; times < 5; times += 1) await identify(page, forged);
    await refused;
    for (let times = 0; times < 5; times += 1) await identify(page, forged);
    // As any that counts its callers answers, ours or a proxy.
    await page.route('**/session', (route) => route.fulfill({ status: 429 }), { times: 2 });
    // Five seconds at most after each.
    await writeInChat(page, 'first', 20_000);
    expect(await frame.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    expect(await readBubbles(page)).toEqual(['first']);
    expect(await usher.conversations()).toHaveLength(2);
    // One look; two that were too many; as a customer who is refused, and as a guest.
    expect(sessions).toBe(5);
  }, 90_000);

  test('who may not go on is told so, sees nothing of what was said, and keeps what was not sent', async () => {
    const { usher, host, channelId } = await openShop();
    const { page } = await openPage(browser, host);
    const frame = await openChat(page);
    await identify(page, { id: '298301' });
    await writeInChat(page, 'under a name');
    await page.context().setOffline(true);
    const area = frame.getByRole('textbox', { name: 'Your message' });
    await area.fill('on the way');
    await area.press('Enter');
    const body = { secrets: { widgetSecret: SECRET } };
    const { status } = await usher.call('PATCH', `/api/v1/channels/${channelId}`, { body });
    expect(status).toBe(200);
    await page.context().setOffline(false);
    await frame.getByText('This chat cannot go on here. You can start a new one.').waitFor();
    await expect.poll(() => readBubbles(page)).toEqual(['on the way']);
    await frame.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(async () => (await contacts(usher)).length).toBe(2);
    await expect.poll(() => frame.locator('.tick[title=Sending]').count()).toBe(0);
    expect(await readBubbles(page)).toEqual(['on the way']);
  }, 60_000);

  test('the next to sign in at the same browser sees nothing of the one before', async () => {
    const { usher, host } = await openShop(withKey);
    const { page } = await openPage(browser, host);
    await openChat(page);
    await identify(page, { identityToken: await sign('first') });
    await writeInChat(page, 'of the first');
    await identify(page, { id: 'second', identityHash: hash('second') });
    await expect.poll(() => readBubbles(page)).toEqual([]);
    await writeInChat(page, 'of the second');
    await expect.poll(() => readBubbles(page)).toEqual(['of the second']);
    const names = (await contacts(usher)).map(({ externalId }) => externalId);
    expect(names.toSorted()).toEqual(['first', 'second']);
  }, 60_000);
});
