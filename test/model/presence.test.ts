// Browsers and phones with lines that break, at two nodes: nobody gone is given anything, nobody present loses anything, and each day adds up.
import { expect, test } from 'vitest';
import { checkPresence, type Recorded } from './check-presence.ts';
import {
  MOST_OUTAGE_MS,
  makePresenceWorld,
  type PresenceWorld,
  passTime,
  takeStep,
} from './presence-world.ts';

const AGENTS = process.env.USHER_LONG_TESTS === '1' ? 125 : 20;
/** Half of them on each node: five hundred in the long form. */
const BROWSERS = 4;
const STEP_MS = 2000;
/** Ten minutes. */
const STEPS = 300;
/** At the end all lines hold, so that everybody is back. */
const CALM_STEPS = MOST_OUTAGE_MS / STEP_MS + 5;

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function serveCustomers({ usher, random }: PresenceWorld) {
  const made = await usher.call('POST', '/api/v1/channels', {
    body: { kind: 'api', name: 'Shop' },
  });
  const { id } = made.body as { id: string };
  const open: string[] = [];
  let count = 0;
  return async () => {
    for (let nth = 0; nth < AGENTS / 10; nth += 1) {
      count += 1;
      const body = { externalId: `case-${count}`, contact: { externalId: `customer-${count}` } };
      const opened = await usher.call('POST', `/api/v1/channels/${id}/conversations`, { body });
      open.push((opened.body as { id: string }).id);
    }
    if (open.length < AGENTS) return;
    const [ended] = open.splice(Math.floor(random() * open.length), 1);
    await usher.call('POST', `/api/v1/conversations/${ended}/close`, { body: {} });
  };
}

/** From the rows themselves. */
async function readRecorded({ database }: PresenceWorld['usher']): Promise<Recorded[]> {
  const ms = (instant: string) => `extract(epoch from ${instant})::float8 * 1000`;
  const { rows } = await database.pool.query(`select a.agent_id as "agentId",
    array(select ${ms('s.assigned_at')} from assignment s where s.agent_id = a.agent_id) as given,
    array(select ${ms('e.at')} from event e where e.type = 'conversation.requeued'
      and e.data ->> 'reason' = 'agent-left' and e.data ->> 'agentId' = a.agent_id::text) as taken,
    coalesce((select json_agg(json_build_object('at', ${ms('c.at')}, 'back', (
      select ${ms('min(n.at)')} from agent_status_change n where n.agent_id = a.agent_id and n.change_id > c.change_id)))
      from agent_status_change c where c.agent_id = a.agent_id and c.cause = 'no-sign-of-life'), '[]') as lapses
    from agent a`);
  return rows;
}

test('nobody is given anything after their lease, nobody present loses anything, and the day adds up', async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  const random = makeRandom(seed);
  const world = await makePresenceWorld({ agents: AGENTS, browsers: BROWSERS, random });
  const { usher, workers } = world;
  const serve = await serveCustomers(world);
  const began = new Date(await world.instant());
  for (let nth = 0; nth < STEPS + CALM_STEPS; nth += 1) {
    await takeStep(world, { calm: nth >= STEPS });
    await serve();
    await passTime(world, STEP_MS);
  }
  const ended = new Date(await world.instant());
  const recorded = await readRecorded(usher);
  const breaches = recorded.flatMap(({ agentId, ...record }) => {
    const worker = workers.find((one) => one.agentId === agentId);
    return worker === undefined ? [] : checkPresence(record, worker.browsers);
  });
  expect(breaches, `seed ${seed}`).toEqual([]);
  // Otherwise it has shown nothing.
  const count = (of: (record: Recorded) => unknown[]) =>
    recorded.reduce((sum, record) => sum + of(record).length, 0);
  expect(count(({ given }) => given)).toBeGreaterThan(AGENTS);
  expect(count(({ lapses }) => lapses)).toBeGreaterThan(AGENTS / 2);
  expect(count(({ taken }) => taken)).toBeGreaterThan(0);
  const span = `from=${began.toISOString()}&to=${ended.toISOString()}&by=agent`;
  const { body } = await usher.call('GET', `/api/v1/reports/statuses?${span}&timeZone=UTC`);
  for (const row of (body as { rows: Record<string, number>[] }).rows) {
    const { onlineMs = 0, awayMs = 0, offlineMs = 0, unrecordedMs = 0, spanMs } = row;
    expect(onlineMs + awayMs + offlineMs + unrecordedMs).toBe(spanMs);
    expect(spanMs).toBe(ended.getTime() - began.getTime());
  }
}, 900_000);
