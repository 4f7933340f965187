// Servers are killed while targets come due: each is told once, and counted once.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { makeRandom } from '../../sandbox/qiscus/random.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { type Call, eventually } from '../makers/start-test-usher.ts';
import { askAny } from './ask-any.ts';
import { killInTurn, startServers } from './kill-in-turn.ts';

const long = process.env.USHER_LONG_TESTS === '1';
const FIRST_ANSWER = 2;
const END = 5;

test.skipIf(long)(
  'targets that come due while servers are killed are told and counted once each',
  () => underFire({ conversations: 60, kills: 4 }),
  240_000,
);

test.runIf(long)(
  'targets that come due while servers are killed twenty times are told and counted once each',
  () => underFire({ conversations: 400, kills: 20 }),
  900_000,
);

async function underFire(size: { conversations: number; kills: number }): Promise<void> {
  const { pool, url } = await makeDatabase();
  const servers = await startServers(3, { DATABASE_URL: url, USHER_SWEEP_MS: '500' });
  const random = makeRandom(1);
  const call = askAny(servers, random);
  const channelId = await setUp(call);
  let opened = 0;
  const everything = open(call, {
    ...{ channelId, count: size.conversations },
    onOpened: () => {
      opened += 1;
    },
  });
  await killInTurn(servers, {
    ...{ kills: size.kills, random, pause: [0, 1000] },
    until: async (killed) => {
      while (opened < ((killed + 1) * size.conversations) / (size.kills + 1)) await sleep(5);
    },
  });
  await everything;
  await eventually(
    async () =>
      (await pool.query('select from conversation where target_turn_at is not null')).rowCount,
    (left) => left === 0,
    60_000,
  );
  await expectEachOnce(pool, size.conversations);
}

async function setUp(call: Call): Promise<string> {
  const { policy } = (await call('GET', '/api/v1/policy')).body as { policy: object };
  const put = await call('PUT', '/api/v1/policy', {
    body: {
      ...policy,
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      rules: [{ name: 'Everybody', then: { plan: 'Billing' } }],
      plans: [
        {
          ...{ name: 'Billing', steps: [{ after: 0 }], order: 'due' },
          targets: { firstAnswer: FIRST_ANSWER, end: END },
        },
      ],
    },
  });
  expect(put.status, put.text).toBe(200);
  const made = await call('POST', '/api/v1/channels', { body: { kind: 'api', name: 'Shop' } });
  return (made.body as { id: string }).id;
}

/** One in three is closed again, at its own moment. */
async function open(
  call: Call,
  args: { channelId: string; count: number; onOpened: () => void },
): Promise<void> {
  const { channelId, count, onOpened } = args;
  const closings: Promise<unknown>[] = [];
  for (let n = 0; n < count; n += 1) {
    const body = { externalId: `case-${n}`, contact: { externalId: `c-${n}` } };
    const opened = await call('POST', `/api/v1/channels/${channelId}/conversations`, { body });
    expect(opened.status, opened.text).toBeLessThan(300);
    const { id } = opened.body as { id: string };
    onOpened();
    if (n % 3 === 0) {
      const close = () => call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
      closings.push(sleep((n % 8) * 900).then(close));
    }
    await sleep(100);
  }
  await Promise.all(closings);
}

interface Lived {
  id: string;
  /** null: it was closed before its rules were asked. */
  plan: string | null;
  queuedAt: Date;
  closedAt: Date | null;
  told: string[];
  counted: string[];
}

async function expectEachOnce(pool: Pool, count: number): Promise<void> {
  const { rows } = await pool.query<Lived>(
    `select conversation_id as id, plan, date_trunc('milliseconds', queued_at) as "queuedAt",
      date_trunc('milliseconds', closed_at) as "closedAt",
      array(select type || ' ' || (data ->> 'target') from event e where e.stream_id = c.conversation_id
        and type in ('conversation.due-soon', 'conversation.overdue') order by 1) as told,
      array(select kind || case when met then ' met' else ' missed' end from target_result r
        where r.conversation_id = c.conversation_id order by 1) as counted
    from conversation c`,
  );
  expect(rows).toHaveLength(count);
  const wrong = rows.filter((one) => {
    const expected = expectationOf(one);
    return `${one.told}` !== `${expected.told}` || `${one.counted}` !== `${expected.counted}`;
  });
  expect(wrong).toEqual([]);
  expect(rows.filter(({ plan }) => plan === null).length).toBeLessThan(count / 6);
  expect(rows.some(({ counted }) => counted.includes('end met'))).toBe(true);
}

/** So short a target is near from its beginning on. */
function expectationOf({ plan, queuedAt, closedAt }: Lived): Pick<Lived, 'told' | 'counted'> {
  if (plan === null) return { told: [], counted: [] };
  const lived = (closedAt?.getTime() ?? Number.POSITIVE_INFINITY) - queuedAt.getTime();
  const [unanswered, late] = [lived >= FIRST_ANSWER * 1000, lived >= END * 1000];
  return {
    told: [
      ...['conversation.due-soon end', 'conversation.due-soon firstAnswer'],
      ...(late ? ['conversation.overdue end'] : []),
      ...(unanswered ? ['conversation.overdue firstAnswer'] : []),
    ],
    counted: [late ? 'end missed' : 'end met', ...(unanswered ? ['firstAnswer missed'] : [])],
  };
}
