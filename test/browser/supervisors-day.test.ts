// A supervisor's day in a browser on the real server: the queue, the agents, what they hold, the reports.
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { settle, signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { hand, invite, openRow, typeInDialog } from './office-people.ts';
import { readCsv } from './read-csv.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);
const agentRow = (page: Page, name: string) =>
  page
    .getByRole('table', { name: 'Agents' })
    .getByRole('row')
    .filter({ has: page.getByRole('button', { name: `Conversations of ${name}` }) });
/** With the keyboard: through the menu of the conversation, up to the letters that find an agent. */
async function beginMove(page: Page, name: string, letters: string): Promise<void> {
  await (await alone(page, name)).focus();
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name: 'Move to…' });
  await item.waitFor();
  // Whoever presses an arrow before the menu has the focus moves nothing in it.
  const isInMenu = () =>
    page.evaluate(() => Boolean(document.activeElement?.closest('[role=menu]')));
  await expect.poll(isInMenu).toBe(true);
  for (let presses = 0; presses < 5; presses += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await typeInDialog(page, 'Assign or transfer', letters);
  const marked = page.getByRole('dialog').getByRole('option', { selected: true });
  await marked.filter({ hasText: letters }).waitFor();
}
const movable = (page: Page, name: string) => page.getByTitle(`Move ${name}`);
/** Each list is loaded by itself: for a moment two may show it. */
async function alone(page: Page, name: string) {
  await expect.poll(() => movable(page, name).count(), { timeout: 20_000 }).toBe(1);
  return movable(page, name);
}
const drag = async (page: Page, name: string, to: Locator) => (await alone(page, name)).dragTo(to);
const heldBy = (page: Page, name: string) =>
  page.getByRole('list', { name: `Conversations of ${name}` });

inBrowser('takes from the queue, forces past a capacity, raises it', limit, async () => {
  const { page } = await invite(shared, { name: 'Omar', role: 'supervisor' });
  await page
    .getByRole('link', { name: /Waiting/ })
    .first()
    .click();
  await openRow(page, 'Oliver Grant');
  await page.getByRole('button', { name: 'Assign or transfer' }).click();
  await page
    .getByRole('dialog')
    .getByRole('option', { name: /Budi Santoso/ })
    .click();
  await page.getByText('Budi Santoso has no room left').waitFor();
  await page.getByRole('button', { name: 'Give it anyway' }).click();
  await page.getByText('With Budi Santoso').waitFor();
  await page.getByRole('link', { name: 'Live' }).click();
  const budi = agentRow(page, 'Budi Santoso');
  await budi.getByRole('button', { name: /3 \/ 2/ }).click();
  await page.getByLabel('Capacity', { exact: true }).fill('4');
  await page.getByRole('button', { name: 'Save' }).click();
  await budi.getByText(/\/ 4/).waitFor();
});

inBrowser('moves conversations by dragging, and takes that back', limit, async () => {
  const page = await shared.open(null);
  await signIn(page, shared.office());
  await page.goto(shared.at('/live'));
  await heldBy(page, 'Budi Santoso').getByText('Grace Okafor').waitFor();
  await drag(page, 'Grace Okafor', agentRow(page, 'Kim Ji-woo'));
  await page.getByText('Grace Okafor is with Kim Ji-woo now.').waitFor();
  await heldBy(page, 'Kim Ji-woo').getByText('Grace Okafor').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await heldBy(page, 'Budi Santoso').getByText('Grace Okafor').waitFor();
  await heldBy(page, 'Kim Ji-woo').getByText('Grace Okafor').waitFor({ state: 'detached' });

  await drag(page, 'Grace Okafor', agentRow(page, 'Rafael Costa'));
  const full = page.getByRole('dialog', { name: 'Rafael Costa has no room left' });
  await full.getByText('Rafael Costa holds 2 of 2. Grace Okafor stays where it is.').waitFor();
  await full.getByRole('button', { name: 'Cancel' }).click();
  await full.waitFor({ state: 'detached' });
  await heldBy(page, 'Budi Santoso').getByText('Grace Okafor').waitFor();
  await drag(page, 'Grace Okafor', agentRow(page, 'Rafael Costa'));
  await full.getByRole('button', { name: 'Give it anyway' }).click();
  await heldBy(page, 'Rafael Costa').getByText('Grace Okafor').waitFor();
  await agentRow(page, 'Rafael Costa').getByText('3 / 2').waitFor();

  await drag(page, 'Grace Okafor', page.getByRole('region', { name: 'First in line' }));
  await page.getByText('Grace Okafor is back in the queue.').waitFor();
  await heldBy(page, 'Rafael Costa').getByText('Grace Okafor').waitFor({ state: 'detached' });
  await page.context().close();
});

