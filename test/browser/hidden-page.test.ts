// An agent who looks at another page is still at work: the office keeps telling so, though browsers slow hidden pages down.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { hasBrowser } from './launch-browser.ts';
import { invite } from './office-people.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

const LEASE_MS = 3000;
const shared = shareOffice(() =>
  startTestOffice({ environment: { ATTENDANT_KEEP_ALIVE_TIME: String(LEASE_MS) } }),
);

const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

/** From now on the page's timers run once a minute, as those of a page that has been hidden for five. */
const hide = (page: Page) => page.evaluate(() => Object.assign(window, { isHidden: true }));

async function prepareHiding(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { setInterval: every, setTimeout: after } = window;
    const slowMs = () => ('isHidden' in window ? 60_000 : 0);
    Object.assign(window, {
      setInterval: (act: () => void, ms = 0) => {
        let last = performance.now();
        return every(() => {
          if (performance.now() - last < slowMs()) return;
          last = performance.now();
          act();
        }, ms);
      },
      setTimeout: (act: () => void, ms = 0) => after(act, ms < 1000 ? ms : Math.max(ms, slowMs())),
    });
  });
}

/** By the record, which names each time at which nothing was heard of the agent for too long. */
async function countLapses(agentId: string): Promise<number> {
  const { rows } = await shared
    .office()
    .pool.query(
      `select from agent_status_change where agent_id = $1 and cause = 'no-sign-of-life'`,
      [agentId],
    );
  return rows.length;
}

async function readAgent(agentId: string) {
  const { call, pool } = shared.office();
  const { availability } = await call<{ availability: string }>('GET', `/api/v1/agents/${agentId}`);
  const { rows } = await pool.query(
    `select lease_until < 'infinity' as leased from agent where agent_id = $1`,
    [agentId],
  );
  return { availability, leased: rows[0]?.leased };
}

async function isKnownAsPhone(agentId: string): Promise<boolean> {
  const { rows } = await shared
    .office()
    .pool.query('select asleep_until is not null as is from agent where agent_id = $1', [agentId]);
  return rows[0]?.is === true;
}

const manyLeases = () => new Promise((done) => setTimeout(done, 4 * LEASE_MS));

inBrowser(
  'an agent stays online for many leases while the timers of the page run once a minute',
  limit,
  async () => {
    const { page, agentId } = await invite(shared, { name: 'Ines' }, prepareHiding);
    await page.getByRole('button', { name: 'Go online' }).first().click();
    const online = { availability: 'online', leased: true };
    await expect.poll(() => readAgent(agentId)).toEqual(online);
    await hide(page);
    await manyLeases();
    expect(await readAgent(agentId)).toEqual(online);
    expect(await countLapses(agentId)).toBe(0);
  },
);

inBrowser(
  'without a line to the broker an agent is online for as long as the page is open, and no longer',
  limit,
  async () => {
    const { page, agentId } = await invite(shared, { name: 'Odd' }, (one) =>
      one.routeWebSocket(/mqtt/, (line) => line.close()),
    );
    await page.getByRole('button', { name: 'Go online' }).first().click();
    const online = { availability: 'online', leased: true };
    await expect.poll(() => readAgent(agentId)).toEqual(online);
    await manyLeases();
    expect(await readAgent(agentId)).toEqual(online);
    expect(await countLapses(agentId)).toBe(0);
    await page.close();
    await expect
      .poll(async () => (await readAgent(agentId)).availability, { timeout: 4 * LEASE_MS })
      .toBe('offline');
  },
);

async function beAPhone(page: Page): Promise<void> {
  const line = await page.context().newCDPSession(page);
  const screen = { width: 390, height: 844, deviceScaleFactor: 2, mobile: true };
  await line.send('Emulation.setDeviceMetricsOverride', screen);
  await line.send('Emulation.setTouchEmulationEnabled', { enabled: true });
}

inBrowser(
  'the agent of a phone that is cut off is online for as long as the policy says',
  limit,
  async () => {
    const { call } = shared.office();
    const now = await call<{ policy: object }>('GET', '/api/v1/policy');
    await call('PUT', '/api/v1/policy', { ...now.policy, asleepSeconds: 15 });
    const { page, agentId } = await invite(shared, { name: 'Oda' }, beAPhone);
    await page.getByRole('button', { name: 'Go online' }).first().click();
    const online = { availability: 'online', leased: true };
    await expect.poll(() => readAgent(agentId)).toEqual(online);
    // The line says what it is a moment after the click.
    await expect.poll(() => isKnownAsPhone(agentId)).toBe(true);
    await page.close();
    await manyLeases();
    expect(await readAgent(agentId)).toEqual(online);
    await expect
      .poll(async () => (await readAgent(agentId)).availability, { timeout: 15_000 })
      .toBe('offline');
  },
);
