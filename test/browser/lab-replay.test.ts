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
    await beside.getByText('19 of 20 within').waitFor();
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

const THEN = 'then';

/** Who says that they are gold goes by the plan that `gold` names, everybody else by “plain”. */
const rulesFor = (gold: string) => ({
  plans: ['gold', 'plain'].map((name) => ({ name, steps: [{ after: 0 }] })),
  rules: [
    { name: 'Gold', when: { field: 'conversation.meta.line', is: 'gold' }, [THEN]: { plan: gold } },
    { name: 'Everybody else', [THEN]: { plan: 'plain' } },
  ],
});

/** Three come by rules, two of them gold. */
async function giveByRules(): Promise<void> {
  const { call, pool } = shared.office();
  const { policy } = await call<{ policy: object }>('GET', '/api/v1/policy');
  await call('PUT', '/api/v1/policy', { ...policy, ...rulesFor('gold') });
  const channel = await call<{ id: string }>('POST', '/api/v1/channels', {
    ...{ kind: 'api', name: 'Lines' },
  });
  await call('POST', '/api/v1/agents', { name: 'Citra', availability: 'online', capacity: 20 });
  const lines = ['gold', 'plain', 'gold'];
  for (const [nth, line] of lines.entries()) {
    const contact = { externalId: `l-${nth}`, name: `Caller ${nth}` };
    const body = { externalId: `line-${nth}`, contact, meta: { line } };
    await call('POST', `/api/v1/channels/${channel.id}/conversations`, body);
  }
  const given = `select 1 from assignment a join conversation c using (workspace_id, conversation_id)
    where c.channel_id = $1`;
  const count = async () => (await pool.query(given, [channel.id])).rows.length;
  await expect.poll(count, { timeout: 30_000 }).toBe(lines.length);
}

/** As the page of Routing keeps it in the browser. */
async function keepDraft(page: Page, change: object): Promise<void> {
  await page.evaluate(async (changed) => {
    const get = async (path: string) => (await fetch(path)).json();
    const { user, workspace } = await get('/api/v1/session');
    const base = await get('/api/v1/policy?names=true');
    const kept = { base, present: { ...base.policy, ...changed } };
    localStorage.setItem(`usher.routing-draft.${workspace.id}.${user.id}`, JSON.stringify(kept));
  }, change);
}

inBrowser(
  'a draft of Routing is asked where it would have sent what was decided by rules, and the span is simulated by it',
  limit,
  async () => {
    await giveByRules();
    const page = await openReplay();
    expect(await page.getByLabel('Ask the draft of Routing too').count()).toBe(0);
    await keepDraft(page, rulesFor('plain'));
    await page.reload();
    const ask = page.getByLabel('Ask the draft of Routing too');
    await ask.waitFor();
    await run(page).click();
    await page.getByText('2 of 3 decisions would have gone elsewhere.').waitFor();
    const moved = page.getByRole('table', { name: 'By the draft of Routing' });
    expect(await moved.getByRole('row').count()).toBe(3);
    await moved.getByText('Caller 2').waitFor();
    await page.getByRole('button', { name: 'Simulate', exact: true }).click();
    await page.getByRole('combobox', { name: 'Policy', exact: true }).click();
    await page.getByRole('option', { name: 'Draft of Routing', exact: true }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('region', { name: 'Result', exact: true }).waitFor({ timeout: 60_000 });
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [390, 'dark'],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: TALL });
      await settle(page);
      await expectAccessible(page);
      await shoot(page, `replay-draft-${width}-${colorScheme}`);
    }
    await ask.uncheck();
    await run(page).click();
    await moved.waitFor({ state: 'detached' });
    await page.context().close();
  },
);
