// Pushes in a real browser: switched on by the person, shown by the service worker, acknowledged, and opened by a click.
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PushService, startPushService } from '../../sandbox/push/start-push-service.ts';
import { settle } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { give, invite, PASSWORD } from './office-people.ts';
import { expectAccessible } from './open-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

const shared = shareOffice(() =>
  startTestOffice({ environment: { USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.1' } }),
);
let service: PushService;
beforeAll(async () => {
  service = await startPushService();
});
afterAll(() => service.stop());

const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

/** The browsers of tests reach no push service: theirs is the stand-in, and the rest is the browser's own. */
async function giveService(page: Page, subscription: object): Promise<void> {
  await page.context().grantPermissions(['notifications']);
  await page.addInitScript((given) => {
    let current: object | null = null;
    const unsubscribe = async () => {
      current = null;
      return true;
    };
    const made = { toJSON: () => given, unsubscribe };
    Object.assign(PushManager.prototype, {
      getSubscription: async () => current,
      subscribe: async (options: { applicationServerKey?: unknown }) => {
        const key = options.applicationServerKey;
        if (typeof key !== 'string' || key.length !== 87) throw new Error('no key');
        current = made;
        return made;
      },
    });
  }, subscription);
}

/** A customer comes by the API, and the agent has the conversation. */
async function hand(name: string, agentId: string): Promise<string> {
  const { call } = shared.office();
  const channel = await call<{ id: string }>('POST', '/api/v1/channels', { kind: 'api', name });
  const externalId = name;
  const { id } = await call<{ id: string }>(
    'POST',
    `/api/v1/channels/${channel.id}/conversations`,
    {
      externalId,
      contact: { externalId, name },
    },
  );
  await give({ call }, id, agentId);
  return id;
}

const here = (page: Page) => page.getByRole('switch', { name: 'Push to this device' });

/** By the keyboard alone. */
async function switchOn(page: Page): Promise<void> {
  await page.goto(shared.at('/profile'));
  await here(page).focus();
  await page.keyboard.press('Space');
  await expect.poll(() => here(page).isChecked()).toBe(true);
}

/** As the browser's push service would: what was sent goes to the service worker. */
async function openDelivery(page: Page): Promise<(data: string) => Promise<void>> {
  const line: CDPSession = await page.context().newCDPSession(page);
  const known = new Promise<string>((done) => {
    line.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL === shared.at('/'));
      if (ours !== undefined) done(ours.registrationId);
    });
  });
  await line.send('ServiceWorker.enable');
  const registrationId = await known;
  const origin = new URL(shared.at('/')).origin;
  return (data) =>
    line.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data }).then(() => {});
}

const shownIn = (page: Page) =>
  page.evaluate(async () => {
    const { ready } = navigator.serviceWorker;
    const notes = await (await ready).getNotifications();
    return notes.map(({ title, body, data }) => ({ title, body, data }));
  });

inBrowser(
  'what is pushed is shown with the name alone, acknowledged, and the device ends with its switch',
  limit,
  async () => {
    const device = service.addDevice();
    const { page, agentId } = await invite(shared, { name: 'Ines' }, (one) =>
      giveService(one, device.subscription),
    );
    await switchOn(page);
    const deliver = await openDelivery(page);
    // The tab is no longer looked at.
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { get: () => true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    const { pool } = shared.office();
    await expect
      .poll(async () => {
        const sql = 'select from login_session where visible_until > clock_timestamp()';
        return (await pool.query(sql)).rows.length;
      })
      .toBe(0);
    const id = await hand('Eka', agentId);
    await expect.poll(() => service.messages.length, { timeout: 20_000 }).toBe(1);
    // A worker that the browser is just starting misses what DevTools deliver.
    const deliverAndLook = async () => {
      await deliver(JSON.stringify(service.messages[0]?.content));
      return shownIn(page);
    };
    await expect
      .poll(deliverAndLook, { interval: 1000, timeout: 20_000 })
      .toEqual([{ title: 'Eka', body: 'A new conversation is yours.', data: `/inbox/mine/${id}` }]);
    await expect
      .poll(async () => (await pool.query('select acknowledged_at as at from push')).rows[0]?.at)
      .toBeInstanceOf(Date);
    await here(page).click();
    await expect.poll(() => here(page).isChecked()).toBe(false);
    expect((await pool.query('select from push_subscription')).rows).toEqual([]);
  },
);

/** By the form, as a person does it. */
async function signInAgain(page: Page, email: string): Promise<void> {
  await page.goto(shared.at('/sign-in'));
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: /Mine/ }).waitFor();
}

async function signOut(page: Page): Promise<void> {
  await page.goto(shared.at('/profile'));
  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  await page.getByLabel('E-mail').waitFor();
}

const countDevices = async (endpoint: string) => {
  const sql = 'select from push_subscription where endpoint = $1';
  return (await shared.office().pool.query(sql, [endpoint])).rows.length;
};

inBrowser(
  'whether a note that names them is pushed is the person’s choice, and outlives a reload',
  limit,
  async () => {
    const device = service.addDevice();
    const { page } = await invite(shared, { name: 'Mara' }, (one) =>
      giveService(one, device.subscription),
    );
    await switchOn(page);
    const mentions = page.getByRole('switch', { name: 'Push when a note names me' });
    expect(await mentions.isChecked()).toBe(true);
    await mentions.focus();
    await page.keyboard.press('Space');
    await page.getByText('Saved.', { exact: true }).waitFor();
    await page.reload();
    await mentions.waitFor();
    expect(await mentions.isChecked()).toBe(false);
    await expectAccessible(page);
  },
);

