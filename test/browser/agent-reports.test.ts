// The reports on agents in a browser on the real server: shifts uploaded, adherence, and one's own day.
import { expect, test } from 'vitest';
import { settle, signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { invite } from './office-people.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();
const limit = { timeout: 180_000 };
const inBrowser = test.skipIf(!hasBrowser);

const file = (csv: string) => ({
  name: 'shifts.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(csv),
});

inBrowser('shifts are uploaded after their faults were shown, by keyboard too', limit, async () => {
  const page = await shared.open(null);
  await signIn(page, shared.office());
  await page.goto(shared.at('/reports?section=shifts'));
  await page.getByText('No shifts in this period').waitFor();
  await page.getByRole('button', { name: 'Upload shifts' }).first().press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Upload shifts' });
  const day = new Date().toISOString().slice(0, 10);
  const choose = dialog.locator('input[type=file]');
  await choose.setInputFiles(file(`agent,start,end,status\nNobody,${day} 09:00,${day} 17:00,\n`));
  await dialog.getByText('Nobody has this name or address.').waitFor();
  const apply = dialog.getByRole('button', { name: 'Replace shifts' });
  expect(await apply.isDisabled()).toBe(true);
  await choose.setInputFiles(
    file(
      `agent,start,end,status\nana@example.com,${day} 00:00,${day} 23:00,\nana@example.com,${day} 01:00,${day} 01:30,away\n`,
    ),
  );
  await dialog.getByText('3 shifts of 1 people.').waitFor();
  await apply.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const table = page.getByRole('table', { name: 'Adherence' });
  await table.getByText('Ana Pereira').waitFor();
  await table.getByRole('link', { name: 'Show today' }).click();
  await page.getByRole('heading', { name: 'My day' }).waitFor();
  await page.getByRole('list', { name: 'Planned' }).waitFor();
  expect(await page.getByRole('list', { name: 'Planned' }).getByRole('listitem').count()).toBe(3);
});

inBrowser('each section shows its table, and the address keeps which', limit, async () => {
  const page = await shared.open(null);
  await signIn(page, shared.office());
  await page.goto(shared.at('/reports'));
  for (const [tab, table] of [
    ['Occupancy', 'Occupancy'],
    ['Given and offered', 'Given and offered'],
    ['Answers', 'Answers'],
    ['Statuses', 'Time per status'],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click();
    await settle(page);
    await page.getByRole('table', { name: table }).waitFor();
  }
  await page.reload();
  await page.getByRole('table', { name: 'Time per status' }).waitFor();
  await page.getByRole('tab', { name: 'Answers' }).click();
  const answers = page.getByRole('table', { name: 'Answers' });
  for (const group of ['First answer', 'First answer after being given', 'Next answers']) {
    await answers.getByRole('columnheader', { name: group, exact: true }).waitFor();
  }
  expect(await answers.getByRole('columnheader', { name: 'Median' }).count()).toBe(3);
});

inBrowser('an agent sees the own day, and no reports', limit, async () => {
  const { page } = await invite(shared, { name: 'Wati' });
  await page.getByRole('link', { name: 'My day' }).click();
  await page.getByRole('heading', { name: 'My day' }).waitFor();
  await page.getByRole('list', { name: 'Status' }).waitFor();
  await page.getByText('Occupancy').waitFor();
  await page.getByRole('button', { name: 'Day before' }).press('Enter');
  await page.getByText('Yesterday').waitFor();
  expect(await page.getByRole('link', { name: 'Reports' }).count()).toBe(0);
});

inBrowser('where figures of a day cannot be read none are shown', limit, async () => {
  const page = await shared.open(null);
  await signIn(page, shared.office());
  await page.route('**/api/v1/reports/offers*', (route) =>
    route.fulfill({ status: 503, body: '{}' }),
  );
  await page.goto(shared.at('/day'));
  const retry = page.getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  expect(await page.getByText('Given', { exact: true }).count()).toBe(0);
  await page.unroute('**/api/v1/reports/offers*');
  await retry.click();
  await page.getByText('Given', { exact: true }).waitFor();
});
