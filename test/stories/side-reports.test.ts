// The reports of the agent's side through the doors: who sees what, as JSON and CSV, within bounds; and the day as it went.
import { expect, test } from 'vitest';
import type { AgentDay } from '../../src/contract/side-reports.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { forgetStatusChanges } from '../../src/store/forget-status-changes.ts';
import { addPerson } from '../makers/browse.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const sides = ['occupancy', 'offers', 'answers', 'adherence'];

interface Row extends Record<string, unknown> {
  key: string;
  label: string | null;
}

/** Ana may hold two, and has one conversation for half an hour of the hour in which she is online. */
async function begin() {
  const usher = await startTestUsher();
  const { call, clock } = usher;
  const ana = await addPerson(usher, { name: 'Ana', email: 'ana@example.com', role: 'agent' });
  const agent = (body: object) => call('PATCH', `/api/v1/agents/${ana.agentId}`, { body });
  await agent({ capacity: 2, availability: 'online', leaseSeconds: null });
  const channel = await call('POST', '/api/v1/channels', { body: { kind: 'api', name: 'Shop' } });
  const { id: channelId } = channel.body as { id: string };
  const body = { externalId: 'room', contact: { externalId: 'eka', name: 'Eka' } };
  const opened = await call('POST', `/api/v1/channels/${channelId}/conversations`, { body });
  const { id } = opened.body as { id: string };
  await eventually(
    () => call('GET', `/api/v1/conversations/${id}`),
    (one) => (one.body as { agentId: string | null }).agentId === ana.agentId,
  );
  await clock.advance(30 * MINUTE);
  await call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
  await clock.advance(30 * MINUTE);
  await agent({ availability: 'offline' });
  const now = clock.now();
  const span = {
    from: new Date(now - 12 * HOUR).toISOString(),
    to: new Date(now + HOUR).toISOString(),
  };
  const read = async (name: string, more: object = {}) =>
    (await call('GET', `/api/v1/reports/${name}?${new URLSearchParams({ ...span, ...more })}`))
      .body as { rows: Row[] };
  return { usher, ana, id, span, read, agent };
}

test('occupancy is what was held of the capacity over the time online', async () => {
  const { usher, ana, read } = await begin();
  const row = (await read('occupancy')).rows.find(({ key }) => key === ana.agentId);
  expect(row?.label).toBe('Ana');
  expect(row?.capacityMs).toBe(2 * (row?.onlineMs as number));
  expect(Number(row?.heldMs)).toBeGreaterThanOrEqual(30 * MINUTE);
  expect(row?.occupancy).toBeCloseTo(0.25, 2);
  const { rows } = await usher.database.pool.query(
    `select extract(epoch from sum(date_trunc('milliseconds', ended_at) - date_trunc('milliseconds', assigned_at))) * 1000 as ms from assignment`,
  );
  expect(row?.heldMs).toBe(Number(rows[0].ms));
  expect((await read('offers')).rows).toMatchObject([{ key: ana.agentId, given: 1, offered: 0 }]);
});

test('a capacity counts from the moment at which it was changed, the own as the default of the workspace', async () => {
  const { usher, read, agent, ana } = await begin();
  const capacityMs = async () =>
    Number((await read('occupancy')).rows.find(({ key }) => key === ana.agentId)?.capacityMs);
  const before = await capacityMs();
  await agent({ availability: 'online', capacity: null });
  await usher.clock.advance(10 * MINUTE);
  await usher.call('PATCH', '/api/v1/settings', { body: { defaultCapacity: 7 } });
  await usher.clock.advance(10 * MINUTE);
  await agent({ availability: 'offline' });
  const { rows } = await usher.database.pool.query(
    'select capacity from agent_capacity_change where agent_id = $1 order by at, change_id',
    [ana.agentId],
  );
  const recorded = rows.map(({ capacity }) => capacity as number);
  expect(recorded.slice(-1)).toEqual([7]);
  const was = recorded.at(-2) ?? 0;
  expect(Math.round(((await capacityMs()) - before) / MINUTE)).toBe(10 * was + 70);
});