inBrowser(
  'signing out ends the pushes; the next sign-in offers them in one click, and to nobody else',
  limit,
  async () => {
    const { subscription } = service.addDevice();
    const other = await invite(shared, { name: 'Wira' });
    const { page, email } = await invite(shared, { name: 'Ayu' }, (one) =>
      giveService(one, subscription),
    );
    await switchOn(page);
    await signOut(page);
    expect(await countDevices(subscription.endpoint)).toBe(0);
    await signInAgain(page, other.email);
    await page.goto(shared.at('/profile'));
    await here(page).waitFor();
    expect(await page.getByText('Pushes were on here until you signed out.').count()).toBe(0);
    await signOut(page);
    await signInAgain(page, email);
    await page.goto(shared.at('/profile'));
    await page.getByText('Pushes were on here until you signed out.').waitFor();
    expect(await countDevices(subscription.endpoint)).toBe(0);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Switch on again' }).click();
    await expect.poll(() => here(page).isChecked()).toBe(true);
    expect(await countDevices(subscription.endpoint)).toBe(1);
    // Whoever switches them off is offered nothing.
    await here(page).click();
    await expect.poll(() => here(page).isChecked()).toBe(false);
    await page.reload();
    await here(page).waitFor();
    expect(await page.getByText('Pushes were on here until you signed out.').count()).toBe(0);
  },
);

inBrowser(
  'who has chosen so is pushed to again with the next sign-in, and not after switching it off',
  limit,
  async () => {
    const { subscription } = service.addDevice();
    const { page, email } = await invite(shared, { name: 'Dewi' }, (one) =>
      giveService(one, subscription),
    );
    await switchOn(page);
    const again = page.getByRole('switch', { name: 'Switch on again when I sign in here' });
    await again.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => again.isChecked()).toBe(true);
    await signOut(page);
    expect(await countDevices(subscription.endpoint)).toBe(0);
    await signInAgain(page, email);
    await expect.poll(() => countDevices(subscription.endpoint)).toBe(1);
    await page.goto(shared.at('/profile'));
    await expect.poll(() => here(page).isChecked()).toBe(true);
    await here(page).click();
    await expect.poll(() => here(page).isChecked()).toBe(false);
    await page.reload();
    await here(page).waitFor();
    await settle(page);
    expect(await countDevices(subscription.endpoint)).toBe(0);
  },
);

inBrowser(
  'a click on a notification opens the conversation in the tab that is there',
  limit,
  async () => {
    const { page, agentId } = await invite(shared, { name: 'Oda' }, (one) =>
      giveService(one, service.addDevice().subscription),
    );
    const id = await hand('Sari', agentId);
    await switchOn(page);
    // What the service worker tells the tab after the click, which no test can make.
    await page.evaluate(async (open) => {
      const { active } = await navigator.serviceWorker.ready;
      if (active === null) throw new Error('The service worker does not run.');
      navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: { open } }));
    }, `/inbox/mine/${id}`);
    await page.waitForURL(`**/inbox/mine/${id}`);
  },
);

inBrowser('who has refused notifications is told what to do, and stays off', limit, async () => {
  const { page } = await invite(shared, { name: 'Odd' });
  await page.addInitScript(() => {
    Object.defineProperty(Notification, 'permission', { get: () => 'denied' });
    Notification.requestPermission = async () => 'denied';
  });
  await page.goto(shared.at('/profile'));
  await page.getByText('This browser blocks notifications of this site.').waitFor();
  await here(page).click();
  await page.getByText('This browser blocks notifications of this site.').waitFor();
  expect(await here(page).isChecked()).toBe(false);
});

inBrowser('who reaches no push service is told so', limit, async () => {
  const { page } = await invite(shared, { name: 'Ole' });
  await page.context().grantPermissions(['notifications']);
  await page.addInitScript(() => {
    PushManager.prototype.subscribe = async () => {
      throw new DOMException('Registration failed - push service not available', 'AbortError');
    };
  });
  await page.goto(shared.at('/profile'));
  await here(page).click();
  await page.getByText('This browser reaches no push service.').waitFor();
});

inBrowser(
  'the office can be installed: its manifest has a start and icons that are there',
  limit,
  async () => {
    const page = await shared.open('/sign-in');
    const address = await page.locator('link[rel=manifest]').getAttribute('href');
    const answer = await page.request.get(shared.at(address ?? ''));
    expect(answer.headers()['content-type']).toContain('manifest+json');
    const manifest = (await answer.json()) as { start_url: string; icons: { src: string }[] };
    expect(manifest).toMatchObject({ start_url: '/', display: 'standalone' });
    for (const { src } of manifest.icons) {
      const icon = await page.request.get(shared.at(src));
      expect([src, icon.status(), icon.headers()['content-type']]).toEqual([
        src,
        200,
        expect.stringMatching(/^image\//),
      ]);
    }
  },
);

inBrowser('the card fits a phone in each language', limit, async () => {
  const { page } = await invite(shared, { name: 'Uli' }, async () => {}, {});
  await page.setViewportSize({ width: 390, height: 844 });
  for (const language of ['en', 'ar', 'id', 'ko', 'pt-BR']) {
    await page.evaluate((code) => localStorage.setItem('usher.language', code), language);
    await page.goto(shared.at('/profile'));
    await page.getByRole('switch').nth(2).waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect([language, wide]).toEqual([language, 390]);
  }
});
