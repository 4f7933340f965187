// Whoever may change the policy draws a plan, and exactly that is in force; everybody else sees it.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { readyWords } from '../../src/contract/policy/ready-words.ts';
import { openRouting, putInForce } from './draw-routing.ts';
import { hasBrowser } from './launch-browser.ts';
import { invite } from './office-people.ts';
import { expectAccessible } from './open-browser.ts';
import { pullInOneTask } from './pull-in-one-task.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);
const office = (name: string) => ({
  name,
  timeZone: 'UTC',
  weekly: [{ days: ['mon'], from: '08:00', to: '17:00' }],
});

const shared = shareOffice(async () => {
  const started = await startTestOffice();
  const { call } = started;
  const make = async (path: string, body: object) =>
    (await call<{ id: string }>('POST', `/api/v1/${path}`, body)).id;
  const team = await make('teams', { name: 'Billing' });
  const visa = await make('skills', { name: 'Visa' });
  await make('agents', {
    name: 'Dewi',
    teamIds: [team],
    skillIds: [visa],
    skillLevels: { [visa]: 4 },
    availability: 'online',
  });
  await make('agents', {
    name: 'Budi',
    teamIds: [team],
    skillIds: [visa],
    skillLevels: { [visa]: 2 },
  });
  return started;
});

interface Answer {
  policy: Record<string, unknown> & { plans?: Record<string, unknown>[]; rules?: unknown[] };
}
const readPolicy = async () =>
  (await shared.office().call<Answer>('GET', '/api/v1/policy?names=true')).policy;

async function keepPolicy(parts: object): Promise<void> {
  await shared.office().call('PUT', '/api/v1/policy', { ...(await readPolicy()), ...parts });
}

const openPlans = () => openRouting(shared, 'plans');

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function type(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: label, exact: true });
  await field.fill(text);
  await field.press('Tab');
}

async function turnOn(page: Page, part: string): Promise<void> {
  await page.getByRole('switch', { name: part, exact: true }).check({ force: true });
}

// biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
const everybody = (plan: string) => [{ name: 'Everybody', then: { plan } }];

inBrowser(
  'a plan with three steps, hours, targets and an order of preference is drawn, and is in force as it was drawn',
  limit,
  async () => {
    await keepPolicy({ calendars: [office('Office')] });
    const page = await openPlans();
    await page.getByRole('button', { name: /Everybody at once/ }).click();
    await type(page, 'Name', 'Invoices');
    await choose(page, 'Team', 'Billing');
    await page.getByText('These', { exact: true }).click();
    await choose(page, 'Add a skill', 'Visa');
    await page.getByRole('radiogroup', { name: 'Level in Visa' }).getByText('3').click();
    await page.getByText('1 online of 1 could have it').waitFor();
    await page.getByRole('button', { name: 'Add a step' }).click();
    await page.getByRole('radiogroup', { name: 'Level in Visa' }).getByText('2').click();
    await page.getByText('1 online of 2 could have it').waitFor();
    await page.getByRole('button', { name: 'Add a step' }).click();
    await type(page, 'Begins after', '3');
    await choose(page, 'Team', 'Anybody');
    await choose(page, 'Priority', 'High');
    const second = page.getByRole('slider', { name: 'Beginning of step 2' });
    await second.press('PageUp');
    await second.press('ArrowLeft');
    await turnOn(page, 'Who is preferred');
    await page.getByRole('button', { name: 'Move Longest idle', exact: true }).press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Move Longest idle',
    );
    await turnOn(page, 'The agent whom the contact knows');
    await type(page, 'Only they are asked for', '45');
    await choose(page, 'Unit of “Only they are asked for”', 'seconds');
    await choose(page, 'Add a criterion', 'Whom the contact knows');
    await turnOn(page, 'Opening hours');
    await turnOn(page, 'Targets');
    await choose(page, 'Counted in the hours of', 'Office');
    await choose(page, 'Order in line', 'Whose target is due first');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
    await page.getByText('No rule leads to plan “Invoices”').waitFor();
    await putInForce(page);

    expect((await readPolicy()).plans).toEqual([
      {
        name: 'Invoices',
        steps: [
          { after: 0, team: 'Billing', skills: { Visa: 3 } },
          { after: 115, team: 'Billing', skills: { Visa: 2 } },
          { after: 180, team: null, skills: { Visa: 2 }, priority: 'high' },
        ],
        prefer: ['longest-idle', 'least-loaded', 'sticky'],
        sticky: { within: '30d', waitFor: 45 },
        hours: { calendar: 'Office', otherwise: 'queue' },
        targets: { firstAnswer: 60, calendar: 'Office' },
        order: 'due',
      },
    ]);
    await page.context().close();
  },
);