test('agents see their own figures in each report, supervisors everybody’s', async () => {
  const { usher, ana, span, read } = await begin();
  const budi = await addPerson(usher, { name: 'Budi', email: 'budi@example.com', role: 'agent' });
  const of = new URLSearchParams(span);
  const shift = { agentId: ana.agentId, start: span.from, end: span.to };
  const put = await usher.call('PUT', '/api/v1/shifts', { body: { ...span, shifts: [shift] } });
  expect(put.status, put.text).toBe(200);
  for (const name of sides) {
    const path = `/api/v1/reports/${name}`;
    const mine = await budi.browser.send<{ rows: Row[] }>('GET', `${path}?${of}`);
    expect(mine.status, mine.text).toBe(200);
    expect(mine.body.rows.filter(({ key }) => key !== budi.agentId)).toEqual([]);
    const other = await budi.browser.send('GET', `${path}?${of}&agentId=${ana.agentId}`);
    expect(other.status).toBe(403);
    const csv = await usher.call('GET', `${path}.csv?${of}`);
    expect(csv.text).toMatch(/^day,key,label,/);
    expect(csv.text.includes(`${ana.agentId},Ana`)).toBe(name !== 'answers');
  }
  expect((await read('adherence')).rows).toMatchObject([{ key: ana.agentId, label: 'Ana' }]);
  for (const path of ['occupancy', 'offers', 'answers', 'adherence', 'day']) {
    const stranger = await fetch(`${usher.url}/api/v1/reports/${path}?${of}`);
    expect(stranger.status).toBe(401);
  }
});

test('spans and groups that cannot be are refused', async () => {
  const { usher, span } = await begin();
  const status = async (name: string, more: object) => {
    const query = new URLSearchParams({ ...span, ...more });
    return (await usher.call('GET', `/api/v1/reports/${name}?${query}`)).status;
  };
  for (const name of sides) {
    expect(await status(name, { per: 'day' })).toBe(200);
    expect(await status(name, { to: span.from })).toBe(400);
    expect(await status(name, { from: '2020-01-01T00:00:00Z' })).toBe(400);
    expect(await status(name, { timeZone: 'Mars/Olympus' })).toBe(400);
    expect(await status(name, { by: 'shoe' })).toBe(400);
  }
  expect(await status('adherence', { by: 'plan' })).toBe(400);
  expect(await status('answers', { withinSeconds: '0' })).toBe(400);
  expect(await status('day', {})).toBe(400);
});

test('a day shows what the agent was and held, and nothing of it to a colleague', async () => {
  const { usher, ana, id, span } = await begin();
  const path = `/api/v1/reports/day?${new URLSearchParams(span)}`;
  const { body } = await ana.browser.send<AgentDay>('GET', path);
  expect(body.statuses.map(({ availability }) => availability)).toEqual([
    'offline',
    'online',
    'offline',
  ]);
  const [, online] = body.statuses;
  expect(Date.parse(online?.till ?? '') - Date.parse(online?.since ?? '')).toBeGreaterThanOrEqual(
    HOUR,
  );
  expect(body.held).toMatchObject([{ conversationId: id, contactName: 'Eka', outcome: 'held' }]);
  const budi = await addPerson(usher, { name: 'Budi', email: 'budi@example.com', role: 'agent' });
  expect((await budi.browser.send('GET', `${path}&agentId=${ana.agentId}`)).status).toBe(403);
  const later = (time: string) => new Date(Date.parse(time) + 30 * 24 * HOUR).toISOString();
  const ahead = new URLSearchParams({ ...span, from: later(span.from), to: later(span.to) });
  const coming = await ana.browser.send<AgentDay>('GET', `/api/v1/reports/day?${ahead}`);
  expect(coming.body).toMatchObject({ statuses: [], held: [] });
});

test('capacities and shifts are kept as long as conversations are; what still holds stays', async () => {
  const { usher, ana, span, agent } = await begin();
  const shift = { agentId: ana.agentId, start: span.from, end: span.to };
  await usher.call('PUT', '/api/v1/shifts', { body: { ...span, shifts: [shift] } });
  await agent({ capacity: 3 });
  await agent({ capacity: 4 });
  await usher.clock.advance(31 * 24 * HOUR);
  const { pool } = usher.database;
  const left = async (table: string) =>
    (await pool.query(`select * from ${table} where agent_id = $1`, [ana.agentId])).rows;
  expect(await left('shift')).toHaveLength(1);
  await usher.call('PATCH', '/api/v1/settings', { body: { retentionDays: 30 } });
  // Housekeeping may have come first.
  await forgetStatusChanges(pool, DEFAULT_WORKSPACE);
  expect(
    await eventually(
      () => left('shift'),
      (rows) => rows.length === 0,
    ),
  ).toEqual([]);
  expect((await left('agent_capacity_change')).map(({ capacity }) => capacity)).toEqual([4]);
});