inBrowser('moves conversations by the keyboard alone', limit, async () => {
  const page = await shared.open(null);
  await signIn(page, shared.office());
  await page.goto(shared.at('/live'));
  const { keyboard } = page;
  await beginMove(page, 'Amir Haddad', 'Kim');
  await keyboard.press('Enter');
  await page.getByText('Amir Haddad is with Kim Ji-woo now.').waitFor();
  await heldBy(page, 'Kim Ji-woo').getByText('Amir Haddad').waitFor();

  await beginMove(page, 'Amir Haddad', 'Ana P');
  await keyboard.press('Enter');
  await page.getByText('Ana Pereira has no room left').waitFor();
  await page.getByRole('button', { name: 'Give it anyway' }).focus();
  await keyboard.press('Enter');
  await heldBy(page, 'Ana Pereira').getByText('Amir Haddad').waitFor();
  await page.context().close();
});

inBrowser('an agent sees the loads, and has nothing to move', limit, async () => {
  const { page } = await invite(shared, { name: 'Quinn' });
  await page.goto(shared.at('/live'));
  await page.getByRole('table', { name: 'Agents' }).getByText('Kim Ji-woo').waitFor();
  await settle(page);
  expect(await page.getByTitle(/^Move /).count()).toBe(0);
});

inBrowser('why it is where it is, in the language of the reader', limit, async () => {
  const office = shared.office();
  const { items } = await office.call<{ items: { id: string; name: string }[] }>(
    'GET',
    '/api/v1/agents?limit=100',
  );
  const kim = items.find(({ name }) => name === 'Kim Ji-woo')?.id ?? '';
  const { id } = await hand(office, { name: 'Yusuf Demir', text: 'Hi', agentId: kim });
  const texts = {
    ko: [/대기열의 \d+번째/, /검토한 상담원 \d+명 중/, /님이|선택되었습니다/],
    id: [/urutan ke-\d+/, /Agen dipertimbangkan: \d+/, /dipilih menurut|memberikannya/],
    'pt-BR': [/na posição \d+/, /Agentes considerados: \d+/, /foi escolhido por|deu a conversa/],
    en: [/stands at place \d+/, /Agents considered: \d+/, /was chosen by|gave it to/],
  };
  for (const [language, [place, considered, given]] of Object.entries(texts)) {
    const page = await shared.open(null, { language });
    await signIn(page, office);
    await page.goto(shared.at('/inbox/waiting'));
    await openRow(page, 'Nadia Farouk');
    await page.keyboard.press('w');
    const why = page.getByRole('tabpanel');
    await why.getByText(place as RegExp).waitFor();
    await why
      .getByText(considered as RegExp)
      .first()
      .waitFor();
    await page.goto(shared.at(`/inbox/all/${id}`));
    await why
      .getByText(given as RegExp)
      .first()
      .waitFor();
    await page.context().close();
  }
});

inBrowser('reads the reports; the CSV of each says what the database says', limit, async () => {
  const { pool } = shared.office();
  const page = await shared.open(null);
  onTestFinished(() => page.context().close());
  await signIn(page, shared.office());
  await page.goto(shared.at('/reports'));
  await settle(page);
  const day = (by: number) => new Date(new Date().setUTCHours(24 * by, 0, 0, 0));
  const { rows } = await pool.query<Record<string, number>>(
    `select
      (select count(*)::int from conversation where queued_at >= $1 and queued_at < $2) as opened,
      (select count(*)::int from conversation where closed_at >= $1 and closed_at < $2) as closed,
      (select count(*)::int from message
        where author_kind = 'contact' and not history and created_at >= $1 and created_at < $2) as "messagesIn"`,
    [day(-6), day(1)],
  );
  const truth = rows[0] ?? {};
  for (const by of ['Day', 'Hour', 'Agent', 'Team', 'Channel']) {
    await page
      .getByRole('radiogroup', { name: 'By', exact: true })
      .getByText(by, { exact: true })
      .click();
    await page.getByRole('columnheader', { name: by, exact: true }).first().waitFor();
    await settle(page);
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV', exact: true }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(new RegExp(`^report-${by.toLowerCase()}-.*\\.csv$`));
    const lines = readCsv(await readFile(await file.path(), 'utf8'));
    const total = lines.find(({ key }) => key === 'total');
    const parts = lines.filter(({ key }) => key !== 'total');
    for (const [name, count] of Object.entries(truth)) {
      expect(Number(total?.[name]), `${name} in all, by ${by}`).toBe(count);
      const sum = parts.reduce((before, line) => before + Number(line[name]), 0);
      if (by !== 'Agent') expect(sum, `${name} row by row, by ${by}`).toBe(count);
    }
    const [table] = await page.getByRole('table').all();
    const shown = await table?.getByRole('row').last().textContent();
    expect(shown).toContain(`Total${total?.opened}${total?.assigned}${total?.closed}`);
  }
});
