// What was told of waits, on the reports page: the shares within, before and after, and an honest empty page.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { settle } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { shareFilledOffice } from './share-office.ts';
import { shoot } from './shoot.ts';

const shared = shareFilledOffice();
const limit = { timeout: 180_000 };
const inBrowser = test.skipIf(!hasBrowser);
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function look(page: Page, name: string): Promise<void> {
  await settle(page);
  await shoot(page, `told-${name}`);
  await page.evaluate(axe);
  const found = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ' ' + nodes[0].html.slice(0, 200)))`,
  );
  expect(found, name).toEqual([]);
}

/** Over the last hours of yesterday: of ten in each, one was shorter and one longer. */
async function keepTold(): Promise<void> {
  await shared.office().pool.query(
    `insert into told_wait (workspace_id, conversation_id, told_at, nth, plan, method, place, expected, turns, low, middle,
      high, basis, outcome, waited)
    select workspace_id, gen_random_uuid(), date_trunc('day', now()) - make_interval(hours => 1 + n % 9), 0,
      case when n % 2 = 0 then 'Billing' end, 'state', 1, 200, 1, 60, 180, 420, '{}', 'served',
      case n / 9 when 0 then 30 when 1 then 600 else 100 + n end
    from workspace, generate_series(0, 89) n`,
  );
}

inBrowser(
  'shares and figures are shown by hour, plan and length, in four languages, and nothing is claimed where nothing was told',
  limit,
  async () => {
    const page = await shared.openAsAdmin('/reports?section=waits');
    await page.getByText('No range was told in this period').waitFor();
    await look(page, 'empty');
    await keepTold();
    await page.reload();
    const table = page.getByRole('table', { name: 'Waits told' });
    const total = table.getByRole('row').filter({ hasText: 'Total' });
    await total.getByText('80%').waitFor();
    expect(await table.getByRole('row').count()).toBe(11);
    await look(page, 'hours');
    await page.getByText('Plan', { exact: true }).first().click();
    await table.getByText('Billing').waitFor();
    await page.getByText('Length', { exact: true }).first().click();
    await table.getByText('from 2m').waitFor();
    for (const [language, width, scheme] of [
      ['id', 390, 'light'],
      ['ko', 1280, 'dark'],
      ['pt-BR', 1920, 'light'],
    ] as const) {
      const other = await shared.openAsAdmin('/reports?section=waits', { language, width, scheme });
      await other.getByRole('table').waitFor();
      await look(other, `${language}-${width}-${scheme}`);
    }
  },
);
