// Servers that are killed while automations act: each event starts each of them once.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openShop, type Shop } from '../makers/automate.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type Fire, openFire } from './open-fire.ts';

const long = process.env.USHER_LONG_TESTS === '1';

test.skipIf(long)(
  'two servers that are killed in turn have automations act once for each of 120 events',
  () => underFire({ conversations: 60, kills: 4 }),
  240_000,
);

test.runIf(long)(
  'two servers that are killed in turn have automations act once for each of 1200 events',
  () => underFire({ conversations: 600, kills: 25 }),
  900_000,
);

async function underFire({
  conversations: count,
  kills,
}: {
  conversations: number;
  kills: number;
}) {
  const fire = await openFire({ steps: count, kills, pause: [0, 600] });
  const shop = await openShop(fire.call);
  const when = (line: string) => ({ field: 'conversation.meta.line', is: line });
  const actions = [
    { do: 'add-tags', tags: ['seen'] },
    { do: 'note', text: 'NOTE' },
    { do: 'message', texts: { en: 'WORD' } },
  ];
  await shop.automate({ name: 'A', on: ['conversation.opened'], when: when('a'), actions });
  const ended = { name: 'B', on: ['conversation.closed'], when: when('a') };
  await shop.automate({ ...ended, actions: [{ do: 'note', text: 'ENDED' }] });
  const off = { name: 'Off', enabled: false, on: ['conversation.opened'] };
  await shop.automate({ ...off, actions: [{ do: 'note', text: 'NEVER' }] });
  await fire.during(talk(fire, shop, count));
  await eventually(
    async () => (await fire.pool.query(`select from delivery where state = 'pending'`)).rowCount,
    (left) => left === 0,
    60_000,
  );
  await expectEachOnce(fire, count);
  await fire.expectSoundState();
}

/** Every second one is of the line that is waited for; each is closed by hand a little later. */
async function talk({ random, step }: Fire, shop: Shop, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, nth) => nth);
  const lanes = Array.from({ length: 4 }, async () => {
    for (let nth = numbers.shift(); nth !== undefined; nth = numbers.shift()) {
      const meta = { line: nth % 2 === 0 ? 'a' : 'b' };
      const id = await shop.open({ meta, externalId: `case-${nth}` });
      await sleep(random.between(0, 300));
      await shop.send('PATCH', `conversations/${id}`, { priority: 'high' }).catch(() => null);
      const ended = { headers: {} };
      await shop.send('POST', `conversations/${id}/close`, ended.headers).catch(() => null);
      step();
    }
  });
  await Promise.all(lanes);
}

interface Lived {
  line: string;
  state: string;
  tags: string[];
  heard: string[];
  runs: string[];
  told: number;
}

const LIVED = `select c.meta ->> 'line' as line, c.state, c.tags,
    array(select text from message m where m.conversation_id = c.conversation_id order by text) as heard,
    array(select a.name || ' ' || r.outcome from automation_run r join automation a on a.automation_id = r.automation_id
      where r.conversation_id = c.conversation_id order by 1) as runs,
    (select count(*)::integer from event e where e.stream_id = c.conversation_id and e.type = 'conversation.automated') as told
  from conversation c`;

async function expectEachOnce({ pool, seed }: Fire, count: number): Promise<void> {
  const { rows } = await pool.query<Lived>(LIVED);
  expect(rows).toHaveLength(count);
  for (const row of rows) {
    const told = `seed ${seed}: ${JSON.stringify(row)}`;
    expect(row.state, told).toBe('closed');
    if (row.line === 'b') {
      expect([row.heard, row.runs, row.tags, row.told], told).toEqual([[], [], [], 0]);
      continue;
    }
    // Whoever was closed before its automation came has its message refused, with everything else.
    const isLate = row.runs.includes('A failed');
    expect(row.runs, told).toEqual([isLate ? 'A failed' : 'A done', 'B done']);
    expect(row.heard, told).toEqual(isLate ? ['ENDED'] : ['ENDED', 'NOTE', 'WORD']);
    expect(row.tags, told).toEqual(isLate ? [] : ['seen']);
    expect(row.told, told).toBe(isLate ? 1 : 2);
  }
  expect(rows.filter(({ runs }) => runs.includes('A done')).length).toBeGreaterThan(count / 8);
}
