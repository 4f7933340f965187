// Replaying a span in the lab: what comes out again, what does not and why, what was given by hand, and what if.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { settle } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';
import { shoot } from './shoot.ts';

const shared = shareOffice(startTestOffice);
const limit = { timeout: 240_000 };
const inBrowser = test.skipIf(!hasBrowser);
const TALL = 3000;

const CAME = 6;

/** Six come and are given to Sari and Budi, then one is moved by hand. */
async function giveSome(): Promise<void> {
  const { call, pool } = shared.office();
  const channel = await call<{ id: string }>('POST', '/api/v1/channels', {
    ...{ kind: 'api', name: 'Shop' },
  });
  const agents: string[] = [];
  for (const name of ['Sari', 'Budi']) {
    const body = { name, availability: 'online', capacity: CAME };
    agents.push((await call<{ id: string }>('POST', '/api/v1/agents', body)).id);
  }
  for (let nth = 0; nth < CAME; nth += 1) {
    const body = { externalId: `case-${nth}`, contact: { externalId: `c-${nth}` } };
    await call('POST', `/api/v1/channels/${channel.id}/conversations`, body);
  }
  const given = async () =>
    (await pool.query('select conversation_id as id, agent_id as agent from assignment')).rows;
  await expect.poll(async () => (await given()).length, { timeout: 30_000 }).toBe(CAME);
  const [one] = await given();
  const agentId = agents.find((id) => id !== one.agent);
  await call('POST', `/api/v1/conversations/${one.id}/transfer`, { agentId, force: true });
}

/** One decision names somebody else than whom the record leads to. */
const SWAP = `update decision d set agent_id = a.agent_id from agent a
  where a.workspace_id = d.workspace_id and a.agent_id <> d.agent_id and a.name in ('Sari', 'Budi')
    and d.assignment_id = (select max(assignment_id::text)::uuid from decision)`;

async function openReplay(): Promise<Page> {
  const page = await shared.openAsAdmin('/lab');
  await page.getByRole('link', { name: 'Replay a span' }).click();
  await page.getByRole('heading', { name: 'Replay a span', level: 1 }).waitFor();
  return page;
}

const run = (page: Page) => page.getByRole('button', { name: 'Replay', exact: true });

inBrowser('of an empty span it says that nothing was given', limit, async () => {
  const page = await openReplay();
  await page.getByText('Nothing is replayed yet').waitFor();
  await expectAccessible(page);
  await shoot(page, 'replay-empty');
  await run(page).click();
  await page.getByText('Nothing was given in this span').waitFor();
});

inBrowser('an own span that is backwards is refused before it is asked for', limit, async () => {
  const page = await openReplay();
  await page.getByText('Own', { exact: true }).click();
  await page.getByLabel('From', { exact: true }).fill('2026-05-02T10:00');
  await page.getByLabel('Until', { exact: true }).fill('2026-05-02T09:00');
  await page.getByText('The end must be later than the beginning.').waitFor();
  expect(await run(page).isDisabled()).toBe(true);
  await page.getByLabel('Until', { exact: true }).fill('2026-05-10T09:00');
  await page.getByText('A span has 7 days at most').waitFor();
});

inBrowser('a replay is stopped, and where the server fails the page says so', limit, async () => {
  const page = await openReplay();
  const answers: (() => void)[] = [];
  await page.route('**/api/v1/replays', (route) => {
    answers.push(() => void route.fulfill({ status: 503, body: '{}' }));
  });
  await run(page).click();
  await page.getByRole('status').getByText('Deciding again').waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('The replay was stopped.').waitFor();
  await page.unroute('**/api/v1/replays');
  await page.route('**/api/v1/replays', (route) => route.fulfill({ status: 503, body: '{}' }));
  await run(page).click();
  await page.getByRole('alert').getByText('The replay failed').waitFor();
  await page.unroute('**/api/v1/replays');
  await run(page).click();
  await page.getByText('Nothing was given in this span').waitFor();
});

inBrowser(
  'every decision of the last hour comes out again, by keyboard; one that was tampered with is named and leads to its conversation; more customers are simulated beside what was recorded',
  limit,
  async () => {
    await giveSome();
    const page = await openReplay();
    await run(page).focus();
    await page.keyboard.press('Enter');
    await page.getByText(`${CAME} of ${CAME} decisions come out again.`).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    const moves = page.getByRole('table', { name: 'Given by hand' });
    expect(await moves.getByRole('row').count()).toBe(2);
    expect(await page.getByRole('table', { name: 'What comes out otherwise' }).count()).toBe(0);

    await page.getByRole('button', { name: 'Simulate', exact: true }).click();
    const beside = page.getByRole('table', { name: 'As recorded, beside as simulated' });
    await beside.waitFor();
    expect(await beside.getByRole('columnheader').allTextContents()).toEqual([
      ...['Figure', 'As recorded', 'As simulated'],
    ]);
    await page.getByLabel('Customers, more or fewer').fill('50');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('region', { name: 'Result', exact: true }).waitFor();

    await shared.office().pool.query(SWAP);
    await run(page).click();
    await page.getByText(`${CAME - 1} of ${CAME} decisions come out again.`).waitFor();
    const differences = page.getByRole('table', { name: 'What comes out otherwise' });
    await differences.getByText('a record was changed').waitFor();
    await page.getByRole('button', { name: 'Simulate', exact: true }).click();
    await beside.waitFor();
    for (const [width, colorScheme] of [
      [1920, 'light'],
      [1280, 'dark'],
      [390, 'dark'],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: TALL });
      await settle(page);
      await expectAccessible(page);
      const isWide = () => document.documentElement.scrollWidth > window.innerWidth;
      expect(await page.evaluate(isWide)).toBe(false);
      await shoot(page, `replay-${width}-${colorScheme}`);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await differences.getByRole('link').first().click();
    await page.waitForURL('**/inbox/all/**');
  },
);
