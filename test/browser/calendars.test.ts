// Whoever may change the policy draws a calendar, and exactly that is in force.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { settle } from './browse-office.ts';
import { openRouting, putInForce } from './draw-routing.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { pullInOneTask } from './pull-in-one-task.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

const limit = { timeout: 90_000 };
const shared = shareOffice(() => startTestOffice());
const inBrowser = test.skipIf(!hasBrowser);

interface Answer {
  policy: { calendars?: unknown[]; plans?: { hours?: { calendar: string } }[] };
}
const readPolicy = () => shared.office().call<Answer>('GET', '/api/v1/policy?names=true');

const openCalendars = () => openRouting(shared, 'calendars');

async function type(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: label, exact: true }).last();
  await field.fill(text);
  await field.press('Tab');
}

inBrowser(
  'office hours, a night over midnight and a holiday are drawn, and are in force as they were drawn',
  limit,
  async () => {
    const page = await openCalendars();
    await page.getByRole('button', { name: 'Office hours Mon–Fri 9–17' }).click();
    await type(page, 'Name', 'Desk');
    const zone = page.getByRole('combobox', { name: 'Time zone' });
    await zone.fill('sao paulo');
    await page.getByRole('option', { name: 'America/Sao Paulo (GMT-3)' }).click();
    await page.getByRole('button', { name: 'Hours of Friday' }).click();
    await page.getByRole('button', { name: 'Add hours' }).click();
    await type(page, 'Friday: opens at', '22');
    await type(page, 'Friday: closes at', '2 am');
    await page.getByText('ends on the next day').waitFor();
    await page.getByRole('button', { name: 'Add a date' }).click();
    const date = page.getByLabel('Date', { exact: true });
    await date.fill('2031-12-25');
    await date.press('Enter');
    await page.getByText('2031', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Dec 24, 2031' }).click();
    await page.getByRole('checkbox', { name: /Dec 24, 2031/ }).uncheck();
    await type(page, 'Wed, Dec 24, 2031: closes at', '12');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
    await putInForce(page);

    expect((await readPolicy()).policy.calendars).toEqual([
      {
        name: 'Desk',
        timeZone: 'America/Sao_Paulo',
        weekly: [
          { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' },
          { days: ['fri'], from: '22:00', to: '02:00' },
        ],
        exceptions: [{ date: '2031-12-24', from: '09:00', to: '12:00' }, { date: '2031-12-25' }],
      },
    ]);
    await page.context().close();
  },
);

inBrowser(
  'hours are drawn with the pointer, pulled over midnight and moved by keys',
  limit,
  async () => {
    const { policy } = await readPolicy();
    const calendars = [{ name: 'Empty', timeZone: 'UTC', weekly: [] }];
    await shared.office().call('PUT', '/api/v1/policy', { ...policy, calendars });
    const page = await openCalendars();
    await page.locator('[data-day="6"]').scrollIntoViewIfNeeded();
    const lane = async (day: number) => {
      const box = await page.locator(`[data-day="${day}"]`).boundingBox();
      if (box === null) throw new Error('There is no such day.');
      return (hour: number) => ({ x: box.x + (box.width * hour) / 24, y: box.y + box.height / 2 });
    };
    const drag = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
      await page.mouse.move(to.x, to.y);
      await page.mouse.up();
    };
    const row = await lane(1);
    await drag(row(18), row(22));
    const end = page.getByRole('slider', { name: 'Tuesday: closes at' });
    await end.waitFor();
    expect(await end.getAttribute('aria-valuetext')).toBe('22:00');
    // The bar of the draft has come, and may have moved the rows.
    await settle(page);
    const [tuesday, wednesday] = [await lane(1), await lane(2)];
    await drag({ ...tuesday(22), x: tuesday(22).x - 2 }, wednesday(3));
    await page.getByText('18:00 – 03:00').waitFor();
    expect(await end.getAttribute('aria-valuetext')).toBe('03:00 on the next day');
    await end.press('ArrowLeft');
    await page.getByRole('slider', { name: 'Tuesday: opens at' }).press('PageUp');
    await page.getByText('19:00 – 02:45').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('18:00 – 02:45').waitFor();
    await end.press('Delete');
    expect(await page.getByRole('slider').count()).toBe(0);
    await page.context().close();
  },
);

inBrowser(
  'hours that are let go before they are drawn anew end where the pointer is',
  limit,
  async () => {
    const { policy } = await readPolicy();
    const hours = { days: ['tue'], from: '09:00', to: '12:00' };
    const calendars = [{ name: 'Mornings', timeZone: 'UTC', weekly: [hours] }];
    await shared.office().call('PUT', '/api/v1/policy', { ...policy, calendars });
    const page = await openCalendars();
    const end = page.getByRole('slider', { name: 'Tuesday: closes at' });
    const day = await page.locator('[data-day="1"]').boundingBox();
    if (day === null) throw new Error('There is no such day.');
    await pullInOneTask(end, ({ y }) => ({ x: day.x + (day.width * 18) / 24, y }));
    await page.getByText('09:00 – 18:00').waitFor();
    await page.context().close();
  },
);

inBrowser(
  'a calendar that a plan names is renamed in it too, and is not removed',
  limit,
  async () => {
    const { call } = shared.office();
    const { policy } = await readPolicy();
    const calendar = { name: 'Hours', timeZone: 'UTC', weekly: [] };
    const plan = { name: 'All', steps: [{ after: 0 }] };
    await call('PUT', '/api/v1/policy', {
      ...policy,
      calendars: [calendar],
      plans: [{ ...plan, hours: { calendar: 'Hours', otherwise: 'queue' } }],
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      rules: [{ name: 'Everybody', then: { plan: 'All' } }],
    });
    const page = await openCalendars();
    await page.getByRole('button', { name: 'Remove Hours' }).click();
    await page.getByRole('alert').getByText('Plan “All”').waitFor();
    await type(page, 'Name', 'Shop');
    await putInForce(page);
    expect((await readPolicy()).policy.plans?.[0]?.hours?.calendar).toBe('Shop');
    await page.context().close();
  },
);
