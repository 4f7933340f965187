// What is offered finds its agent on every page: who, where, what and why, until when; answered by keys, and told when it was missed.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Look, settle } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { goOnline, invite } from './office-people.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

const shared = shareOffice(() => startTestOffice());
const limit = { timeout: 180_000 };
const inBrowser = test.skipIf(!hasBrowser);
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const THEN = 'then';
let people = 0;

/** An agent who is online and alone in it, and to whom everything is offered. */
async function begin({ within = 600, misses = 2, capacity = 3 }, look: Partial<Look> = {}) {
  const { call } = shared.office();
  const { items: before } = await call<{ items: { id: string }[] }>('GET', '/api/v1/agents');
  for (const { id } of before) {
    await call('PATCH', `/api/v1/agents/${id}`, { availability: 'offline' });
  }
  const stillOpen = '/api/v1/conversations?state=open';
  for (const { id } of (await call<{ items: { id: string }[] }>('GET', stillOpen)).items) {
    await call('POST', `/api/v1/conversations/${id}/close`, {});
  }
  const { policy } = await call<{ policy: object }>('GET', '/api/v1/policy');
  await call('PUT', '/api/v1/policy', {
    ...policy,
    rules: [{ name: 'Everybody', [THEN]: { plan: 'Asked' } }],
    plans: [{ name: 'Asked', steps: [{ after: 0 }], offer: { within, misses } }],
  });
  people += 1;
  const channel = { kind: 'api', name: `Shop ${people}` };
  const { id: channelId } = await call<{ id: string }>('POST', '/api/v1/channels', channel);
  const name = `Wati${people}`;
  const prepare = async (page: Page) => {
    await page.addInitScript({ content: axe });
    await page.addInitScript(`window.rung = 0;
      const make = AudioContext.prototype.createOscillator;
      AudioContext.prototype.createOscillator = function () { window.rung += 1; return make.call(this); };`);
  };
  const { page, agentId } = await invite(shared, { name, capacity }, prepare, look);
  const online = () => call('PATCH', `/api/v1/agents/${agentId}`, { availability: 'online' });
  const open = async (contact: string, text: string) => {
    const { id } = await call<{ id: string }>(
      'POST',
      `/api/v1/channels/${channelId}/conversations`,
      {
        ...{ externalId: `${contact} ${people}`, message: { text } },
        contact: { externalId: contact, name: contact },
      },
    );
    return id;
  };
  const get = (id: string) =>
    call<{ state: string; agentId: string | null; offeredUntil: string | null }>(
      'GET',
      `/api/v1/conversations/${id}`,
    );
  const card = (contact: string) => page.getByRole('article', { name: contact });
  return { call, page, agentId, name, channel, online, open, get, card };
}

async function faultsOf(page: Page): Promise<unknown[]> {
  return (await page.evaluate(`axe.run(document).then(({ violations }) =>
    violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes[0].html]))`)) as unknown[];
}

inBrowser(
  'an offer is seen on a page that has nothing to do with it, and one key accepts and opens it',
  limit,
  async () => {
    const { page, name, channel, agentId, open, get, card } = await begin({});
    await goOnline(page, name);
    await page.goto(shared.at('/profile'));
    await settle(page);
    const id = await open('Eka', 'My parcel has not come.');
    await card('Eka').getByText('My parcel has not come.').waitFor();
    await card('Eka').getByText(channel.name).waitFor();
    await card('Eka').getByText(`${name} was chosen`).waitFor();
    await card('Eka')
      .getByText(/\d+m \d+s left|10m left/)
      .waitFor();
    await expect.poll(() => page.title()).toContain('🔔 1');
    expect(await page.evaluate('window.rung')).toBeGreaterThan(0);
    expect(
      await page.getByRole('status').filter({ hasText: 'is offered to you' }).textContent(),
    ).toMatch(
      /^Eka by Shop \d+ is offered to you\. .* My parcel has not come\. Y accepts it, D declines it\.$/,
    );
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('y');
    await page.getByRole('heading', { name: 'Eka', level: 1 }).waitFor();
    await card('Eka').waitFor({ state: 'detached' });
    expect(await get(id)).toMatchObject({ state: 'assigned', agentId, offeredUntil: null });
    await expect.poll(() => page.title()).not.toContain('🔔');
    await page.context().close();
  },
);

