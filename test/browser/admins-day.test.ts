// An admin's day in a browser on the real server: channels, events, the widget's look, the close form, the export.
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { startQiscusEmulator } from '../../sandbox/qiscus/emulator.ts';
import { deliveredId } from '../../src/contract/delivered-id.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { settle } from './browse-office.ts';
import { screens } from './every-screen.ts';
import { hasBrowser } from './launch-browser.ts';
import { hand, invite, openRow } from './office-people.ts';
import { shareFilledOffice } from './share-office.ts';
import { visitShop } from './visit-shop.ts';

const shared = shareFilledOffice({
  QISCUS_SYNC_BUSY_MS: '500',
  QISCUS_SYNC_CALM_MS: '1000',
});
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

/** As the admin, closed after the test. */
async function addChannel(page: Page, kind: string, fields: Record<string, string>) {
  await page.getByRole('button', { name: 'Add a channel' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a channel' });
  await dialog.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: kind, exact: true }).click();
  for (const [label, value] of Object.entries(fields)) {
    await dialog.getByLabel(label).and(dialog.locator('input')).fill(value);
  }
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await page.getByRole('heading', { name: fields.Name ?? '', level: 1 }).waitFor();
}

const pasted = async (page: Page, name: string) =>
  (await page.getByRole('group', { name, exact: true }).locator('code').textContent()) ?? '';
const liveCheck = (page: Page, state: string) =>
  page.getByRole('region', { name: 'Live check' }).getByText(state, { exact: true });

inBrowser('connects RapidPro, and sees when it calls', limit, async () => {
  const { mailroom } = shared.office();
  const organisation = mailroom.addOrganisation();
  const page = await shared.openAsAdmin('/settings/channels');
  await addChannel(page, 'RapidPro', {
    Name: 'Second shop',
    'Secret that RapidPro shows': organisation.visitConnectPage(),
  });
  await liveCheck(page, 'Waiting for the first call').waitFor();
  const { connected } = await organisation.connect({
    baseUrl: await pasted(page, 'Base URL'),
    adminUserId: await pasted(page, 'Admin user id'),
    adminAuthToken: await pasted(page, 'Admin auth token'),
  });
  expect(connected).toBe(true);
  await liveCheck(page, 'Connected').waitFor();
  await page.reload();
  await liveCheck(page, 'Connected').waitFor();
  expect(await page.getByRole('group', { name: 'Admin auth token' }).count()).toBe(0);
});

inBrowser('connects Qiscus; its rooms come, and a refused assignment says why', limit, async () => {
  const qiscus = await startQiscusEmulator();
  onTestFinished(() => qiscus.close());
  qiscus.addAgent({ name: 'Wati Q' });
  const { appId, secretKey, adminEmail, adminPassword } = qiscus.app;
  const page = await shared.openAsAdmin('/settings/channels');
  await addChannel(page, 'Qiscus', {
    Name: 'Qiscus shop',
    'Address of the Qiscus API': qiscus.url,
    'App id': appId,
    'Secret key': secretKey,
    'E-mail of a Qiscus admin': adminEmail,
    'Password of that admin': adminPassword,
  });
  await liveCheck(page, 'Connected').waitFor({ timeout: 60_000 });
  qiscus.setWebhooks({
    allocateAgentUrl: await pasted(page, 'Custom agent allocation'),
    markAsResolvedUrl: await pasted(page, 'Mark as resolved'),
  });
  const { roomId } = qiscus.customerMessage({ userId: 'u1', name: 'Joko Susilo', text: 'Halo' });
  await expect.poll(() => qiscus.room(roomId)?.agentIds.length, { timeout: 30_000 }).toBe(1);

  qiscus.switches.permanent4xxRooms.add('424242');
  qiscus.customerMessage({ roomId: '424242', userId: 'u2', name: 'Rini Hapsari', text: 'Halo' });
  await page.goto(shared.at('/inbox/all'));
  await openRow(page, 'Rini Hapsari');
  await page.keyboard.press('w');
  await page
    .getByRole('tabpanel')
    .getByText(/held back until .*: its last assignment failed \(Qiscus refused it\)/)
    .waitFor({ timeout: 40_000 });
});

