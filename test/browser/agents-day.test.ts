// An agent's whole day in a browser on the real server, by role and label.
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { startStatistics } from '../../sandbox/statistics/start-statistics.ts';
import { writeSnippet } from '../../web/components/channels/write-snippet.ts';
import { intercept } from './intercept.ts';
import { hasBrowser } from './launch-browser.ts';
import { give, goOnline, hand, invite, openRow, row, typeInDialog } from './office-people.ts';
import { shareFilledOffice } from './share-office.ts';
import { visitShop } from './visit-shop.ts';

const shared = shareFilledOffice();
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);
const reply = (page: Page) => page.getByRole('textbox', { name: 'Reply', exact: true });
const said = (page: Page, text: string) => page.getByRole('log').getByText(text);

inBrowser(
  'invited, online, receives, answers, sends an external message, closes',
  limit,
  async () => {
    const { organisation } = shared.office();
    const { page } = await invite(shared, { name: 'Lia' });
    expect(await page.getByRole('link', { name: 'Settings' }).count()).toBe(0);
    await goOnline(page, 'Lia');
    const contact = organisation.addContact({ name: 'Paula Brandt' });
    await organisation.openTicket({ contact });
    await organisation.sendMessage({ contact, text: 'Is anybody there?' });
    await openRow(page, 'Paula Brandt');
    await said(page, 'Is anybody there?').waitFor();

    await reply(page).fill('Yes, here I am.');
    await page.reload();
    await expect.poll(() => reply(page).inputValue()).toBe('Yes, here I am.');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await said(page, 'Yes, here I am.').waitFor();
    await expect.poll(() => reply(page).inputValue()).toBe('');
    await organisation.sendMessage({ contact, text: 'Thank you!' });
    await said(page, 'Thank you!').waitFor();

    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByLabel('Message', { exact: true }).fill('A voucher for you');
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await page.getByLabel('About this conversation').getByText('Sent', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('dialog').getByLabel('Note').fill('Happy customer');
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByText('You are all caught up').waitFor();
    await page.getByRole('link', { name: 'Closed' }).first().click();
    await row(page, 'Paula Brandt').waitFor();
  },
);

inBrowser('gives a conversation back and asks for a skill with it', limit, async () => {
  const office = shared.office();
  const { page, agentId } = await invite(shared, { name: 'Freya' });
  const { id } = await hand(office, { name: 'Timo Aalto', text: 'Wrong desk?', agentId });
  await openRow(page, 'Timo Aalto');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Back to the queue' }).click();
  const dialog = page.getByRole('dialog', { name: 'Back to the queue' });
  await dialog.getByRole('combobox', { name: 'Skills' }).click();
  await page.getByRole('option', { name: 'English' }).click();
  await dialog.getByRole('button', { name: 'Back to the queue' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Freya passed it on to anybody with the skills: English').waitFor();
  const skills = await office.call<{ items: { id: string; name: string }[] }>(
    'GET',
    '/api/v1/skills',
  );
  const english = skills.items.find(({ name }) => name === 'English')?.id;
  const now = await office.call<{ skillIds: string[] }>('GET', `/api/v1/conversations/${id}`);
  expect(now.skillIds).toEqual([english]);
});

inBrowser('the whole day by the keyboard alone', limit, async () => {
  const office = shared.office();
  const { page, agentId } = await invite(shared, { name: 'Mia' });
  const { keyboard } = page;
  const { id } = await hand(office, { name: 'Ines Kuhn', text: 'Hi there', agentId });
  const second = await hand(office, { name: 'Pavel Novak', text: 'Me too', agentId });
  await row(page, 'Ines Kuhn').waitFor();
  await row(page, 'Pavel Novak').waitFor();
  const availability = async () =>
    (await office.call<{ availability: string }>('GET', `/api/v1/agents/${agentId}`)).availability;
  await keyboard.press('o');
  await expect.poll(availability).toBe('online');

  await keyboard.press('/');
  await keyboard.type('Ines');
  await expect.poll(() => row(page, 'Pavel Novak').count()).toBe(0);
  await row(page, 'Ines Kuhn').waitFor();
  await keyboard.press('Enter');
  await keyboard.press('j');
  await said(page, 'Hi there').waitFor();
  await keyboard.press('r');
  await keyboard.type('/mom');
  await page.getByRole('option', { name: /moment/ }).waitFor();
  await keyboard.press('Enter');
  await expect.poll(() => reply(page).inputValue()).toContain('Give me a moment');
  await keyboard.press('Enter');
  await said(page, 'Give me a moment').waitFor();
  await keyboard.press('Escape');
  await keyboard.press('n');
  await keyboard.type('A friendly one.');
  await keyboard.press('Enter');
  await page.getByRole('log').getByText('Note by Mia').waitFor();
  await keyboard.press('Escape');

  await keyboard.press('w');
  await page.getByRole('heading', { name: 'Why this agent' }).waitFor();
  await keyboard.press('p');
  await page
    .getByRole('tab', { name: 'Customer' })
    .and(page.locator('[aria-selected=true]'))
    .waitFor();
  // Before it is known that somebody listens, the key does nothing.
  await page.getByRole('button', { name: 'Run' }).waitFor();
  await keyboard.press('m');
  await typeInDialog(page, 'Send message', 'A voucher');
  await keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByLabel('About this conversation').getByText('A voucher').waitFor();

  await keyboard.press('a');
  // Before any word Enter chooses nobody.
  await typeInDialog(page, 'Assign or transfer', '');
  await keyboard.press('Enter');
  await typeInDialog(page, 'Assign or transfer', 'Billing');
  await page.getByRole('dialog').getByRole('option', { name: 'Billing' }).waitFor();
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await keyboard.press('e');
  await typeInDialog(page, 'Close the conversation', 'All well');
  await pressTo(page, 'Close');
  await expect
    .poll(
      async () =>
        (await office.call<{ state: string }>('GET', `/api/v1/conversations/${id}`)).state,
    )
    .toBe('closed');

  // The server is done before the page: while a dialog is open the keys of the page are not heard.
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await keyboard.press('Control+k');
  await typeInDialog(page, 'Command bar', 'Pavel');
  const marked = page.getByRole('dialog').getByRole('option', { selected: true });
  await marked.getByText('Me too').waitFor();
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Pavel Novak', level: 1 }).waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await keyboard.press('u');
  await page.getByRole('dialog', { name: 'Back to the queue' }).waitFor();
  const confirm = page.getByRole('dialog').getByRole('button', { name: 'Back to the queue' });
  await expect
    .poll(() => confirm.evaluate((element) => element === document.activeElement))
    .toBe(true);
  await keyboard.press('Enter');
  await expect
    .poll(async () => {
      const events = await office.call<{ items: { type: string }[] }>(
        'GET',
        `/api/v1/conversations/${second.id}/events`,
      );
      return events.items.map(({ type }) => type);
    })
    .toContain('conversation.requeued');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await keyboard.press('g');
  await keyboard.press('l');
  await page.getByRole('heading', { name: 'Live' }).waitFor();
  await keyboard.press('o');
  await expect.poll(availability).toBe('away');
});

/** Tab until the button has the focus, then Enter. */
async function pressTo(page: Page, name: string): Promise<void> {
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  for (let steps = 0; (await focused()) !== name; steps += 1) {
    if (steps > 30) throw new Error(`Tab does not come to “${name}”.`);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
}

inBrowser('a message that RapidPro refuses shows why, and is sent once more', limit, async () => {
  const office = shared.office();
  onTestFinished(() => office.mailroom.setBehaviour({}));
  const { page, agentId } = await invite(shared, { name: 'Noor' });
  await hand(office, { name: 'Sven Lund', text: 'Well?', agentId });
  await openRow(page, 'Sven Lund');
  office.mailroom.setBehaviour({ status: 403 });
  await reply(page).fill('Here it is.');
  await reply(page).press('Enter');
  await page.getByText('Not delivered: Answered 403').waitFor();
  office.mailroom.setBehaviour({});
  await page.getByRole('log').getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Not delivered').waitFor({ state: 'detached' });
  await page.getByRole('log').getByLabel('Delivered').waitFor();
});

inBrowser(
  'a message that cannot reach the server keeps its text, and goes when it can',
  limit,
  async () => {
    const office = shared.office();
    const { page, agentId } = await invite(shared, { name: 'Oona' });
    await hand(office, { name: 'Timo Salo', text: 'Hello?', agentId });
    await openRow(page, 'Timo Salo');
    await intercept(page, '**/messages', (route) => route.abort());
    await reply(page).fill('Is it plugged in?');
    await reply(page).press('Enter');
    await page
      .getByText('Waiting for the connection. It is sent as soon as that is back.')
      .waitFor();
    await said(page, 'Is it plugged in?').waitFor();
    await page.unroute('**/messages');
    await page.getByRole('log').getByLabel('Delivered').waitFor();
    expect(await said(page, 'Is it plugged in?').count()).toBe(1);
  },
);

inBrowser('what was said just before one’s own message stands above it', limit, async () => {
  const office = shared.office();
  const { page, agentId } = await invite(shared, { name: 'Olga' });
  const { contact } = await hand(office, { name: 'Uta Frank', text: 'Hello?', agentId });
  await openRow(page, 'Uta Frank');
  await said(page, 'Hello?').waitFor();
  await intercept(page, '**/messages', async (route) => {
    await office.organisation.sendMessage({ contact, text: 'It is about my order.' });
    await route.continue();
  });
  await reply(page).fill('What is it about?');
  await reply(page).press('Enter');
  await page.getByRole('log').getByLabel('Delivered').waitFor();
  await said(page, 'It is about my order.').waitFor();
  const texts = (await page.getByRole('log').textContent()) ?? '';
  const order = ['Hello?', 'It is about my order.', 'What is it about?'];
  expect(order.toSorted((a, b) => texts.indexOf(a) - texts.indexOf(b))).toEqual(order);
});

inBrowser('what is called today is called yesterday after midnight', limit, async () => {
  const office = shared.office();
  const { page, agentId } = await invite(shared, { name: 'Rika' }, (fresh) =>
    fresh.clock.install(),
  );
  await hand(office, { name: 'Vito Serra', text: 'Good evening', agentId });
  await openRow(page, 'Vito Serra');
  await page.getByRole('log').getByText('Today').waitFor();
  const when = row(page, 'Vito Serra').getByText(/^\d+:\d+/);
  await when.waitFor();
  // With what a server answers, the page would set its clock right again.
  await page.context().setOffline(true);
  await page.clock.fastForward('24:00:00');
  await page.getByRole('log').getByText('Yesterday').waitFor();
  await when.waitFor({ state: 'detached' });
});

inBrowser('a closing of web chat is taken back, and the visitor is told', limit, async () => {
  const office = shared.office();
  const { id: channelId } = await office.call<{ id: string }>('POST', '/api/v1/channels', {
    kind: 'webchat',
    name: 'Our pages',
  });
  const { page, agentId } = await invite(shared, { name: 'Petra', capacity: 5 });
  await office.call('PATCH', `/api/v1/agents/${agentId}`, {
    availability: 'online',
    leaseSeconds: 3600,
  });
  const visitor = await visitShop(shared.browser(), writeSnippet(office.url, channelId));
  await visitor.say('Anybody here?');
  const [conversation] = (
    await office.call<{ items: { id: string }[] }>(
      'GET',
      `/api/v1/conversations?channelId=${channelId}`,
    )
  ).items;
  const id = conversation?.id ?? '';
  await give(office, id, agentId);
  await page.getByRole('list').getByText('Anybody here?').first().click();
  await said(page, 'Anybody here?').waitFor();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByText('The conversation is closed.').waitFor();
  const state = async () =>
    (await office.call<{ state: string }>('GET', `/api/v1/conversations/${id}`)).state;
  await expect.poll(state).toBe('closed');
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect.poll(state).toBe('assigned');
  await page.getByRole('list').getByText('Anybody here?').first().click();
  await reply(page).fill('Sorry, here I am again.');
  await reply(page).press('Enter');
  await visitor.frame.getByText('Sorry, here I am again.').waitFor();
});

inBrowser('who is second is told who was first', limit, async () => {
  const { page: first } = await invite(shared, { name: 'Rosa' });
  const { page: second } = await invite(shared, { name: 'Samir' });
  for (const page of [first, second]) {
    await page
      .getByRole('link', { name: /Waiting/ })
      .first()
      .click();
    await openRow(page, 'Chen Wei');
  }
  // Who hears of the other before pressing would not ask: both have asked before one is served.
  const asked = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  for (const [at, page] of [first, second].entries()) {
    await intercept(page, '**/api/v1/conversations/*/assign', async (route) => {
      asked[at]?.resolve();
      await Promise.all(asked.map(({ promise }) => promise));
      await route.continue();
    });
  }
  await Promise.all([first.keyboard.press('t'), second.keyboard.press('t')]);
  const told = (page: Page) => page.getByText(/(Rosa|Samir) took this \d+\s?\w+ ago\./).waitFor();
  const loser = await Promise.any(
    [first, second].map(async (page) => {
      await told(page);
      return page;
    }),
  );
  const winner = loser === first ? 'Samir' : 'Rosa';
  await loser.getByText(`${winner} took this`).waitFor();
  await loser.getByText(`${winner} has this conversation.`).waitFor();
  await (loser === first ? second : first).getByText('With you').waitFor();
  // What a colleague has is theirs, until it is taken over.
  const act = (name: string) => loser.getByRole('button', { name, exact: true });
  expect(await act('Close').count()).toBe(0);
  expect(await act('Assign or transfer').count()).toBe(0);
  await act('Take over').click();
  await loser.getByText('With you').waitFor();
  await act('Close').waitFor();
  await act('Assign or transfer').waitFor();
});

inBrowser(
  'the company’s statistics stand beside the customer: text, links, a chart',
  limit,
  async () => {
    const office = shared.office();
    const company = await startStatistics();
    onTestFinished(() => company.stop());
    await office.call('PATCH', '/api/v1/settings', { statisticsBaseEndpoint: company.url });
    const { page, agentId } = await invite(shared, { name: 'Tara' });
    await hand(office, { name: 'Umar Aziz', text: 'Where is it?', agentId });
    await openRow(page, 'Umar Aziz');
    const panel = page.getByLabel('About this conversation');
    await page.getByRole('tab', { name: 'Activity' }).click();
    await panel.getByText('24 hours').click();
    await panel.getByText('Gold', { exact: true }).waitFor();
    const answers = await panel.getByRole('definition').allTextContents();
    expect(answers.slice(0, 4)).toEqual(['–', 'Gold', '12', 'false']);
    const link = panel.getByRole('link', { name: 'Order 7' });
    expect(await link.getAttribute('href')).toBe('https://example.com/orders/7');
    expect(await link.getAttribute('target')).toBe('_blank');
    const chart = panel.getByRole('img', { name: /Spent/ });
    await chart.waitFor();
    expect(await chart.getAttribute('aria-label')).toContain('40');
    const line = await chart.locator('path.recharts-curve').first().getAttribute('d');
    expect(line).toMatch(/^M[\d.]+,[\d.]+[LC]/);
    company.setAnswer({ status: 500, body: '' });
    await panel.getByText('7 days').click();
    await panel.getByText('Statistics not available').waitFor();
    company.setAnswer({ body: '[{"label":"Plan","value":"Silver"}]' });
    await panel.getByRole('button', { name: 'Try again' }).click();
    await panel.getByText('Silver').waitFor();
  },
);

inBrowser(
  'who looks elsewhere is told by sound, notification and title, and can mute it',
  limit,
  async () => {
    const office = shared.office();
    let listening: Promise<unknown> = Promise.resolve();
    const { page, agentId } = await invite(shared, { name: 'Vera' }, async (fresh) => {
      listening = isSubscribed(fresh);
      await fresh.context().grantPermissions(['notifications'], { origin: office.url });
      await fresh.addInitScript(listen);
    });
    // What happens before is not told afterwards.
    await listening;
    const told = () => page.evaluate(() => (window as unknown as Listening).told);
    const mine = () => page.getByRole('button', { name: /Vera/ }).first();
    await mine().click();
    await page.getByRole('menuitem', { name: 'Notifications are off' }).click();
    await page.getByRole('menuitem', { name: 'Notifications are on' }).waitFor();
    await page.keyboard.press('Escape');
    await page.evaluate(() => {
      (window as unknown as Listening).away = true;
    });
    const { contact } = await hand(office, { name: 'Wanda Roth', text: 'Hello Vera', agentId });
    await expect
      .poll(told, { timeout: 15_000 })
      .toMatchObject({ notes: expect.arrayContaining(['Wanda Roth']) });
    expect((await told()).tones).toBeGreaterThan(0);
    await expect.poll(() => page.title()).toMatch(/^\(1\) /);

    await mine().click();
    await page.getByRole('menuitem', { name: 'Notifications are on' }).click();
    await page.getByRole('menuitem', { name: 'Sound is on' }).click();
    await page.getByRole('menuitem', { name: 'Sound is off' }).waitFor();
    await page.keyboard.press('Escape');
    const before = await told();
    await office.organisation.sendMessage({ contact, text: 'Still there?' });
    await row(page, 'Still there?').waitFor();
    expect(await told()).toEqual(before);
    await page.evaluate(() => {
      (window as unknown as Listening).away = false;
    });
    await openRow(page, 'Wanda Roth');
    await expect.poll(() => page.title()).not.toMatch(/^\(/);
  },
);

/** Once the broker has granted the page what it listens to. */
async function isSubscribed(page: Page): Promise<void> {
  const socket = await page.waitForEvent('websocket', { timeout: 60_000 });
  const SUBACK = 9;
  await socket.waitForEvent('framereceived', {
    predicate: ({ payload }) => typeof payload !== 'string' && (payload[0] ?? 0) >> 4 === SUBACK,
    timeout: 60_000,
  });
}

interface Listening {
  away: boolean;
  told: { notes: string[]; tones: number };
}

/** In the page: notes down what the system is asked to show and play, and does it all the same. */
function listen(): void {
  const told: Listening['told'] = { notes: [], tones: 0 };
  const state: Listening = { away: false, told };
  Object.assign(window, state);
  Object.defineProperty(document, 'hidden', {
    get: () => (window as unknown as Listening).away,
  });
  window.Notification = new Proxy(window.Notification, {
    construct(target, args: [string, NotificationOptions?]) {
      told.notes.push(args[0]);
      return Reflect.construct(target, args);
    },
  });
  const { createOscillator } = AudioContext.prototype;
  AudioContext.prototype.createOscillator = function (this: AudioContext) {
    told.tones += 1;
    return createOscillator.call(this);
  };
}
