// What a supervisor looks at: how times spread, the hours of the week, ratings, the lists behind figures, the wall, and why as a picture.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { settle } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { openRow } from './office-people.ts';
import { expectAccessible } from './open-browser.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();
const limit = { timeout: 180_000 };
const inBrowser = test.skipIf(!hasBrowser);

/** The figure of a button or heading such as “Received: 12”. */
const numberOf = (text: string | null) => Number((text ?? '').match(/\d+/)?.[0] ?? Number.NaN);

async function openBehind(page: Page, figure: ReturnType<Page['getByRole']>) {
  const shown = numberOf(await figure.textContent());
  await figure.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('table', { name: 'Conversations behind the figure' }).waitFor();
  return { shown, dialog };
}

inBrowser(
  'a figure opens the list of what it counts, and leads to the conversations',
  limit,
  async () => {
    const page = await shared.openAsAdmin('/reports');
    const table = page.getByRole('table', { name: 'Figures' });
    const total = table.locator('tfoot').getByRole('button', { name: /show the conversations/ });
    const { shown, dialog } = await openBehind(page, total.first());
    const heading = dialog.getByRole('heading').first();
    // The figure of the heading is counted by itself.
    const counted = async () => numberOf((await heading.textContent())?.split(':').at(-1) ?? '');
    await expect.poll(counted).toBe(shown);
    expect(await dialog.getByRole('row').count()).toBe(shown + 1);
    await expectAccessible(page);
    await dialog.getByRole('link').nth(1).click();
    await page.waitForURL(/\/inbox\/all\//);
  },
);

inBrowser(
  'times are told by their spread and day by day, and each bucket opens',
  limit,
  async () => {
    const page = await shared.openAsAdmin('/reports?section=times');
    await page.getByRole('region', { name: 'How long it took' }).getByText('As a table').click();
    const buckets = page.getByRole('table', { name: 'How long it took' });
    const figures = buckets.getByRole('button', { name: /show the conversations/ });
    const { shown, dialog } = await openBehind(page, figures.first());
    // Until they come, rows without words stand there.
    await expect.poll(() => dialog.getByRole('row').count()).toBe(shown + 1);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('First answer', { exact: true }).click();
    await page.getByRole('region', { name: 'Day by day' }).waitFor();
    await expectAccessible(page);
  },
);

inBrowser('the hours of the week are a table of figures, and the hour opens', limit, async () => {
  const page = await shared.openAsAdmin('/reports?section=week');
  const week = page.getByRole('table', { name: 'Week' });
  await week.waitFor();
  expect(await week.getByRole('row').count()).toBe(25);
  expect(await week.getByRole('columnheader').count()).toBe(8);
  const hour = week.getByRole('button', { name: /show the conversations/ }).first();
  await hour.click();
  await page.getByRole('dialog').getByRole('row').nth(1).waitFor();
  await expectAccessible(page);
});

inBrowser(
  'ratings stand with their words, and an empty span says so in one line',
  limit,
  async () => {
    const page = await shared.openAsAdmin('/reports?section=ratings');
    await page.getByText('Nobody gave a rating in this period.').waitFor();
    await shared.office().pool.query(
      `update conversation set rating_score = 4, rating_comment = 'Quick and kind', rated_at = now()
    where conversation_id = (select conversation_id from conversation where state = 'closed' limit 1)`,
    );
    await page.reload();
    await page
      .getByRole('region', { name: 'What people wrote' })
      .getByText('Quick and kind')
      .waitFor();
    const scores = page.getByRole('table', { name: 'Scores' });
    await scores.getByRole('cell', { name: '100%', exact: true }).waitFor();
    await page.route('**/api/v1/reports?*', async (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set('from', '2020-01-01T00:00:00Z');
      url.searchParams.set('to', '2020-01-02T00:00:00Z');
      await route.continue({ url: url.href });
    });
    await page.goto(shared.at('/reports'));
    await page.getByText('Nothing happened in this period. Choose a longer period.').waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
  },
);

inBrowser(
  'the wall opens by F over everything, and Escape or its button leaves it',
  limit,
  async () => {
    const page = await shared.openAsAdmin('/live');
    // The key is the page's own: it does nothing before the page is there.
    await page.getByRole('button', { name: 'Wall' }).waitFor();
    await page.keyboard.press('f');
    const wall = page.getByRole('dialog', { name: 'Live, for the wall' });
    await wall.getByRole('heading', { name: 'Waiting', exact: true }).waitFor();
    await wall.getByRole('region', { name: 'Agents by load' }).getByText('Budi Santoso').waitFor();
    await wall
      .getByRole('region', { name: 'Waiting by team' })
      .getByRole('listitem')
      .first()
      .waitFor();
    expect(new URL(page.url()).searchParams.get('wall')).toBe('true');
    const box = await wall.boundingBox();
    expect([box?.x, box?.y, box?.width]).toEqual([0, 0, 1280]);
    await settle(page);
    await expectAccessible(page);
    await wall.getByRole('button', { name: 'Leave the wall (Esc)' }).click();
    await wall.waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('wall')).toBeNull();
  },
);

inBrowser(
  'an address keeps the wall, also on a phone, and nothing is wider than it',
  limit,
  async () => {
    const page = await shared.openAsAdmin('/live?wall=true', { width: 390 });
    const wall = page.getByRole('dialog', { name: 'Live, for the wall' });
    await wall.getByRole('heading', { name: 'Longest wait' }).waitFor();
    await settle(page);
    const wide = await wall.evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await page.keyboard.press('Escape');
    await wall.waitFor({ state: 'detached' });
  },
);

inBrowser('why is a picture too: from all agents to those who could take it', limit, async () => {
  const page = await shared.openAsAdmin('/inbox/waiting');
  await openRow(page, 'Oliver Grant');
  await page.keyboard.press('w');
  const funnel = page.getByRole('table').filter({ hasText: 'All agents' });
  await funnel.waitFor();
  const left = await funnel.locator('tbody td:nth-child(2)').allTextContents();
  const counts = left.map(Number);
  expect(counts).toEqual(counts.toSorted((one, other) => other - one));
  expect(await funnel.getByText('Not online: ').count()).toBeGreaterThan(0);
  await page.getByRole('heading', { name: 'Agents by load, now' }).waitFor();
  await expectAccessible(page);
});
