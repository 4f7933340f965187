// Simulating in the lab: the example, changes beside it, a stop, a faulty file; by keyboard, on a phone and on a wide screen.
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { exampleScenario } from '../../web/components/lab/example-scenario.ts';
import { settle, signIn } from './browse-office.ts';
import { intercept } from './intercept.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';
import { shoot } from './shoot.ts';

const shared = shareOffice(startTestOffice);
const limit = { timeout: 240_000 };
/** Five runs, on a machine that is busy. */
const slow = { timeout: 90_000 };
const inBrowser = test.skipIf(!hasBrowser);

/** All of the page at once. */
const TALL = 3000;

const result = (page: Page) => page.getByRole('region', { name: 'Result', exact: true });

async function openLab(): Promise<Page> {
  const page = await shared.open(null);
  await signIn(page, shared.office());
  await page.goto(shared.at('/inbox/mine'));
  await page.getByRole('link', { name: 'Lab', exact: true }).click();
  await page.getByRole('heading', { name: 'Lab', level: 1 }).waitFor();
  return page;
}

async function unfoldTables(page: Page): Promise<void> {
  const folded = result(page).getByText('As a table');
  await folded.first().waitFor(slow);
  for (const one of await folded.all()) await one.click();
}

const choose = (page: Page, source: string) => page.getByText(source, { exact: true }).click();

inBrowser(
  'the example is simulated; fewer agents are shown beside it, with whether they differ',
  limit,
  async () => {
    const page = await openLab();
    await page.getByText('Nothing is simulated yet').waitFor();
    await choose(page, 'Example');
    await page.getByRole('button', { name: 'Simulate', exact: true }).click();
    await result(page).waitFor(slow);
    await unfoldTables(page);
    for (const name of [
      'Distribution of waits',
      'Wait over the day',
      'Waits in detail',
      'Use of agents',
      'Who serves whom',
    ]) {
      await result(page).getByRole('table', { name }).waitFor();
    }
    expect(await result(page).getByText('as it is:').count()).toBe(0);
    const waits = result(page).getByRole('table', { name: 'Waits in detail' });
    await waits.getByRole('row', { name: 'refunds' }).waitFor();
    await choose(page, 'First answer, 19 of 20 within');
    await result(page).getByText('Agents', { exact: true }).first().click();
    expect(await waits.getByRole('row').allTextContents()).toEqual([
      'AgentsAs it is',
      ...['both', 'orders'].map((name) => expect.stringMatching(new RegExp(`^${name}.+ ± .+`))),
    ]);

    await page.getByRole('textbox', { name: 'Number of both' }).fill('1');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await result(page).getByText('· a difference').first().waitFor(slow);
    const use = result(page).getByRole('table', { name: 'Use of agents' });
    expect(await use.getByRole('columnheader').allTextContents()).toEqual([
      ...['Agents', 'As it is', 'Changed'],
    ]);
    await page.setViewportSize({ width: 1280, height: TALL });
    await settle(page);
    await expectAccessible(page);
    await shoot(page, 'lab-1280-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 390, height: TALL });
    await settle(page);
    await expectAccessible(page);
    const isWide = () => document.documentElement.scrollWidth > window.innerWidth;
    expect(await page.evaluate(isWide)).toBe(false);
    await shoot(page, 'lab-390-dark');
    await page.setViewportSize({ width: 1920, height: TALL });
    await settle(page);
    await shoot(page, 'lab-1920-dark');
    await page.context().close();
  },
);

inBrowser(
  'the same as before shows no difference, and a run is begun by keyboard',
  limit,
  async () => {
    const page = await openLab();
    await choose(page, 'Example');
    await page.getByRole('button', { name: 'Simulate', exact: true }).focus();
    await page.keyboard.press('Enter');
    await result(page).waitFor(slow);
    await page.getByRole('button', { name: 'Run', exact: true }).focus();
    await page.keyboard.press('Enter');
    const equal = () => result(page).getByText('no difference shown').count();
    await expect.poll(equal, slow).toBe(8);
    await page.context().close();
  },
);

/** More than a phone has room for beside each other. */
const names = ['Amelia Hartono', 'Benedict Santoso', 'Carolina Lestari', 'Dominic Prasetyo'];

const offering = {
  ...exampleScenario,
  arrivals: 1000,
  agents: [
    ...exampleScenario.agents,
    ...names.map((name) => ({ name, capacity: 1, skills: { refunds: 3 } })),
  ],
  policy: {
    plans: [{ name: 'Ask', steps: [{ after: 0 }], offer: { within: 20, misses: 3 } }],
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: 'All', then: { plan: 'Ask' } }],
  },
};

