// Time per status beside a plain model of it: whatever people and their clients do, each day adds up to the millisecond.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStatus } from '../../src/desk/change-status.ts';
import { endLapsedLeases } from '../../src/desk/end-leases.ts';
import { hearOfAgent, missAgent } from '../../src/desk/keep-presence.ts';
import { createAgent, updateAgent } from '../../src/desk/update-agent.ts';
import { makeStatusRows } from '../../src/http/make-status-report.ts';
import { readStatusTimes } from '../../src/store/status-report.ts';
import { makeDesk, type TestDesk } from '../makers/make-desk.ts';

const MINUTE = 60_000;
/** Never at the same moment as a step, which comes at a whole minute. */
const LEASE_MS = 20 * MINUTE + 25_000;
const GRACE_MS = 2 * MINUTE + 25_000;
const MOST_STATUSES = 2;

const minutes = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 60, max: 1500 }));
const step = fc.oneof(
  fc.record({ does: fc.constant('wait' as const), minutes }),
  fc.record({ does: fc.constant('beat' as const), onlyRenews: fc.boolean() }),
  fc.record({ does: fc.constant('quit' as const) }),
  fc.record({ does: fc.constant('look' as const) }),
  fc.record({
    does: fc.constant('choose' as const),
    availability: fc.constantFrom('online', 'away', 'offline'),
  }),
  fc.record({ does: fc.constant('name' as const), status: fc.nat({ max: MOST_STATUSES - 1 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** What the agent is, and every moment at which that changed: known from the steps alone. */
interface Plain {
  is: string;
  lapsed: boolean;
  leaseUntil: number;
  turns: { at: number; is: string }[];
}

const isAway = ({ is }: Plain) => is.startsWith('away');

/** What a step makes of the agent at `now`; the same again: nothing has changed. */
function follow(plain: Plain, one: Step, now: number, statusIds: string[]): string {
  if (plain.is === 'online' && plain.leaseUntil <= now) {
    plain.is = 'offline:no-sign-of-life';
    plain.lapsed = true;
    plain.turns.push({ at: plain.leaseUntil, is: plain.is });
  }
  if (one.does === 'beat') {
    const counts = !plain.is.startsWith('offline') || plain.lapsed || !one.onlyRenews;
    if (!counts) return plain.is;
    plain.lapsed = false;
    return isAway(plain) ? plain.is : 'online';
  }
  if (one.does === 'choose') {
    const same = plain.is.split(':')[0] === one.availability;
    plain.lapsed = false;
    return same ? plain.is : one.availability;
  }
  if (one.does === 'name') {
    plain.lapsed = false;
    return `away:${statusIds[one.status]}`;
  }
  return plain.is;
}

const instant = async ({ desk }: TestDesk): Promise<number> =>
  (await desk.db.query('select clock_timestamp() as now')).rows[0].now.getTime();

async function act(world: TestDesk, agentId: string, one: Step, statusIds: string[]) {
  const { desk, workspaceId } = world;
  const key = { workspaceId, agentId };
  if (one.does === 'beat') {
    await hearOfAgent(desk, { ...key, ttlMs: LEASE_MS, onlyRenews: one.onlyRenews, sleeps: false });
  } else if (one.does === 'quit')
    await missAgent(desk, { ...key, graceMs: GRACE_MS, awake: false });
  else if (one.does === 'look') await endLapsedLeases(desk, workspaceId);
  else if (one.does === 'choose') {
    await updateAgent(desk, key, { availability: one.availability });
  } else if (one.does === 'name') {
    await updateAgent(desk, key, { statusId: statusIds[one.status] ?? '' });
  }
}

/** Raw, as facts that the model does not make: when the last change was stamped, and the lease. */
async function readFacts({ desk }: TestDesk, agentId: string) {
  const { rows } = await desk.db.query(
    `select extract(epoch from (select max(at) from agent_status_change c where c.agent_id = a.agent_id)) * 1000 as at,
      case when lease_until = 'infinity' then 'Infinity'::float8
        else floor(extract(epoch from lease_until) * 1000) end as lease
    from agent a where agent_id = $1`,
    [agentId],
  );
  return { at: Number(rows[0].at), lease: Number(rows[0].lease) };
}

async function live(world: TestDesk, steps: readonly Step[], statusIds: string[]) {
  const { desk, workspaceId, clock } = world;
  const { agentId } = await createAgent(desk, workspaceId, { name: 'Ana' });
  const began = (await readFacts(world, agentId)).at;
  const plain: Plain = {
    ...{ is: 'offline', lapsed: false, leaseUntil: Number.POSITIVE_INFINITY },
    turns: [{ at: began, is: 'offline' }],
  };
  for (const one of steps) {
    if (one.does === 'wait') await clock.advance(one.minutes * MINUTE);
    const before = await instant(world);
    const is = follow(plain, one, before, statusIds);
    await act(world, agentId, one, statusIds);
    const facts = await readFacts(world, agentId);
    plain.leaseUntil = facts.lease;
    if (is === plain.is) continue;
    // It happened while it was done, and not when somebody looked.
    expect(facts.at).toBeGreaterThanOrEqual(before);
    expect(facts.at).toBeLessThanOrEqual(await instant(world));
    plain.is = is;
    plain.turns.push({ at: facts.at, is });
  }
  await clock.advance(MINUTE);
  const ends = await instant(world);
  follow(plain, { does: 'look' }, ends, statusIds);
  return { agentId, began, ends, turns: plain.turns };
}

/** Days as the calendar of the zone has them, asked every quarter of an hour. */
function daysOf(from: number, to: number, timeZone: string) {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const quarter = 15 * MINUTE;
  const days: { day: string; starts: number; ends: number }[] = [];
  for (let at = from; at < to; at = (Math.floor(at / quarter) + 1) * quarter) {
    const day = format.format(at);
    const last = days.at(-1);
    if (last?.day === day) continue;
    if (last !== undefined) last.ends = at;
    days.push({ day, starts: at, ends: to });
  }
  return days;
}

function sumUp(
  turns: Plain['turns'],
  { starts, ends }: { starts: number; ends: number },
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [index, { at, is }] of turns.entries()) {
    const till = turns[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    const ms = Math.min(till, ends) - Math.max(at, starts);
    if (ms > 0) sums[is] = (sums[is] ?? 0) + ms;
  }
  return sums;
}

test('each day of each agent adds up exactly, and is what the plain model says', async () => {
  const world = await makeDesk();
  const { desk, workspaceId } = world;
  const by = { workspaceId, actor: 'test' };
  const statusIds: string[] = [];
  for (let at = 0; at < MOST_STATUSES; at += 1) {
    statusIds.push((await createStatus(desk, by, { name: `Status ${at}` })).id);
  }
  const zones = fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/New_York');
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 40 }),
      zones,
      async (steps, timeZone) => {
        const { agentId, began, ends, turns } = await live(world, steps, statusIds);
        const from = began - 90 * MINUTE;
        const whole = { workspaceId, agentId, teamId: null, timeZone };
        const span = { ...whole, from: new Date(from), to: new Date(ends), byDay: true };
        const rows = makeStatusRows(await readStatusTimes(desk.db, span), new Map());
        const days = daysOf(from, ends, timeZone);
        expect(rows.map(({ day }) => day)).toEqual(days.map(({ day }) => day));
        for (const [index, row] of rows.entries()) {
          const day = days[index] ?? { starts: 0, ends: 0 };
          expect(row.spanMs).toBe(day.ends - day.starts);
          expect(row.onlineMs + row.awayMs + row.offlineMs + row.unrecordedMs).toBe(row.spanMs);
          const found = row.parts.map(({ availability, statusId, cause, ms }) => [
            [availability, statusId ?? cause].filter((part) => part !== null).join(':'),
            ms,
          ]);
          expect(Object.fromEntries(found)).toEqual(sumUp(turns, day));
          for (const [is] of found) seen.add(String(is).split(':')[0] ?? '');
        }
        const [all] = makeStatusRows(
          await readStatusTimes(desk.db, { ...span, byDay: false }),
          new Map(),
        );
        expect(all?.spanMs).toBe(ends - from);
        expect(all?.unrecordedMs).toBe(began - from);
      },
    ),
    { numRuns: 30 },
  );
  expect([...seen].sort()).toEqual(['away', 'offline', 'online']);
}, 240_000);

test('days on which the clocks change are as long as they are', async () => {
  const { desk, workspaceId } = await makeDesk();
  const { agentId } = await createAgent(desk, workspaceId, { name: 'Ana' });
  await desk.db.query(`update agent set created_at = '2025-01-01Z' where agent_id = $1`, [agentId]);
  await desk.db.query(
    `insert into agent_status_change (workspace_id, agent_id, at, availability, cause)
    values ($1, $2, '2025-01-01Z', 'online', 'chosen')`,
    [workspaceId, agentId],
  );
  const hoursOf = async (timeZone: string, from: string, to: string) => {
    const span = { from: new Date(from), to: new Date(to), timeZone, byDay: true };
    const rows = makeStatusRows(
      await readStatusTimes(desk.db, { ...span, workspaceId, agentId, teamId: null }),
      new Map(),
    );
    return rows.map(({ day, onlineMs }) => [day, onlineMs / (60 * MINUTE)]);
  };
  expect(await hoursOf('America/New_York', '2025-03-08T05:00Z', '2025-03-11T04:00Z')).toEqual([
    ['2025-03-08', 24],
    ['2025-03-09', 23],
    ['2025-03-10', 24],
  ]);
  expect(await hoursOf('America/New_York', '2025-11-02T04:00Z', '2025-11-03T05:00Z')).toEqual([
    ['2025-11-02', 25],
  ]);
  // Midnight itself is left out there.
  expect(await hoursOf('Africa/Cairo', '2025-04-24T22:00Z', '2025-04-26T21:00Z')).toEqual([
    ['2025-04-25', 23],
    ['2025-04-26', 24],
  ]);
});