inBrowser(
  'several stand at once; one is declined by keyboard with a ready reason, one in own words, and nothing is taken from who writes',
  limit,
  async () => {
    const { call, page, online, open, get, card } = await begin({ capacity: 4 });
    await online();
    const held = await open('Adi', 'Hello');
    await card('Adi').getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('textbox', { name: 'Reply' }).click();
    await page.keyboard.type('Good mor');
    const first = await open('Eka', 'My parcel has not come.');
    await card('Eka').waitFor();
    const second = await open('Putri', 'Do you speak Javanese?');
    await card('Putri').waitFor();
    // Each of these letters is a shortcut.
    await page.keyboard.type('ning day');
    expect(await page.getByRole('textbox', { name: 'Reply' }).inputValue()).toBe(
      'Good morning day',
    );
    for (const id of [first, second]) expect((await get(id)).offeredUntil).not.toBeNull();
    await page.keyboard.press('Escape');
    await page.keyboard.press('d');
    await page.getByText('Why do you decline it?').waitFor();
    await page.getByRole('menuitem', { name: 'I am busy with another customer' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    // The second of them.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await card('Eka').waitFor({ state: 'detached' });
    const reasonOf = async (id: string) =>
      (
        await call<{ decisions: { declineReason: string | null }[] }>(
          'GET',
          `/api/v1/conversations/${id}/decisions`,
        )
      ).decisions[0]?.declineReason;
    expect(await reasonOf(first)).toBe('not-my-subject');
    await card('Putri').getByRole('button', { name: 'Decline' }).click();
    await page.getByRole('menuitem', { name: 'Another reason…' }).click();
    await page.keyboard.type('Only Sundanese');
    await page.keyboard.press('Enter');
    await card('Putri').waitFor({ state: 'detached' });
    expect(await reasonOf(second)).toBe('Only Sundanese');
    expect((await get(held)).state).toBe('assigned');
    await page.context().close();
  },
);

inBrowser(
  'in its own conversation an offer stands where one answers, and answering accepts it',
  limit,
  async () => {
    const { page, online, open, get, card } = await begin({});
    await online();
    const id = await open('Eka', 'My parcel has not come.');
    await card('Eka').getByRole('button', { name: 'Look at it' }).click();
    await page.getByRole('region', { name: 'Offered to you' }).getByText('simply answer').waitFor();
    expect(await card('Eka').count()).toBe(0);
    await page.keyboard.press('d');
    await page.getByText('Why do you decline it?').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: 'Reply' }).fill('It is on its way.');
    await page.keyboard.press('Enter');
    await page.getByText('simply answer').waitFor({ state: 'detached' });
    await expect.poll(async () => (await get(id)).offeredUntil).toBeNull();
    await page.context().close();
  },
);

inBrowser(
  'who misses an offer is told which, and who is away because of it comes back with one button, on a small screen too',
  limit,
  async () => {
    const look = { width: 390 };
    const { call, page, agentId, online, open, card } = await begin({ within: 5, misses: 1 }, look);
    await online();
    await page.goto(shared.at('/profile'));
    await settle(page);
    const id = await open('Eka', 'My parcel has not come.');
    await card('Eka').waitFor();
    const box = await card('Eka').boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    await page.getByText('You did not answer in time: Eka').waitFor();
    await page.getByText('You are away because you did not answer').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Understood' }).click();
    await page.getByText('You did not answer in time').waitFor({ state: 'detached' });
    await call('POST', `/api/v1/conversations/${id}/close`, {});
    await page.getByRole('button', { name: 'Back online' }).click();
    await page.getByText('You are away because').waitFor({ state: 'detached' });
    const agent = async () => call<{ availability: string }>('GET', `/api/v1/agents/${agentId}`);
    await expect.poll(async () => (await agent()).availability).toBe('online');
    // What was understood is not told again.
    await page.reload();
    await settle(page);
    expect(await page.getByText('You did not answer in time').count()).toBe(0);
    await page.context().close();
  },
);

inBrowser('whoever has switched the sound off hears nothing', limit, async () => {
  const { page, online, open, card } = await begin({});
  await page.evaluate(`localStorage.setItem('usher.alerts', '{"sound":false,"desktop":false}')`);
  await online();
  await open('Eka', 'My parcel has not come.');
  await card('Eka').waitFor();
  expect(await page.evaluate('window.rung')).toBe(0);
  await page.context().close();
});
