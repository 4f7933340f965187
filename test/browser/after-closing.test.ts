// What an agent sees once a conversation is closed, in a browser on the real server.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { hasBrowser } from './launch-browser.ts';
import { hand, invite, openRow, row } from './office-people.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();
const inBrowser = test.skipIf(!hasBrowser);

inBrowser('two keys close a conversation and open the next, or the list by choice', async () => {
  const office = shared.office();
  const { page, agentId } = await invite(shared, { name: 'Hilda' });
  // The latest stands above.
  const names = ['Ana Lima', 'Bo Berg', 'Cem Kaya', 'Dan Ohara'];
  for (const name of names) await hand(office, { name, text: `I am ${name}`, agentId });
  await openRow(page, 'Cem Kaya');
  await closeByKeys(page);
  await shows(page, 'Bo Berg');
  await row(page, 'Cem Kaya').waitFor({ state: 'detached' });
  await closeByKeys(page);
  await shows(page, 'Ana Lima');
  // The last one has nobody below.
  await closeByKeys(page);
  await shows(page, 'Dan Ohara');
  const closed = await office.call<{ items: object[] }>('GET', closedOf(agentId));
  expect(closed.items).toHaveLength(3);

  await page.goto(new URL('/profile', page.url()).href);
  const choice = page.getByRole('radiogroup', { name: 'After closing a conversation' });
  await choice.getByText('The list').click();
  await page.goto(new URL('/inbox/mine', page.url()).href);
  await hand(office, { name: 'Eva Sol', text: 'I am Eva Sol', agentId });
  await openRow(page, 'Eva Sol');
  await closeByKeys(page);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.waitForURL('**/inbox/mine');
  await row(page, 'Dan Ohara').waitFor();
});

const closedOf = (agentId: string) => `/api/v1/conversations?state=closed&agentId=${agentId}`;

async function closeByKeys(page: Page): Promise<void> {
  await page.keyboard.press('e');
  await page.getByRole('dialog', { name: 'Close the conversation' }).waitFor();
  await page.keyboard.press('Control+Enter');
}

async function shows(page: Page, name: string): Promise<void> {
  await page.getByRole('log').getByText(`I am ${name}`).waitFor();
}