inBrowser(
  'a plan that rules and plans name is renamed everywhere at once, and is removed only when nobody names it',
  limit,
  async () => {
    const step = { steps: [{ after: 0 }] };
    await keepPolicy({
      calendars: [office('Office')],
      plans: [
        { name: 'Day', ...step, hours: { calendar: 'Office', otherwise: 'plan:Night' } },
        { name: 'Night', ...step },
        { name: 'Old', ...step },
      ],
      rules: everybody('Day'),
    });
    const page = await openPlans();
    const names = page.getByRole('navigation', { name: 'Plans of this policy' });
    await names.getByRole('button', { name: 'Night' }).click();
    await page.getByRole('button', { name: 'Remove Night' }).click();
    await page.getByRole('alert').getByText('Plan “Day”').waitFor();
    await type(page, 'Name', 'Late');
    await names.getByRole('button', { name: 'Old' }).click();
    await page.getByRole('button', { name: 'Remove Old' }).click();
    await names.getByRole('button', { name: 'Old' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await names.getByRole('button', { name: 'Old' }).waitFor();
    await page.getByRole('button', { name: 'Redo' }).click();
    await names.getByRole('button', { name: 'Day' }).click();
    await page.getByRole('button', { name: 'Copy Day' }).click();
    await page
      .getByRole('textbox', { name: 'Name' })
      .and(page.locator('[value="Day 2"]'))
      .waitFor();
    await putInForce(page);
    const { plans } = await readPolicy();
    expect(plans?.map(({ name, hours }) => [name, hours])).toEqual([
      ['Day', { calendar: 'Office', otherwise: 'plan:Late' }],
      ['Late', undefined],
      ['Day 2', { calendar: 'Office', otherwise: 'plan:Late' }],
    ]);
    await page.context().close();
  },
);

inBrowser('what cannot be put in force is said at its field with what to do', limit, async () => {
  await keepPolicy({
    plans: [{ name: 'Day', steps: [{ after: 0 }, { after: 60, team: null }] }],
    rules: everybody('Day'),
  });
  const page = await openPlans();
  await page.getByRole('button', { name: /Step 2/ }).click();
  await page.getByRole('button', { name: 'Add a step' }).click();
  await type(page, 'Begins after', '1');
  await page.getByText('not later than the step before it').waitFor();
  await page.getByText('is wrong').waitFor();
  expect(await page.getByRole('button', { name: 'Put in force' }).isDisabled()).toBe(true);
  await page.context().close();
});

inBrowser('a supervisor sees a plan and changes nothing', limit, async () => {
  await keepPolicy({
    plans: [
      {
        name: 'Day',
        steps: [
          { after: 0, team: 'Billing' },
          { after: 60, team: null },
        ],
      },
    ],
    rules: everybody('Day'),
  });
  const { page } = await invite(shared, { name: 'Siti', role: 'supervisor' });
  await page.goto(shared.at('/settings/routing/plans'));
  await page.getByRole('group', { name: 'Timeline of the plan' }).getByText('Billing').waitFor();
  expect(await page.getByRole('textbox', { name: 'Name' }).isDisabled()).toBe(true);
  for (const name of ['Add a step', 'New plan', 'Copy Day', 'Remove Day']) {
    expect(await page.getByRole('button', { name }).count()).toBe(0);
  }
  expect(await page.getByRole('slider').count()).toBe(0);
  await page.context().close();
});

inBrowser(
  'a step that is let go before it is drawn anew begins where the pointer is',
  limit,
  async () => {
    const steps = [{ after: 0 }, { after: 60 }, { after: 600 }];
    await keepPolicy({ plans: [{ name: 'Steps', steps }], rules: everybody('Steps') });
    const page = await openPlans();
    const second = page.getByRole('slider', { name: 'Beginning of step 2' });
    const before = Number(await second.getAttribute('aria-valuenow'));
    await pullInOneTask(second, ({ x, y }) => ({ x: x + 40, y }));
    await expect
      .poll(async () => Number(await second.getAttribute('aria-valuenow')))
      .toBeGreaterThan(before);
    await page.context().close();
  },
);

inBrowser('what a plan says begins with a text that can be used as it is', limit, async () => {
  await keepPolicy({
    plans: [{ name: 'Talking', steps: [{ after: 0 }] }],
    rules: everybody('Talking'),
  });
  const page = await openPlans();
  await turnOn(page, 'Words to the contact');
  const cause = page.getByRole('group', { name: 'It has to wait' });
  await cause.getByRole('button', { name: /^Say something/ }).click();
  const { en = '' } = readyWords.queued;
  await expect.poll(() => cause.getByRole('textbox', { name: 'English' }).inputValue()).toBe(en);
  await putInForce(page);
  expect((await readPolicy()).plans).toEqual([
    { name: 'Talking', steps: [{ after: 0 }], words: { queued: { en } } },
  ]);
  await page.context().close();
});
