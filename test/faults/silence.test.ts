// Servers that are killed while somebody is silent: each is reminded, told of, given back and ended once.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Call, eventually } from '../makers/start-test-usher.ts';
import { type Fire, openFire } from './open-fire.ts';

const long = process.env.USHER_LONG_TESTS === '1';
const THEN = 'then';
const [REMIND, CLOSE, AGENT] = [5, 9, 6];

test.skipIf(long)(
  'two servers that are killed in turn remind and end each of 60 silent contacts once',
  () => underFire({ conversations: 60, kills: 4 }),
  240_000,
);

test.runIf(long)(
  'two servers that are killed in turn remind and end each of 600 silent contacts once',
  () => underFire({ conversations: 600, kills: 25 }),
  900_000,
);

const plan = {
  name: 'Default',
  steps: [{ after: 0 }],
  silence: { agent: AGENT, contact: { remind: REMIND, close: CLOSE } },
  words: { reminder: { en: 'REMINDED' }, ended: { en: 'ENDED' } },
};

async function underFire(size: { conversations: number; kills: number }): Promise<void> {
  const { conversations: count, kills } = size;
  const fire = await openFire({ steps: count, kills, pause: [0, 1000] });
  const { channelId, token } = await setUp(fire.call);
  await fire.during(talk(fire, { channelId, token, count }));
  await eventually(
    async () =>
      (
        await fire.pool.query(
          `select from conversation c where state <> 'closed' and (external_id like 'quiet%'
            or not exists (select from event e where e.stream_id = c.conversation_id and e.type = 'conversation.requeued'))`,
        )
      ).rowCount,
    (left) => left === 0,
    90_000,
  );
  await expectEachOnce(fire, count);
  await fire.expectSoundState();
}

async function setUp(call: Call): Promise<{ channelId: string; token: string }> {
  const made = await call('POST', '/api/v1/channels', { body: { kind: 'api', name: 'Shop' } });
  expect(made.status, made.text).toBe(201);
  const body = { name: 'Ana', availability: 'online', capacity: 1000 };
  const agent = (await call('POST', '/api/v1/agents', { body })).body as { id: string };
  const { policy } = (await call('GET', '/api/v1/policy')).body as { policy: object };
  const rules = [{ name: 'Everybody', [THEN]: { plan: 'Default' } }];
  const put = await call('PUT', '/api/v1/policy', { body: { ...policy, plans: [plan], rules } });
  expect(put.status, put.text).toBe(200);
  const limited = { name: 'Ana', role: 'agent', agentId: agent.id };
  const { body: shown } = await call('POST', '/api/v1/tokens', { body: limited });
  return { channelId: (made.body as { id: string }).id, token: (shown as { token: string }).token };
}

/** Of each three Ana answers two, who write no more, and forgets one. */
async function talk(
  { call, random, pool, step }: Fire,
  { channelId, token, count }: { channelId: string; token: string; count: number },
): Promise<void> {
  const numbers = Array.from({ length: count }, (_, nth) => nth);
  const lanes = Array.from({ length: 4 }, async () => {
    for (let nth = numbers.shift(); nth !== undefined; nth = numbers.shift()) {
      const isQuiet = nth % 3 !== 0;
      const externalId = `${isQuiet ? 'quiet' : 'forgotten'}-${nth}`;
      const body = { externalId, contact: { externalId: `c-${nth}` } };
      const made = await call('POST', `/api/v1/channels/${channelId}/conversations`, { body });
      const { id } = made.body as { id: string };
      step();
      if (isQuiet) {
        await eventually(
          async () =>
            (
              await pool.query(
                `select from conversation where conversation_id = $1 and state = 'assigned'`,
                [id],
              )
            ).rowCount,
          (found) => found === 1,
          30_000,
        );
        const said = {
          token,
          body: { text: 'Hello' },
          headers: { 'idempotency-key': `hello-${nth}` },
        };
        const answer = await call('POST', `/api/v1/conversations/${id}/messages`, said);
        expect(answer.status, answer.text).toBeLessThan(300);
      }
      await sleep(random.between(0, 1200));
    }
  });
  await Promise.all(lanes);
}

interface Lived {
  name: string;
  state: string;
  reason: string | null;
  /** Of the system, in order. */
  heard: string[];
  events: string[];
  /** How long after Ana's message it was reminded and ended, in seconds. */
  remindedAfter: number | null;
  endedAfter: number | null;
}

const LIVED = `select c.external_id as name, c.state, c.close_reason as reason,
    array(select text from message m where m.conversation_id = c.conversation_id and author_kind = 'system' order by seq) as heard,
    array(select substr(type, 14) from event e where e.stream_id = c.conversation_id and type in
      ('conversation.reminded', 'conversation.unanswered', 'conversation.requeued', 'conversation.closed') order by seq) as events,
    (select extract(epoch from min(e.at) - min(m.created_at))::float8 from event e, message m where e.stream_id = c.conversation_id
      and m.conversation_id = c.conversation_id and m.author_kind = 'agent' and e.type = 'conversation.reminded') as "remindedAfter",
    (select extract(epoch from c.closed_at - min(m.created_at))::float8 from message m
      where m.conversation_id = c.conversation_id and m.author_kind = 'agent') as "endedAfter"
  from conversation c`;

async function expectEachOnce({ pool, seed }: Fire, count: number): Promise<void> {
  const { rows } = await pool.query<Lived>(LIVED);
  expect(rows).toHaveLength(count);
  for (const row of rows) {
    const told = `seed ${seed}: ${JSON.stringify(row)}`;
    if (row.name.startsWith('quiet')) {
      expect(row.reason, told).toBe('contact-silent');
      expect(row.heard, told).toEqual(['REMINDED', 'ENDED']);
      // An agent of a dead server was not forgotten meanwhile.
      const own = row.events.filter((one) => one === 'reminded' || one === 'closed');
      expect(own, told).toEqual(['reminded', 'closed']);
      expect(row.remindedAfter ?? 0, told).toBeGreaterThanOrEqual(REMIND);
      expect(row.endedAfter ?? 0, told).toBeGreaterThanOrEqual(CLOSE);
    } else {
      expect(row.heard, told).toEqual([]);
      // Ana alone is there, so it comes back to her after a while, and is forgotten anew.
      expectInTurn(row.events, told);
    }
  }
}

/** Told, then given back, again and again: nothing twice, nothing left out. */
function expectInTurn(events: readonly string[], told: string): void {
  expect(events.length, told).toBeGreaterThanOrEqual(2);
  events.forEach((event, nth) => {
    expect(event, told).toBe(nth % 2 === 0 ? 'unanswered' : 'requeued');
  });
}