/** Of all tables with figures over the runs: those cells that show a figure without its interval in these words. */
const cellsWithout = (page: Page, words: string) =>
  page
    .locator('section section')
    .filter({ has: page.locator('svg') })
    .locator('td:not(:first-child)')
    .evaluateAll(
      (cells, spoken) =>
        cells
          .map((cell) => cell.textContent ?? '')
          .filter(
            (text) => !/^(–|.+ ± .+)$/.test(text) || (text !== '–' && !text.includes(spoken)),
          ),
      words,
    );

inBrowser.each([
  { language: 'en', file: 'File', runs: 'the mean of 5 runs', words: 'plus or minus' },
  { language: 'id', file: 'Berkas', runs: 'rata-rata dari 5', words: 'kurang lebih' },
  { language: 'ko', file: '파일', runs: '5번 실행한 평균', words: '플러스마이너스' },
  { language: 'pt-BR', file: 'Arquivo', runs: 'média de 5 execuções', words: 'mais ou menos' },
])(
  'in $language each figure over the runs has its interval, for the eye and for a screen reader',
  limit,
  async ({ language, file, runs, words }) => {
    const page = await shared.open(null, { language });
    await signIn(page, shared.office());
    await page.goto(shared.at('/lab'));
    await choose(page, file);
    await uploadFile(page, 'offers.json', JSON.stringify(offering));
    await page.getByText(runs).waitFor(slow);
    for (const one of await page.locator('summary').all()) await one.click();
    expect(await page.locator('td').getByText(words).count()).toBeGreaterThan(20);
    expect(await cellsWithout(page, words)).toEqual([]);
    await expectAccessible(page);
    if (language === 'en') {
      const offers = result(page).getByRole('table', { name: 'Offers' });
      expect(await offers.getByRole('columnheader').allTextContents()).toEqual([
        ...['Agents', 'Offered', 'Declined', 'Missed', 'Customer left'],
      ]);
    }
    await page.setViewportSize({ width: 390, height: TALL });
    await settle(page);
    const isWide = () => document.documentElement.scrollWidth > window.innerWidth;
    expect(await page.evaluate(isWide)).toBe(false);
    await shoot(page, `intervals-${language}`);
    await page.context().close();
  },
);

inBrowser(
  'a file with a bot and transfers shows what the bot ended and handed over, and how long people wait again',
  limit,
  async () => {
    const page = await openLab();
    await choose(page, 'File');
    const scenario = {
      ...{ ...exampleScenario, arrivals: 1000 },
      kinds: exampleScenario.kinds.map((kind) => ({
        ...{ ...kind, transfers: { share: 0.3, after: { fixed: 60 } } },
      })),
      agents: [
        ...exampleScenario.agents,
        { name: 'Botty', capacity: 100, bot: { talk: { fixed: 30 }, ends: 0.4, silent: 0.1 } },
      ],
      policy: {
        plans: [{ name: 'Shop', steps: [{ after: 0 }], bot: { agent: 'Botty' } }],
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        rules: [{ name: 'All', then: { plan: 'Shop' } }],
      },
    };
    await uploadFile(page, 'bot.json', JSON.stringify(scenario));
    await result(page).getByText('Ended by a bot').waitFor(slow);
    const bots = result(page).getByRole('table', { name: 'Bots' });
    expect(await bots.getByRole('columnheader').allTextContents()).toEqual([
      ...['Agents', 'Ended', 'Handed over', 'Silent'],
    ]);
    const [name, ...counts] = await bots.getByRole('cell').allTextContents();
    expect(name).toBe('Botty');
    expect(counts.every((count) => Number(count) > 0)).toBe(true);
    const transfers = result(page).getByRole('table', { name: 'Transfers' });
    const again = await transfers.getByRole('row').allTextContents();
    expect(again[0]).toBe('KindTransferredMean wait19 of 20 withinLeft meanwhile');
    expect(again.slice(1)).toEqual([
      ...['orders', 'refunds'].map((kind) =>
        expect.stringMatching(new RegExp(`^${kind}(2[5-9]|3[0-5])% ± .*% ± `)),
      ),
    ]);
    await page.getByRole('textbox', { name: 'Number of Botty' }).fill('0');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const without = result(page).getByText('as it is:').filter({ hasText: 'a difference' });
    await without.first().waitFor(slow);
    expect(await bots.count()).toBe(0);
    await page.setViewportSize({ width: 1280, height: TALL });
    await settle(page);
    await expectAccessible(page);
    await shoot(page, 'lab-bot-1280');
    await page.context().close();
  },
);

