// Servers that are killed while plans tell contacts and end conversations: every cause is said once, and nothing after the end.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { makeRandom, type Random } from '../../sandbox/qiscus/random.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { type Call, eventually } from '../makers/start-test-usher.ts';
import { askAny } from './ask-any.ts';
import { checkState, noBreaches } from './check-history.ts';
import { killInTurn, startServers } from './kill-in-turn.ts';

const long = process.env.USHER_LONG_TESTS === '1';
const THEN = 'then';

interface Size {
  conversations: number;
  agents: number;
  kills: number;
}

const CAPACITY = 5;
/** Of each lane between two openings: the kills take as long as all of them. */
const PAUSE_MS = long ? 600 : 1500;

test.skipIf(long)(
  'two servers that are killed in turn tell each of 120 contacts every cause once',
  () => underFire({ conversations: 120, agents: 6, kills: 4 }),
  240_000,
);

test.runIf(long)(
  'two servers that are killed in turn tell each of 3,000 contacts every cause once',
  () => underFire({ conversations: 3000, agents: 150, kills: 25 }),
  600_000,
);

const say = (text: string) => ({ en: text });
const plan = {
  name: 'Default',
  steps: [{ after: 0 }, { after: 2, priority: 'high' }, { after: 4, priority: 'urgent' }],
  limits: { waitFor: 8, [THEN]: 'close' },
  words: {
    queued: say('QUEUED'),
    position: say('POSITION {{position}}'),
    full: say('FULL'),
    assigned: say('ASSIGNED {{agent}}'),
    ended: say('ENDED'),
  },
};

async function underFire({ conversations, agents, kills }: Size): Promise<void> {
  const seed = long ? Date.now() % 100_000 : 1;
  const random = makeRandom(seed);
  const { pool, url } = await makeDatabase();
  const environment = { DATABASE_URL: url, USHER_SWEEP_MS: '200', QISCUS_APP_ID: '' };
  const servers = await startServers(2, environment);
  const call = askAny(servers, random);
  const channelId = await setUp(call, agents);
  let opened = 0;
  const killing = killInTurn(servers, {
    ...{ kills, random, pause: [0, 1000] },
    until: async (killed) => {
      while (opened < ((killed + 1) * conversations) / (kills + 1)) await sleep(5);
    },
  });
  await openAll(call, {
    ...{ channelId, conversations, random },
    onOpened: () => {
      opened += 1;
    },
  });
  await killing;
  const waiting = async () =>
    (await pool.query(`select count(*)::integer as n from conversation where state = 'waiting'`))
      .rows[0].n;
  await eventually(waiting, (count) => count === 0, 60_000);
  await expectEachOnce(pool, { conversations, seed });
  const breaches = await checkState(pool, DEFAULT_WORKSPACE);
  expect(breaches, `seed ${seed}`).toEqual(noBreaches(breaches));
}

async function setUp(call: Call, agents: number): Promise<string> {
  const made = await call('POST', '/api/v1/channels', { body: { kind: 'api', name: 'Shop' } });
  expect(made.status, made.text).toBe(201);
  for (let nth = 0; nth < agents; nth += 1) {
    const body = { name: `Agent ${nth}`, availability: 'online', capacity: CAPACITY };
    expect((await call('POST', '/api/v1/agents', { body })).status).toBe(201);
  }
  const { policy } = (await call('GET', '/api/v1/policy')).body as { policy: object };
  const rules = [{ name: 'Everybody', [THEN]: { plan: 'Default' } }];
  const put = await call('PUT', '/api/v1/policy', { body: { ...policy, plans: [plan], rules } });
  expect(put.status, put.text).toBe(200);
  return (made.body as { id: string }).id;
}

async function openAll(
  call: Call,
  args: { channelId: string; conversations: number; random: Random; onOpened: () => void },
): Promise<void> {
  const { channelId, conversations, random, onOpened } = args;
  const path = `/api/v1/channels/${channelId}/conversations`;
  const numbers = Array.from({ length: conversations }, (_, nth) => nth);
  const lanes = Array.from({ length: 8 }, async () => {
    for (let nth = numbers.shift(); nth !== undefined; nth = numbers.shift()) {
      const body = { externalId: `case-${nth}`, contact: { externalId: `c-${nth}` } };
      const { status, text } = await call('POST', path, { body });
      expect(status, text).toBeLessThan(300);
      onOpened();
      await sleep(random.between(0, PAUSE_MS));
    }
  });
  await Promise.all(lanes);
}

interface Heard {
  id: string;
  state: string;
  reason: string | null;
  heard: string[];
  seqs: number[];
  /** Of these messages: the events that tell of them. */
  events: number;
  closings: number;
  /** Were said after the end. */
  late: number;
}

const HEARD = `select c.conversation_id as id, c.state, c.close_reason as reason,
    coalesce(array_agg(split_part(m.text, ' ', 1) order by m.seq) filter (where m.text is not null), '{}') as heard,
    coalesce(array_agg(m.seq order by m.seq) filter (where m.seq is not null), '{}') as seqs,
    (select count(*)::integer from event e where e.stream_id = c.conversation_id and e.type = 'message.created') as events,
    (select count(*)::integer from event e where e.stream_id = c.conversation_id and e.type = 'conversation.closed') as closings,
    count(*) filter (where m.created_at > c.closed_at)::integer as late
  from conversation c left join message m using (workspace_id, conversation_id)
  group by c.workspace_id, c.conversation_id, c.state, c.close_reason`;

async function expectEachOnce(
  pool: Pool,
  { conversations, seed }: { conversations: number; seed: number },
): Promise<void> {
  const { rows } = await pool.query<Heard>(HEARD);
  expect(rows).toHaveLength(conversations);
  for (const row of rows) {
    const { heard, state } = row;
    const told = `seed ${seed}: ${JSON.stringify(row)}`;
    const count = (text: string) => heard.filter((one) => one === text).length;
    const rest = heard.filter((one) => one !== 'POSITION');
    expect(count('POSITION'), told).toBeLessThanOrEqual(2);
    if (state === 'closed') {
      expect(row.reason, told).toBe('waited-too-long');
      expect(rest, told).toEqual(['QUEUED', 'FULL', 'ENDED']);
      expect(heard.slice(-2), told).toEqual(['FULL', 'ENDED']);
    } else {
      expect(
        rest.filter((one) => one !== 'QUEUED'),
        told,
      ).toEqual(['ASSIGNED']);
      expect(count('QUEUED'), told).toBeLessThanOrEqual(1);
      expect(heard.at(-1), told).toBe('ASSIGNED');
    }
    expect(row.events, told).toBe(heard.length);
    expect(row.seqs, told).toEqual(heard.map((_, nth) => nth + 1));
    expect(row.closings, told).toBe(state === 'closed' ? 1 : 0);
    expect(row.late, told).toBe(0);
  }
  // Else the test has shown nothing.
  const states = Object.groupBy(rows, ({ state }) => state);
  expect(states.closed?.length ?? 0).toBeGreaterThan(conversations / 10);
  expect(states.assigned?.length ?? 0).toBeGreaterThan(conversations / 10);
  expect(rows.filter(({ heard }) => heard.includes('POSITION')).length).toBeGreaterThan(0);
}
