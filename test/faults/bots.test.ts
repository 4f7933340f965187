// Two servers and a bot that misbehaves, while one of the servers is killed: every contact has a person in time, and nothing is lost.
import { expect, test } from 'vitest';
import { makeDatabase } from '../makers/make-database.ts';
import type { Behaviour } from '../makers/start-bot.ts';
import { ALLOWED, setUpShop, withPerson } from '../makers/start-shop-with-bot.ts';
import { callOf, eventually } from '../makers/start-test-usher.ts';
import { LOST_DATABASE } from '../makers/watch-errors.ts';
import { startServerProcess } from './server-process.ts';

const SILENT_SECONDS = 4;
const COUNT = 12;

async function startTwo(behave: Behaviour) {
  const { pool, url } = await makeDatabase();
  const environment = { ...ALLOWED, DATABASE_URL: url, USHER_SWEEP_MS: '500' };
  const servers = [await startServerProcess(environment), await startServerProcess(environment)];
  for (const server of servers) server.expectErrors(LOST_DATABASE);
  await Promise.all(servers.map((server) => server.ready()));
  const [first, second] = servers as [(typeof servers)[0], (typeof servers)[0]];
  const shop = await setUpShop(callOf(second.url), {
    behave,
    plan: { bot: { agent: 'Botty', silentFor: SILENT_SECONDS, messages: 3, replies: 3 } },
  });
  return { pool, first, shop };
}

const ways: [string, Behaviour, number][] = [
  ['hangs', () => 'never', SILENT_SECONDS],
  ['fails', () => 500, 0],
  [
    'floods',
    ({ type }, { say }) => {
      if (type !== 'conversation.assigned') return undefined;
      void Promise.all(Array.from({ length: 20 }, (_, nth) => say(`Buy ${nth}!`)));
      return undefined;
    },
    0,
  ],
];

for (const [way, behave, limitSeconds] of ways) {
  test(`a bot that ${way} while a server is killed: each of ${COUNT} contacts has a person within five seconds of the limit`, async () => {
    const { pool, first, shop } = await startTwo(behave);
    const ids: string[] = [];
    const opened = new Map<string, number>();
    for (let nth = 0; nth < COUNT; nth += 1) {
      const id = await shop.open(`Message ${nth}`);
      ids.push(id);
      opened.set(id, performance.now());
      if (nth === COUNT / 2) await first.kill();
    }
    const took: number[] = [];
    await Promise.all(
      ids.map(async (id) => {
        await shop.until(id, withPerson);
        took.push(performance.now() - (opened.get(id) ?? 0));
      }),
    );
    expect(Math.max(...took), `of ${took}`).toBeLessThanOrEqual(limitSeconds * 1000 + 5000);

    const { rows } = await pool.query(
      `select (select count(*)::integer from message where author_kind = 'contact') as said,
        (select max(n)::integer from (select count(*) as n from assignment where ended_at is null group by conversation_id) held) as holders,
        (select count(*)::integer from agent where load > ceiling) as over,
        (select count(*)::integer from (select from message where author_kind = 'bot' group by conversation_id having count(*) > 3) m) as floods`,
    );
    expect(rows).toEqual([{ said: COUNT, holders: 1, over: 0, floods: 0 }]);
    const load = `select load from agent where kind = 'bot'`;
    await eventually(
      async () => (await pool.query<{ load: number }>(load)).rows[0]?.load,
      (held) => held === 0,
    );
  }, 120_000);
}
