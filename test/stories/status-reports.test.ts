// Who may see how long people were what, as JSON and as CSV, and for how long it is kept.
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import type { StatusReport } from '../../src/contract/status-report.ts';
import type { Status } from '../../src/contract/statuses.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { forgetStatusChanges } from '../../src/store/forget-status-changes.ts';
import { addPerson } from '../makers/browse.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function begin() {
  const usher = await startTestUsher();
  const made = await usher.call('POST', '/api/v1/statuses', { body: { name: '=Lunch' } });
  const lunch = made.body as Status;
  const ana = await addPerson(usher, { name: 'Ana', email: 'ana@example.com', role: 'agent' });
  const set = async (body: object) => {
    const answer = await ana.browser.send('PATCH', `/api/v1/agents/${ana.agentId}`, { body });
    expect(answer.status, answer.text).toBe(200);
    return (answer.body as unknown as Agent).statusSince;
  };
  return { usher, lunch, ana, set };
}

const span = (usher: TestUsher) => {
  const now = usher.clock.now();
  return { from: new Date(now - DAY).toISOString(), to: new Date(now + DAY).toISOString() };
};

test('an agent sees how long the own day was spent, and nobody else’s', async () => {
  const { usher, lunch, ana, set } = await begin();
  const budi = await addPerson(usher, { name: 'Budi', email: 'budi@example.com', role: 'agent' });
  const came = Date.parse(await set({ availability: 'online' }));
  await usher.clock.advance(HOUR);
  const left = Date.parse(await set({ statusId: lunch.id }));
  await usher.clock.advance(HOUR / 2);
  const back = Date.parse(await set({ availability: 'online' }));
  const query = new URLSearchParams({ ...span(usher), by: 'agent' });
  const mine = await ana.browser.send('GET', `/api/v1/reports/statuses?${query}`);
  const [row, ...others] = (mine.body as unknown as StatusReport).rows;
  expect(others).toEqual([]);
  expect(row).toMatchObject({ agentId: ana.agentId, agentName: 'Ana', awayMs: back - left });
  expect(row?.onlineMs).toBeGreaterThanOrEqual(left - came);
  expect(row?.parts).toContainEqual({
    ...{ availability: 'away', statusId: lunch.id, name: '=Lunch', cause: null },
    ms: back - left,
  });
  const { onlineMs = 0, awayMs = 0, offlineMs = 0, unrecordedMs = 0, spanMs } = row ?? {};
  expect(onlineMs + awayMs + offlineMs + unrecordedMs).toBe(spanMs);
  const of = `agentId=${ana.agentId}&${query}`;
  const refused = await budi.browser.send('GET', `/api/v1/reports/statuses?${of}`);
  expect(refused.status).toBe(403);
  const all = (await usher.call('GET', `/api/v1/reports/statuses?${query}`)).body as StatusReport;
  expect(all.rows.map(({ agentName }) => agentName)).toEqual(['Ana', 'Budi']);
});

test('the CSV has a column for each status, and runs nothing', async () => {
  const { usher, lunch, set } = await begin();
  await set({ statusId: lunch.id });
  await usher.clock.advance(HOUR);
  await set({ availability: 'online' });
  const query = new URLSearchParams({ ...span(usher), by: 'agent' });
  const { text } = await usher.call('GET', `/api/v1/reports/statuses.csv?${query}`);
  const [head, row] = text.split('\r\n');
  expect(head).toBe(
    'day,agentId,agent,spanMs,onlineMs,awayMs,offlineMs,unrecordedMs,away: =Lunch,offline,online',
  );
  const cells = row?.split(',') ?? [];
  expect(cells[8]).toBe(cells[5]);
  expect(Number(cells[8])).toBeGreaterThanOrEqual(HOUR);
});

test('a span that is empty, too long or of no zone is refused', async () => {
  const { usher } = await begin();
  const given = span(usher);
  const refused = async (more: object) => {
    const query = new URLSearchParams({ ...given, ...more });
    return (await usher.call('GET', `/api/v1/reports/statuses?${query}`)).status;
  };
  expect(await refused({})).toBe(200);
  expect(await refused({ to: given.from })).toBe(400);
  expect(await refused({ from: '2020-01-01T00:00:00Z' })).toBe(400);
  expect(await refused({ timeZone: 'Mars/Olympus' })).toBe(400);
  expect(await refused({ agentId: 'ana' })).toBe(400);
});

test('what agents were is kept as long as conversations are, and what they still are stays', async () => {
  const { usher, lunch, ana, set } = await begin();
  await set({ availability: 'online' });
  await set({ statusId: lunch.id });
  await usher.clock.advance(31 * DAY);
  await usher.call('PATCH', `/api/v1/agents/${ana.agentId}`, {
    body: { availability: 'online' },
  });
  const { pool } = usher.database;
  const forget = () => forgetStatusChanges(pool, DEFAULT_WORKSPACE);
  expect(await forget()).toBe(0);
  await usher.call('PATCH', '/api/v1/settings', { body: { retentionDays: 30 } });
  expect(await forget()).toBe(2);
  expect(await forget()).toBe(0);
  const { rows } = await pool.query(
    'select status_id is not null as lunch from agent_status_change where agent_id = $1 order by at',
    [ana.agentId],
  );
  expect(rows).toEqual([{ lunch: true }, { lunch: false }]);
});

test('whoever signs out with the last browser is offline for that reason', async () => {
  const { usher, ana } = await begin();
  await usher.call('PATCH', `/api/v1/agents/${ana.agentId}`, {
    body: { availability: 'online', leaseSeconds: 60 },
  });
  await ana.browser.send('DELETE', '/api/v1/session');
  await usher.clock.advance(61_000);
  const { body } = await usher.call('GET', `/api/v1/agents/${ana.agentId}`);
  expect(body).toMatchObject({ availability: 'offline', statusCause: 'signed-out' });
});
