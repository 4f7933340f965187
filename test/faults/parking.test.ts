// Servers that are killed while conversations are parked: each comes back once, no sooner than at its time, to its agent.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import { type Call, eventually } from '../makers/start-test-usher.ts';
import { type Fire, openFire } from './open-fire.ts';

const long = process.env.USHER_LONG_TESTS === '1';

test.skipIf(long)(
  'of two servers that are killed in turn each of 60 parked conversations comes back once, to its agent and its rank',
  () => underFire({ conversations: 60, kills: 4 }),
  240_000,
);

test.runIf(long)(
  'of two servers that are killed in turn each of 600 parked conversations comes back once, to its agent and its rank',
  () => underFire({ conversations: 600, kills: 25 }),
  900_000,
);

async function underFire(size: { conversations: number; kills: number }): Promise<void> {
  const { conversations: count, kills } = size;
  const fire = await openFire({ steps: count, kills, pause: [0, 1500] });
  const channelId = await setUp(fire.call, count);
  const ranks = await fire.during(parkAll(fire, { channelId, count }));
  await eventually(
    async () =>
      (await fire.pool.query(`select from conversation where state in ('parked', 'waiting')`))
        .rowCount,
    (left) => left === 0,
    60_000,
  );
  await expectEachOnce(fire, ranks);
  await fire.expectSoundState();
}

/** There is room for all, so each can go back to whoever had it. */
async function setUp(call: Call, capacity: number): Promise<string> {
  const made = await call('POST', '/api/v1/channels', { body: { kind: 'api', name: 'Shop' } });
  expect(made.status, made.text).toBe(201);
  for (const name of ['Ana', 'Budi', 'Citra']) {
    const body = { name, availability: 'online', capacity };
    const { status, text } = await call('POST', '/api/v1/agents', { body });
    expect(status, text).toBe(201);
  }
  return (made.body as { id: string }).id;
}

/** Asked again after a kill, it may be too late for the time. */
function park(call: Call, path: string, aheadMs: number): ReturnType<Call> {
  const ask = () => {
    const until = new Date(Date.now() + aheadMs).toISOString();
    return call('POST', `${path}/park`, { body: { until } });
  };
  return eventually(ask, ({ text }) => !text.includes('parking.too-soon'), 30_000);
}

/** Every fourth is brought back by hand, at about its time. Answers the ranks before, by id. */
async function parkAll(
  { call, random, step }: Fire,
  { channelId, count }: { channelId: string; count: number },
): Promise<Map<string, string>> {
  const ranks = new Map<string, string>();
  const byHand: Promise<unknown>[] = [];
  const numbers = Array.from({ length: count }, (_, nth) => nth);
  const lanes = Array.from({ length: 4 }, async () => {
    for (let nth = numbers.shift(); nth !== undefined; nth = numbers.shift()) {
      const body = { externalId: `talk-${nth}`, contact: { externalId: `c-${nth}` } };
      const made = await call('POST', `/api/v1/channels/${channelId}/conversations`, { body });
      const path = `/api/v1/conversations/${(made.body as { id: string }).id}`;
      const { id, rankAt } = await eventually(
        async () => (await call('GET', path)).body as Conversation,
        ({ state }) => state === 'assigned',
        30_000,
      );
      ranks.set(id, rankAt);
      const aheadMs = 5500 + random.between(0, 2500);
      const answer = await park(call, path, aheadMs);
      // A server that was killed may have done it without an answer.
      if (answer.status !== 409) expect(answer.status, answer.text).toBe(200);
      step();
      if (nth % 4 === 0) byHand.push(sleep(aheadMs).then(() => call('POST', `${path}/unpark`, {})));
      await sleep(random.between(0, 600));
    }
  });
  await Promise.all(lanes);
  await Promise.all(byHand);
  return ranks;
}

interface Lived {
  id: string;
  agentId: string;
  rank: Date;
  parked: { agentId: string; until: string }[];
  returned: { agentId: string; cause: string; tooSoonMs: number }[];
}

const LIVED = `select c.conversation_id as id, c.agent_id as "agentId", c.rank_at as rank,
    array(select e.data from event e where e.stream_id = c.conversation_id and e.type = 'conversation.parked' order by seq) as parked,
    array(select e.data || jsonb_build_object('tooSoonMs',
        extract(epoch from (e.data ->> 'until')::timestamptz - e.at)::float8 * 1000)
      from event e where e.stream_id = c.conversation_id and e.type = 'conversation.returned' order by seq) as returned
  from conversation c`;

async function expectEachOnce({ pool, seed }: Fire, ranks: Map<string, string>): Promise<void> {
  const { rows } = await pool.query<Lived>(LIVED);
  expect(rows).toHaveLength(ranks.size);
  for (const row of rows) {
    const told = `seed ${seed}: ${JSON.stringify(row)}`;
    expect(row.rank.toISOString(), told).toBe(ranks.get(row.id));
    expect(row.parked, told).toHaveLength(1);
    expect(row.returned, told).toHaveLength(1);
    const [back] = row.returned;
    expect(back?.agentId, told).toBe(row.parked[0]?.agentId);
    expect(row.agentId, told).toBe(back?.agentId);
    if (back?.cause === 'time') expect(back.tooSoonMs, told).toBeLessThanOrEqual(0);
    else expect(back?.cause, told).toBe('hand');
  }
  const byTime = rows.filter(({ returned }) => returned[0]?.cause === 'time');
  expect(byTime.length).toBeGreaterThan(rows.length / 2);
}
