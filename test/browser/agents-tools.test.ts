// What spares an agent steps: selections, tags, unread, undo, saved views, mentions, pictures and words that are found; and how many keys each takes.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { hasBrowser } from './launch-browser.ts';
import { hand, invite, openRow, row } from './office-people.ts';
import { expectAccessible } from './open-browser.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

interface Shown {
  state: string;
  agentId: string | null;
  tags: string[];
  priority: string;
}
const read = (id: string) => shared.office().call<Shown>('GET', `/api/v1/conversations/${id}`);
const reply = (page: Page) => page.getByRole('textbox', { name: 'Reply', exact: true });
const note = (page: Page) => page.getByRole('textbox', { name: 'Private note' });
const bar = (page: Page) => page.getByRole('region', { name: 'What is done with the selection' });

/** With customers of their own, each of whom has written. */
async function start(agent: string, customers: readonly string[]) {
  const { page, agentId } = await invite(shared, { name: agent, capacity: 20 });
  const ids: string[] = [];
  for (const name of customers) {
    const handed = await hand(shared.office(), { name, text: `I am ${name}`, agentId });
    ids.push(handed.id);
    await row(page, name).waitFor();
  }
  return { page, agentId, ids };
}

/** Counts what is pressed: a chord is one, a letter is one. */
function counting(page: Page) {
  let count = 0;
  return {
    press: async (...keys: string[]) => {
      for (const key of keys) {
        count += 1;
        await page.keyboard.press(key);
      }
    },
    count: () => count,
  };
}

inBrowser(
  'a row says how long its customer waits for an answer, until one is given, and marks what is begun',
  limit,
  async () => {
    const { page, ids } = await start('Aimi', ['Waltraud Berg', 'Other Person']);
    const waiting = row(page, 'Waltraud Berg').getByTitle(/^Waits for/);
    await waiting.waitFor();
    await openRow(page, 'Waltraud Berg');
    await reply(page).fill('Half a sen');
    expect(await row(page, 'Waltraud Berg').getByText('Draft').count()).toBe(0);
    await openRow(page, 'Other Person');
    await row(page, 'Waltraud Berg').getByText('Draft').waitFor();
    await row(page, 'Waltraud Berg').getByText('Half a sen').waitFor();
    await expectAccessible(page);
    await openRow(page, 'Waltraud Berg');
    await reply(page).fill('A whole sentence.');
    await page.keyboard.press('Enter');
    await waiting.waitFor({ state: 'detached' });
    await openRow(page, 'Other Person');
    await row(page, 'Waltraud Berg').getByText('A whole sentence.').waitFor();
    expect(await row(page, 'Waltraud Berg').getByText('Draft').count()).toBe(0);
    expect(ids).toHaveLength(2);
    await page.context().close();
  },
);