inBrowser('makes a channel of the API, and sees what a program opens on it', limit, async () => {
  const page = await shared.openAsAdmin('/settings/channels');
  await addChannel(page, 'API', { Name: 'Our program' });
  await liveCheck(page, 'Ready').waitFor();
  const { pathname } = new URL(await pasted(page, 'Open a conversation'));
  const contact = { externalId: 'customer-4', name: 'Wulan Sari' };
  await shared.office().call('POST', pathname, { externalId: 'case-17', contact });
  await liveCheck(page, 'Connected').waitFor();
  await page.goto(shared.at('/inbox/all'));
  await openRow(page, 'Wulan Sari');
  await page.getByRole('main').getByRole('img', { name: 'API', exact: true }).waitFor();
});

inBrowser(
  'gives the widget a look, sees it before saving, and so does a visitor',
  limit,
  async () => {
    const office = shared.office();
    const page = await shared.openAsAdmin('/settings/channels');
    await addChannel(page, 'Web chat', { Name: 'Our pages' });
    await liveCheck(page, 'Ready').waitFor();
    const channelPage = page.url();
    await page.getByRole('button', { name: 'Appearance of the widget' }).click();
    const preview = page.getByRole('img', { name: 'Preview' });
    await page.getByLabel('Title').fill('Kopi Nusantara');
    await page.getByLabel('Greeting').fill('Selamat datang!');
    await page.getByLabel('Words on the button').fill('Chat with us');
    await page.getByLabel('Colour', { exact: true }).fill('#8a1c5b');
    await page.getByRole('radiogroup', { name: 'Corner' }).getByText('Left').click();
    await page.getByRole('switch', { name: 'Show “Powered by Usher”' }).click();
    for (const text of ['Kopi Nusantara', 'Selamat datang!', 'Chat with us']) {
      await preview.getByText(text).waitFor();
    }
    expect(await preview.getByText('Powered by').count()).toBe(0);
    expect(await preview.getAttribute('data-side')).toBe('left');
    const previewed = [
      await readLook(preview.getByText('Kopi Nusantara')),
      await readLook(preview.getByText('Selamat datang!')),
    ];
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();

    const visitor = await visitShop(shared.browser(), await pasted(page, 'HTML'));
    const launcher = visitor.page.locator('.launcher[data-online]');
    await visitor.page.getByText('Chat with us').waitFor();
    await launcher.click();
    await visitor.frame.getByText('Kopi Nusantara').first().waitFor();
    await visitor.frame.getByText('Selamat datang!').waitFor();
    expect(previewed).toEqual([
      await readLook(visitor.frame.locator('h1')),
      await readLook(visitor.frame.getByText('Selamat datang!')),
    ]);
    expect(await visitor.frame.getByText('Powered by').count()).toBe(0);
    const box = await launcher.boundingBox();
    expect(box?.x).toBeLessThan(500);
    await visitor.say('Is this the shop?');
    const found = await office.call<{ items: unknown[] }>(
      'GET',
      '/api/v1/conversations?q=Is%20this%20the%20shop',
    );
    expect(found.items).toHaveLength(1);
    await page.goto(channelPage);
    await liveCheck(page, 'Connected').waitFor();
  },
);

inBrowser(
  'sees an endpoint fail, and sends one, then all that failed, once more',
  limit,
  async () => {
    const office = shared.office();
    const { receiver } = office;
    onTestFinished(() => receiver.setBehaviour({ status: 200 }));
    const page = await shared.openAsAdmin('/settings/integration');
    await page.getByRole('button', { name: 'Open' }).first().click();
    receiver.setBehaviour({ status: 500 });
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await page.getByText('answered 500').waitFor();
    await page.keyboard.press('Escape');
    const log = page.getByRole('table', { name: 'Delivery log' });
    const before = receiver.requests.length;

    receiver.setBehaviour({ status: 200 });
    await log.getByRole('button', { name: 'Open' }).last().click();
    const dialog = page.getByRole('dialog');
    const triggerId = await dialog.getByRole('definition').nth(1).textContent();
    await dialog.getByText('Attempt 1').waitFor();
    await dialog.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('Queued to be sent again.').first().waitFor();
    const again = () =>
      receiver.requests.slice(before).filter(({ headers }) => headers['webhook-id'] === triggerId);
    await expect.poll(() => again().length, { timeout: 15_000 }).toBe(1);

    // What is on its way is not sent once more: the receiver knows of its end before the record does.
    const endpointId = new URL(page.url()).pathname.split('/').at(-1);
    const readOnes = async () => {
      const { rows } = await office.pool.query<{ eventId: string; type: string; over: boolean }>(
        `select event_id as "eventId", type, state in ('done', 'failed') as over from delivery
        where subscriber_id = $1 and event_id is not null`,
        [endpointId],
      );
      return rows;
    };
    const ones = await eventually(readOnes, (rows) => rows.every(({ over }) => over));
    const mark = receiver.requests.length;
    await page.getByRole('button', { name: 'More for Delivery log' }).click();
    await page.getByRole('menuitem', { name: 'Resend everything from the last hour' }).click();
    const sent = () => receiver.requests.slice(mark).map(({ headers }) => headers['webhook-id']);
    await expect
      .poll(sent, { timeout: 30_000 })
      .toEqual(expect.arrayContaining(ones.map(deliveredId)));
  },
);

