// Servers that are killed while agents accept, decline and miss what is offered: each offer has one agent and one end, and nobody is asked again in vain.
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { makeRandom } from '../../sandbox/qiscus/random.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { askAny } from './ask-any.ts';
import { checkState, noBreaches } from './check-history.ts';
import { checkOffers, findBreaches, readOffers } from './check-offers.ts';
import { startServers } from './kill-in-turn.ts';
import { killOneThenBoth } from './kill-one-then-both.ts';
import { keepAnswering, keepOpening, setUp } from './offers-world.ts';

const long = process.env.USHER_LONG_TESTS === '1';
// As long as a node that hangs may hold up all others, or a machine that starts the next server this one.
const LATE_MS = 5000;

test.skipIf(long)(
  'servers that are killed 4 times: no offer has two agents or two ends, nobody is over capacity or asked again while another could take it, and what is missed is taken back within 5 s of its time and a server',
  () => underFire(4),
  300_000,
);

test.runIf(long)(
  'servers that are killed 20 times: no offer has two agents or two ends, nobody is over capacity or asked again while another could take it, and what is missed is taken back within 5 s of its time and a server',
  () => underFire(20),
  900_000,
);

async function underFire(kills: number): Promise<void> {
  const seed = long ? Date.now() % 100_000 : 1;
  const random = makeRandom(seed);
  const { pool, url } = await makeDatabase();
  const environment = { DATABASE_URL: url, USHER_SWEEP_MS: '500', QISCUS_APP_ID: '' };
  const servers = await startServers(2, environment);
  const call = askAny(servers, random);
  const { channelId, agents } = await setUp(call);
  let stage: 'killing' | 'emptying' | 'over' = 'killing';
  const crowd = { call, pool, random };
  const opening = keepOpening({ ...crowd, channelId, isOver: () => stage !== 'killing' });
  const answering = keepAnswering({
    ...{ ...crowd, agents },
    isOver: () => stage === 'over',
    obliging: () => stage === 'emptying',
  });
  const downtimes = await killOneThenBoth(servers, { pool, kills, random, pause: [2000, 6000] });
  stage = 'emptying';
  await opening;
  await eventually(
    async () => (await pool.query(`select from conversation where state <> 'closed'`)).rowCount,
    (open) => open === 0,
    120_000,
  );
  stage = 'over';
  const confirmed = await answering;
  const agentIds = agents.map(({ agentId }) => agentId);
  const judged = { agentIds, confirmed, downtimes, lateMs: LATE_MS };
  const breaches = {
    ...(await checkOffers(pool, judged)),
    ...(await checkState(pool, DEFAULT_WORKSPACE)),
  };
  expect(breaches, `seed ${seed}`).toEqual(noBreaches(breaches));
  await expectEnough(pool);
}

/** Else the test has shown nothing. */
async function expectEnough(pool: Pool): Promise<void> {
  const offers = await readOffers(pool);
  for (const verdict of ['accepted', 'declined', 'missed']) {
    const count = offers.filter(({ told }) => told.some(({ type }) => type === verdict)).length;
    expect(count, verdict).toBeGreaterThan(3);
  }
}

test('the checker sees each breach', () => {
  const [agentIds, lateMs] = [['ana', 'budi'], LATE_MS];
  const offer = {
    conversationId: 'c1',
    agentId: 'ana',
    state: 'undone',
    at: 10_000,
    until: 15_000,
  } as const;
  const told = (...types: string[]) => types.map((type) => ({ type, at: 10_000 }));
  const declined = {
    ...{ ...offer, assignmentId: 'a1', endedAt: 11_000, endReason: 'declined' },
    told: told('offered', 'declined'),
  };
  const missed = {
    ...{ ...offer, assignmentId: 'a1', endedAt: 15_001, endReason: 'not-accepted' },
    told: told('offered', 'missed'),
  };
  const again = { ...declined, assignmentId: 'a2', at: 20_000, until: 25_000, endedAt: 21_000 };
  const of = (offers: Parameters<typeof findBreaches>[0], more: object = {}) =>
    Object.entries(
      findBreaches(offers, { agentIds, confirmed: [], downtimes: [], lateMs, ...more }),
    ).flatMap(([rule, found]) => (found.length > 0 ? [rule] : []));
  expect(of([declined, { ...again, agentId: 'budi' }])).toEqual([]);
  expect(of([missed])).toEqual([]);
  expect(of([{ ...declined, until: 40_000 }])).toContain(
    'each was an offer, for as long as the plan says',
  );
  expect(of([declined, { ...again, agentId: 'budi', at: 10_500, until: 15_500 }])).toEqual([
    'nobody shared a conversation',
  ]);
  const held = ['c1', 'c2', 'c3'].map((conversationId) => ({ ...declined, conversationId }));
  expect(of(held)).toEqual(['nobody held more than they can']);
  expect(of([declined, again])).toEqual(['nobody was asked again while another could take it']);
  expect(of([{ ...declined, told: told('offered', 'declined', 'missed') }])).toEqual([
    'each offer was told once, and its end once',
  ]);
  const late = [
    { type: 'offered', at: 10_000 },
    { type: 'declined', at: 16_500 },
  ];
  expect(of([{ ...declined, endedAt: 16_500, told: late }])).toEqual([
    'no answer counted after the time',
  ]);
  const mistimed = 'nothing was missed before its time, or taken back late';
  expect(of([{ ...missed, endedAt: 14_000 }])).toEqual([mistimed]);
  expect(of([{ ...missed, endedAt: 21_000 }])).toEqual([mistimed]);
  expect(
    of([{ ...missed, endedAt: 21_000 }], { downtimes: [{ from: 16_000, to: 20_500 }] }),
  ).toEqual([]);
  const confirmed = [{ assignmentId: 'a1', verdict: 'accepted' }];
  expect(of([missed], { confirmed })).toEqual(['what was confirmed to an agent stands']);
});
