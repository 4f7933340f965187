// What contacts are told of their waits: from the state of now, kept with what came of it, and reported.
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { ToldWaitsReport } from '../../src/contract/told-waits.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type ProgramWorld, startWithProgram } from '../makers/start-with-program.ts';

const HOLD = 300;

/** Closed conversations, each held for five minutes, and what was told of their waits: it came as expected. */
async function keepPast({ usher }: ProgramWorld, { count = 60 } = {}): Promise<void> {
  const { pool } = usher.database;
  const ids = Array.from({ length: count }, () => uuid());
  await pool.query(
    `insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, state, needs, agent_id,
      queued_at, rank_at, assigned_at, closed_at)
    select $1, id, $3, 'past-' || nth, gen_random_uuid(), 'closed', '', $4, at - interval '20 minutes',
      at - interval '20 minutes', at - make_interval(secs => $5), at
    from (select id, nth, clock_timestamp() - nth * interval '1 minute' as at
      from unnest($2::uuid[]) with ordinality as u(id, nth)) past`,
    [DEFAULT_WORKSPACE, ids, uuid(), uuid(), HOLD],
  );
  await pool.query(
    `insert into told_wait (workspace_id, conversation_id, told_at, nth, plan, method, place, expected, turns, low, middle,
      high, basis, outcome, waited)
    select $1, id, clock_timestamp() - nth * interval '1 minute' - interval '10 minutes', 0, null, 'state', 1, 300, 1, 30,
      210, 700, '{}', 'served', 20 + nth * 12 from unnest($2::uuid[]) with ordinality as u(id, nth)`,
    [DEFAULT_WORKSPACE, ids],
  );
}

async function beOnline({ usher, agentId }: ProgramWorld, capacity = 1): Promise<void> {
  const body = { availability: 'online', capacity };
  expect((await usher.call('PATCH', `/api/v1/agents/${agentId}`, { body })).status).toBe(200);
}