async function uploadFile(page: Page, name: string, text: string): Promise<void> {
  const path = join(tmpdir(), `usher-lab-${crypto.randomUUID()}-${name}`);
  await writeFile(path, text);
  await page.locator('input[type="file"]').setInputFiles(path);
}

const gold = { fields: { 'contact.attributes.tier': 'gold' } };
const goldFirst = [
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  { name: 'Gold', when: { field: 'contact.attributes.tier', is: 'gold' }, then: { plan: 'Gold' } },
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  { name: 'Everybody else', then: { plan: 'Now' } },
];

inBrowser('a file with a profile and plans shows its busy hours and each plan', limit, async () => {
  const page = await openLab();
  await choose(page, 'File');
  const [orders, refunds] = exampleScenario.kinds;
  const rates = Array.from({ length: 24 }, (_, hour) => (hour === 12 ? 0.2 : 0.002));
  const { rate: _, ...rest } = orders as object & { rate: number };
  const scenario = {
    ...{ ...exampleScenario, arrivals: 3000 },
    kinds: [
      { ...rest, profile: { every: 3600, rates } },
      { ...refunds, needs: gold },
      { ...refunds, name: 'Klingon', rate: 0.001, needs: { skills: { klingon: 1 } } },
    ],
    policy: {
      plans: ['Now', 'Gold'].map((name) => ({ name, steps: [{ after: 0 }] })),
      rules: goldFirst,
    },
  };
  await uploadFile(page, 'busy.json', JSON.stringify(scenario));
  await unfoldTables(page);
  const day = result(page).getByRole('table', { name: 'Wait over the day' });
  await day.waitFor(slow);
  const waits = await day.getByRole('row').allTextContents();
  expect(waits).toHaveLength(25);
  await result(page).getByRole('table', { name: 'Served within a minute, by plan' }).waitFor();
  await result(page).getByText('Nobody of these was served: Klingon.').waitFor();
  expect(waits[13]).toMatch(/^12:00\d+m /);
  await expectAccessible(page);
  await shoot(page, 'busy');
  await page.context().close();
});

inBrowser(
  'where the server fails, the lab says so, and runs once it works again',
  limit,
  async () => {
    const page = await openLab();
    await choose(page, 'Example');
    await page.route('**/api/v1/simulations', (route) =>
      route.fulfill({ status: 503, body: '{}' }),
    );
    await page.getByRole('button', { name: 'Simulate', exact: true }).click();
    await page.getByRole('alert').first().waitFor();
    await page.unroute('**/api/v1/simulations');
    await page.getByRole('button', { name: 'Simulate', exact: true }).click();
    await result(page).waitFor(slow);
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.context().close();
  },
);

inBrowser('a run is stopped; what is wrong with a file is said at its place', limit, async () => {
  const page = await openLab();
  await choose(page, 'File');
  const upload = (name: string, text: string) => uploadFile(page, name, text);
  await upload('list.json', '[1, 2]');
  await page.getByText('This file is no scenario').waitFor();
  await upload('long.json', JSON.stringify({ ...exampleScenario, arrivals: 1_000_000 }));
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('The run was stopped.').waitFor();
  await upload('faulty.json', JSON.stringify({ ...exampleScenario, warmUp: 2 }));
  await page.getByRole('alert').getByText('/warmUp').waitFor();
  await expectAccessible(page);
  await page.context().close();
});

inBrowser('a stop that is asked for while the run is being begun is kept', limit, async () => {
  const page = await openLab();
  const begun = Promise.withResolvers<void>();
  const onItsWay = Promise.withResolvers<void>();
  await intercept(page, '**/api/v1/simulations', async (route) => {
    onItsWay.resolve();
    await begun.promise;
    await route.continue();
  });
  await choose(page, 'File');
  const long = JSON.stringify({ ...exampleScenario, arrivals: 1_000_000 });
  await uploadFile(page, 'long.json', long);
  await onItsWay.promise;
  await page.getByRole('button', { name: 'Stop' }).click();
  begun.resolve();
  await page.getByText('The run was stopped.').waitFor();
  await page.context().close();
});

inBrowser('where nothing came in the span, the lab says so', limit, async () => {
  const page = await openLab();
  await page.getByRole('button', { name: 'Measure and simulate' }).click();
  await page.getByRole('alert').getByText('Nothing came in that span').waitFor();
  await page.context().close();
});