inBrowser(
  'unread again by a key, tagged by three, and z takes the last step back',
  limit,
  async () => {
    const { page, ids } = await start('Bela', ['Ursula Roth']);
    const [id = ''] = ids;
    await openRow(page, 'Ursula Roth');
    const unread = row(page, 'Ursula Roth').getByTitle(/^Unread/);
    await unread.waitFor({ state: 'detached' });
    await page.keyboard.press('Shift+U');
    await unread.waitFor();
    await page.getByText('Marked as unread').waitFor();
    await page.keyboard.press('z');
    await unread.waitFor({ state: 'detached' });

    await openRow(page, 'Ursula Roth');
    await page.keyboard.press('l');
    const dialog = page.getByRole('dialog', { name: 'Tags' });
    await dialog.getByRole('option', { name: 'delivery' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.type('del');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(async () => (await read(id)).tags).toEqual(['delivery']);
    await page.keyboard.press('z');
    await expect.poll(async () => (await read(id)).tags).toEqual([]);
    await page.context().close();
  },
);

inBrowser(
  'rows that are selected by keys are tagged and closed together; what is refused is said by name, and tags are taken back',
  limit,
  async () => {
    const names = ['Carla One', 'Carla Two', 'Carla Three'];
    const { page, ids } = await start('Cleo', names);
    const tags = () => Promise.all(ids.map(async (id) => (await read(id)).tags));
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await bar(page).getByText('Selected: 3').waitFor();
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(3);
    await expectAccessible(page);
    await page.keyboard.press('l');
    const tagging = page.getByRole('dialog', { name: 'Tags' });
    await tagging.getByRole('option', { name: 'delivery' }).waitFor();
    await page.keyboard.type('del');
    await page.keyboard.press('Enter');
    await expect.poll(tags).toEqual([['delivery'], ['delivery'], ['delivery']]);
    await page.getByText('Done: 3').waitFor();
    await page.keyboard.press('z');
    await expect.poll(tags).toEqual([[], [], []]);

    // One is a colleague's by the time the key is pressed.
    const dina = await invite(shared, { name: 'Dina' });
    await page.getByRole('button', { name: 'Sort and filter' }).click();
    await page.getByRole('button', { name: 'Select conversations' }).click();
    await bar(page).getByRole('button', { name: 'Select all loaded' }).click();
    await bar(page).getByText('Selected: 3').waitFor();
    await page.route('**/api/v1/conversations/bulk', async (route) => {
      const { call } = shared.office();
      const body = { agentId: dina.agentId, force: true };
      await call('POST', `/api/v1/conversations/${ids[1]}/transfer`, body);
      await route.continue();
    });
    await page.keyboard.press('e');
    const closing = page.getByRole('dialog', { name: 'Close the selection (3)' });
    await closing.waitFor();
    await expectAccessible(page);
    // Escape ends the dialog alone.
    await page.keyboard.press('Escape');
    await closing.waitFor({ state: 'detached' });
    await bar(page).getByText('Selected: 3').waitFor();
    await page.keyboard.press('e');
    await closing.waitFor();
    await closing.getByRole('button', { name: 'Close', exact: true }).last().click();
    await bar(page).getByText('Not done: 1').waitFor();
    await bar(page).getByText('Carla Two').waitFor();
    const states = await Promise.all(ids.map(async (id) => (await read(id)).state));
    expect(states).toEqual(['closed', 'assigned', 'closed']);
    await expectAccessible(page);
    for (const one of [page, dina.page]) await one.context().close();
  },
);

inBrowser(
  'a view is saved with its filters, shared with a team, found by a colleague, and removed',
  limit,
  async () => {
    const { call } = shared.office();
    const { page } = await invite(shared, { name: 'Edda', role: 'supervisor' });
    await page.goto(shared.at('/inbox/all?tag=delivery&sort=oldest'));
    await page.getByRole('button', { name: 'Sort and filter' }).click();
    await page.getByRole('button', { name: 'Save this view' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save this view' });
    await dialog.getByLabel('Name').fill('Late parcels');
    await dialog.getByRole('combobox', { name: 'Who has it' }).click();
    await page.getByRole('option', { name: 'Orders' }).click();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    const saved = (one: Page) => one.getByRole('navigation', { name: 'Saved views' });
    await saved(page)
      .getByRole('link', { name: /Late parcels/ })
      .waitFor();

    const finn = await invite(shared, { name: 'Finn' });
    const { items } = await call<{ items: { id: string; name: string }[] }>('GET', '/api/v1/teams');
    const teamIds = items.filter(({ name }) => name === 'Orders').map(({ id }) => id);
    await call('PATCH', `/api/v1/agents/${finn.agentId}`, { teamIds });
    await finn.page.reload();
    const link = saved(finn.page).getByRole('link', { name: /Late parcels/ });
    await link.getByText(/^\d+$/).waitFor();
    await link.click();
    await finn.page.waitForURL('**/inbox/all?*tag=delivery*');
    await row(finn.page, 'Dewi Lestari').waitFor();
    expect(await finn.page.getByRole('button', { name: 'Change Late parcels' }).count()).toBe(0);
    await expectAccessible(finn.page);

    await page.getByRole('button', { name: 'Change Late parcels' }).click();
    await page
      .getByRole('dialog', { name: 'Change Late parcels' })
      .getByRole('button', { name: 'Remove' })
      .click();
    await saved(page).waitFor({ state: 'detached' });
    for (const one of [page, finn.page]) await one.context().close();
  },
);

inBrowser(
  'a note names a colleague by @ and two keys; they are told, and find it among their mentions',
  limit,
  async () => {
    const { page } = await start('Greta', ['Vera Lind']);
    const hugo = await invite(shared, { name: 'Hugo' });
    await openRow(page, 'Vera Lind');
    await page.keyboard.press('n');
    await page.keyboard.type('Who knows? @Hu');
    await page
      .getByRole('listbox', { name: 'Whom the note names' })
      .getByRole('option', { name: 'Hugo' })
      .waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect.poll(() => note(page).inputValue()).toBe('Who knows? @Hugo ');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('Who knows? @Hugo').waitFor();

    const link = hugo.page.getByRole('link', { name: /Mentions/ }).first();
    await link.getByText('1').waitFor();
    await hugo.page.locator('body').click({ position: { x: 2, y: 2 } });
    await hugo.page.keyboard.press('g');
    await hugo.page.keyboard.press('n');
    await hugo.page.getByRole('heading', { name: 'Mentions' }).waitFor();
    const mention = hugo.page.getByRole('button', { name: /Greta in the conversation with Vera/ });
    await mention.getByText('New').waitFor();
    await expectAccessible(hugo.page);
    await mention.click();
    await hugo.page.getByRole('log').getByText('Who knows? @Hugo').waitFor();
    await link.waitFor({ state: 'detached' });
    for (const one of [page, hugo.page]) await one.context().close();
  },
);

inBrowser('words of a conversation are found, and walked by keys', limit, async () => {
  const page = await shared.openAsAdmin('/inbox/all?q=Dewi');
  await openRow(page, 'Dewi Lestari');
  await page.keyboard.press('f');
  const field = page.getByRole('textbox', { name: 'Find in this conversation' });
  await field.fill('the ');
  const found = page.locator('[data-found]');
  await found.waitFor();
  await page.getByText(/^1 of \d+$/).waitFor();
  const first = await found.getAttribute('data-seq');
  await expectAccessible(page);
  await field.press('Enter');
  await page.getByText(/^2 of \d+$/).waitFor();
  await expect
    .poll(async () => Number(await found.getAttribute('data-seq')))
    .toBeLessThan(Number(first));
  await field.press('Escape');
  await field.waitFor({ state: 'detached' });
});

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

inBrowser('pictures are seen large, one after the other, by keys', limit, async () => {
  const { page } = await start('Ivo', ['Xenia Holm']);
  await openRow(page, 'Xenia Holm');
  const files = ['first.png', 'second.png'].map((name) => {
    return { name, mimeType: 'image/png', buffer: Buffer.from(PNG, 'base64') };
  });
  await page.locator('input[type=file]').setInputFiles(files);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('log').getByRole('img', { name: 'first.png' }).click();
  const dialog = page.getByRole('dialog', { name: 'Picture 1 of 2' });
  await dialog.getByRole('img', { name: 'first.png' }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('ArrowRight');
  const second = page.getByRole('dialog', { name: 'Picture 2 of 2' });
  const picture = second.getByRole('img', { name: 'second.png' });
  await picture.waitFor();
  await page.keyboard.press('+');
  await expect.poll(() => picture.getAttribute('data-zoomed')).toBe('true');
  await page.keyboard.press('Escape');
  await second.waitFor({ state: 'detached' });
  await page.context().close();
});

inBrowser(
  'to close and go on takes 2 keys, a tag 4, a canned reply 6, a transfer 5',
  limit,
  async () => {
    const { page, ids } = await start('Jana', ['Yana One', 'Yana Two']);
    const kim = await invite(shared, { name: 'Quentin' });
    const { call } = shared.office();
    await call('PATCH', `/api/v1/agents/${kim.agentId}`, { availability: 'online' });
    await openRow(page, 'Yana One');
    const figures: Record<string, number> = {};
    const measure = async (name: string, work: (keys: ReturnType<typeof counting>) => unknown) => {
      const keys = counting(page);
      await work(keys);
      figures[name] = keys.count();
    };
    await measure('tag', async ({ press }) => {
      await press('l');
      await page.getByRole('dialog', { name: 'Tags' }).getByRole('option').first().waitFor();
      await press('d', 'Enter');
      await expect.poll(async () => (await read(ids[0] ?? '')).tags).toEqual(['delivery']);
    });
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await measure('canned reply', async ({ press }) => {
      await press('r', '/', 'm');
      await page.getByRole('option', { name: /moment/ }).waitFor();
      await press('Enter');
      await expect.poll(() => reply(page).inputValue()).toContain('moment');
      await press('Enter');
      await page.getByRole('log').getByText('Give me a moment').waitFor();
    });
    await page.keyboard.press('Escape');
    await measure('close and next', async ({ press }) => {
      await press('e');
      await page.getByRole('dialog', { name: 'Close the conversation' }).waitFor();
      await press('Control+Enter');
      await page.getByRole('heading', { name: 'Yana Two', level: 1 }).waitFor();
      await expect.poll(async () => (await read(ids[0] ?? '')).state).toBe('closed');
    });
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await measure('transfer', async ({ press }) => {
      await press('a');
      const dialog = page.getByRole('dialog', { name: 'Assign or transfer' });
      await dialog.getByRole('option', { name: /Quentin/ }).waitFor();
      await press('Q', 'u', 'Enter');
      await expect.poll(async () => (await read(ids[1] ?? '')).agentId).toBe(kim.agentId);
    });
    process.stdout.write(`keys: ${JSON.stringify(figures)}\n`);
    const most = { tag: 4, 'canned reply': 6, 'close and next': 2, transfer: 5 };
    for (const [name, count] of Object.entries(most)) {
      expect(figures[name], name).toBeLessThanOrEqual(count);
    }
    for (const one of [page, kim.page]) await one.context().close();
  },
);
