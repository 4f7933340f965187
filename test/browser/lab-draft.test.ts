// From a draft of the policy by the lab into force, on records of a workspace's own.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { settle, signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();
const inBrowser = test.skipIf(!hasBrowser);

const choose = async (page: Page, label: string, option: string) => {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

async function openSigned(path: string): Promise<Page> {
  const page = await shared.open(null);
  await signIn(page, shared.office());
  await page.goto(shared.at(path));
  return page;
}

async function measureAndRun(page: Page): Promise<void> {
  await page.goto(shared.at('/lab'));
  await page.getByRole('button', { name: 'Measure and simulate' }).click();
  await page.getByRole('region', { name: 'Result', exact: true }).waitFor({ timeout: 60_000 });
  const beside = page.getByRole('table', { name: 'As recorded, beside as simulated' });
  expect(await beside.locator('td:first-child').allTextContents()).toEqual([
    ...['Mean wait', '19 of 20 within', 'Left without being served'],
  ]);
}

inBrowser(
  'a draft of Routing is tried beside the policy in force, taken back to Routing and put in force',
  { timeout: 240_000 },
  async () => {
    const page = await openSigned('/settings/routing/defaults');
    await choose(page, 'Who is preferred', 'In turn');
    await page.getByText('not in force yet').waitFor();
    await measureAndRun(page);
    expect(await page.getByRole('button', { name: 'Take to Routing' }).count()).toBe(0);
    await choose(page, 'Policy', 'Draft of Routing');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const take = page.getByRole('button', { name: 'Take to Routing' });
    await take.waitFor({ timeout: 60_000 });
    await settle(page);
    await expectAccessible(page);
    await take.click();
    await page.getByRole('button', { name: 'Put in force', exact: true }).click();
    await page.getByText('not in force yet').waitFor({ state: 'detached' });
    expect(
      await page.getByRole('combobox', { name: 'Who is preferred', exact: true }).inputValue(),
    ).toBe('In turn');
    await page.context().close();
  },
);

inBrowser(
  'a strategy that was tried replaces another draft only after it was asked',
  { timeout: 240_000 },
  async () => {
    const page = await openSigned('/settings/routing/defaults');
    await choose(page, 'Who is preferred', 'Longest idle');
    await page.getByText('not in force yet').waitFor();
    await measureAndRun(page);
    await choose(page, 'Who is preferred', 'Least loaded');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('button', { name: 'Take to Routing' }).click({ timeout: 60_000 });
    await page.getByRole('dialog', { name: 'Replace your draft?' }).waitFor();
    await page.getByRole('button', { name: 'Replace', exact: true }).click();
    const strategy = page.getByRole('combobox', { name: 'Who is preferred', exact: true });
    await strategy.waitFor();
    expect(await strategy.inputValue()).toBe('Least loaded');
    await page.context().close();
  },
);