const read = async ({ usher }: ProgramWorld, id: string) =>
  (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
const rangeOf = async (world: ProgramWorld, id: string) => (await read(world, id)).waitRange;

const becomes = (world: ProgramWorld, id: string, state: Conversation['state']) =>
  eventually(
    () => read(world, id),
    (found) => found.state === state,
  );

/** Its range, once it has one. */
async function isTold(world: ProgramWorld, id: string) {
  const range = await eventually(
    () => rangeOf(world, id),
    (found) => found !== null,
  );
  return range as NonNullable<typeof range>;
}

async function waitInLine(world: ProgramWorld): Promise<[string, string, string]> {
  await beOnline(world);
  const first = await world.open('case-1');
  await becomes(world, first, 'assigned');
  const second = await world.open('case-2', { externalId: 'customer-2' });
  const third = await world.open('case-3', { externalId: 'customer-3' });
  return [first, second, third];
}

const span = ({ usher }: ProgramWorld) => {
  const now = usher.clock.now();
  const [from, to] = [now - 86_400_000, now + 86_400_000].map((at) => new Date(at).toISOString());
  return { from: from as string, to: to as string };
};

async function report(world: ProgramWorld, query: Record<string, string> = {}) {
  const asked = new URLSearchParams({ ...span(world), ...query });
  const found = await world.usher.call('GET', `/api/v1/reports/told-waits?${asked}`);
  expect(found.status, found.text).toBe(200);
  return found.body as ToldWaitsReport;
}

test('who waits is told a range by place and record, the same by the API and the program, which runs down', async () => {
  const world = await startWithProgram();
  await keepPast(world);
  const [, second, third] = await waitInLine(world);
  await world.usher.clock.advance(4000);
  const [next, behind] = [await isTold(world, second), await isTold(world, third)];
  expect(next.from).toBeLessThan(next.p50);
  expect(next.p50).toBeLessThan(next.to ?? 0);
  // One place, five minutes each: twice as long for who is behind.
  expect(behind.p50 / next.p50).toBeGreaterThan(1.8);
  expect(behind.p50 / next.p50).toBeLessThan(3);
  const { body } = await world.usher.call('GET', world.at('conversations/case-3'), {
    token: world.token,
  });
  const told = (body as { place: { waitRange: Conversation['waitRange'] } }).place.waitRange;
  expect(Math.abs((told?.p50 ?? 0) - behind.p50)).toBeLessThan(10);
  const kept = await countKept(world);
  await world.usher.clock.advance(20_000);
  const later = await rangeOf(world, third);
  expect(behind.to - (later?.to ?? 0)).toBeGreaterThanOrEqual(19);
  expect(await countKept(world)).toBe(kept);
});

async function countKept({ usher }: ProgramWorld): Promise<number> {
  const { rows } = await usher.database.pool.query<{ kept: number }>(
    'select count(*)::integer as kept from told_wait where outcome is null',
  );
  return rows[0]?.kept ?? 0;
}

test('where too little is known nothing is told, and what is measured meanwhile is kept', async () => {
  const world = await startWithProgram();
  await keepPast(world, { count: 19 });
  const [, second] = await waitInLine(world);
  await world.usher.clock.advance(4000);
  await eventually(
    () => countKept(world),
    (kept) => kept === 2,
  );
  expect(await rangeOf(world, second)).toBeNull();
  expect((await report(world)).totals.told).toBe(19);
});

test('what was told is held against what came: of who is served, and of who leaves', async () => {
  const world = await startWithProgram();
  await keepPast(world);
  const [first, second, third] = await waitInLine(world);
  await world.usher.clock.advance(4000);
  await isTold(world, third);
  const before = (await report(world)).totals;
  expect(before).toMatchObject({ told: 62, known: 60 });
  await world.usher.clock.advance(250_000);
  const close = (id: string) =>
    world.usher.call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
  await close(first);
  await becomes(world, second, 'assigned');
  await close(third);
  await world.usher.clock.advance(4000);
  const { totals: after } = await eventually(
    () => report(world),
    ({ totals }) => totals.known === 61,
  );
  expect(after).toMatchObject({ told: 62, within: before.within + 1 });
  const { rows } = await world.usher.database.pool.query(
    `select conversation_id as id, outcome, waited from told_wait where conversation_id = any ($1) and nth = 0`,
    [[second, third]],
  );
  const of = (id: string) => rows.find((row) => row.id === id);
  expect(of(second)).toMatchObject({ outcome: 'served' });
  expect(of(second).waited).toBeGreaterThan(245);
  expect(of(second).waited).toBeLessThan(265);
  expect(of(third)).toMatchObject({ outcome: 'left' });
});

test('the report groups by hour, day, plan, length and method, as JSON and as CSV', async () => {
  const world = await startWithProgram();
  await keepPast(world);
  const { totals, rows } = await report(world, { by: 'length' });
  expect(rows).toEqual([{ key: '120', ...totals }]);
  // Waits of 32 to 740 seconds, told as 30 to 700 with 210 in the middle.
  expect(totals).toMatchObject({ told: 60, known: 60, within: 56, shorter: 0, longer: 4 });
  expect(totals.withinShare).toBeCloseTo(56 / 60, 9);
  expect(totals.shorterThanP50Share).toBeCloseTo(15 / 60, 9);
  expect(totals).toMatchObject({ toldSecondsP50: 210, waitedSecondsP50: 386 });
  expect((await report(world, { by: 'plan' })).rows.map(({ key }) => key)).toEqual(['none']);
  expect((await report(world, { by: 'method' })).rows.map(({ key }) => key)).toEqual(['state']);
  for (const by of ['hour', 'day']) {
    const sum = (await report(world, { by })).rows.reduce((all, { told }) => all + told, 0);
    expect(sum).toBe(60);
  }
  const query = new URLSearchParams({ ...span(world), by: 'plan' });
  const csv = await world.usher.call('GET', `/api/v1/reports/told-waits.csv?${query}`);
  expect(csv.text.split('\r\n').slice(1, 3)).toEqual([
    expect.stringMatching(/^none,60,60,56,0,4,0\.93/),
    expect.stringMatching(/^total,60,60,56,0,4,0\.93/),
  ]);
});