inBrowser('asks agents questions at the end, and their answers are kept', limit, async () => {
  const office = shared.office();
  const page = await shared.openAsAdmin('/settings/close-form');
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.getByRole('textbox', { name: 'Question' }).fill('Product');
  await page.getByRole('combobox', { name: 'Kind of answer' }).click();
  await page.getByRole('option', { name: 'Choice' }).click();
  await page.getByLabel('Choices').and(page.locator('input')).fill('Coffee');
  await page.keyboard.press('Enter');
  await page.getByLabel('Choices').and(page.locator('input')).fill('Tea');
  await page.keyboard.press('Enter');
  await page.getByText('Must be answered').click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();

  const { page: agents, agentId } = await invite(shared, { name: 'Zoe' });
  const { id } = await hand(office, { name: 'Clara Boh', text: 'Bitter!', agentId });
  await openRow(agents, 'Clara Boh');
  await agents.getByRole('button', { name: 'Close', exact: true }).click();
  const dialog = agents.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await dialog.getByText('This must be answered.').waitFor();
  await dialog.getByRole('combobox', { name: 'Product' }).click();
  await agents.getByRole('option', { name: 'Tea' }).click();
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await expect
    .poll(async () => office.call('GET', `/api/v1/conversations/${id}`))
    .toMatchObject({ state: 'closed' });
  const { rows } = await office.pool.query(
    'select close_meta, meta from conversation where conversation_id = $1',
    [id],
  );
  expect(JSON.stringify(rows[0])).toContain('Tea');
});

inBrowser('takes the data along: the export says what the database holds', limit, async () => {
  const { pool } = shared.office();
  const page = await shared.openAsAdmin('/settings/data');
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'NDJSON' }).click();
  const file = await coming;
  const lines = (await readFile(await file.path(), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; messages: { id: string }[] });
  const { rows } = await pool.query<{ id: string; messages: string[] }>(
    `select c.conversation_id as id, array(select m.message_id::text from message m
      where m.conversation_id = c.conversation_id order by m.seq) as messages
    from conversation c order by c.conversation_id`,
  );
  expect(rows.length).toBeGreaterThan(10);
  expect(
    lines
      .map(({ id, messages }) => ({ id, messages: messages.map((message) => message.id) }))
      .sort((a, b) => a.id.localeCompare(b.id)),
  ).toEqual(rows);
});

inBrowser(
  'where the server breaks, every screen says so and offers to try again',
  { timeout: 240_000 },
  async () => {
    const page = await shared.openAsAdmin('/profile');
    const broken = { status: 500, json: { code: 'server.failed', detail: 'Broken.' } };
    await page.route('**/api/v1/**', (route) =>
      route.request().url().endsWith('/session') ? route.continue() : route.fulfill(broken),
    );
    for (const { name, path } of screens) {
      // They ask for nothing before somebody does something.
      if (['profile', 'welcome', 'lab', 'lab replay'].includes(name)) continue;
      await page.goto(shared.at(path));
      await page.getByText('This could not be loaded').first().waitFor();
      await settle(page);
      expect(await page.getByRole('button', { name: 'Try again' }).count(), name).toBeGreaterThan(
        0,
      );
    }
    await page.goto(shared.at('/settings/tags'));
    const retry = page.getByRole('button', { name: 'Try again' });
    await retry.waitFor();
    await page.unroute('**/api/v1/**');
    await retry.click();
    await page.getByRole('table', { name: 'Tags' }).getByText('delivery').waitFor();
  },
);

/** What a visitor sees of it besides its words. */
function readLook(where: Locator): Promise<Record<string, string>> {
  return where.evaluate((it) => {
    const { color, backgroundColor, fontSize, borderRadius } = getComputedStyle(it);
    return { color, backgroundColor, fontSize, borderRadius };
  });
}
