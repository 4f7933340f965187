// A recorded hour of two nodes, decided again: every decision comes out as it was, and a record that was tampered with does not.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeRandom } from '../../sandbox/qiscus/random.ts';
import { readConfig } from '../../src/config.ts';
import type { Replay } from '../../src/contract/replays.ts';
import { startUsher } from '../../src/main.ts';
import { doSomething, replay, setUpCentre } from '../makers/replay-world.ts';
import {
  type Call,
  callOf,
  startTestUsher,
  type TestUsher,
  TOKEN,
} from '../makers/start-test-usher.ts';
import { watchErrors } from '../makers/watch-errors.ts';

const MINUTES = 60;
/** A busy machine gives later within each minute, and so less often by choice: then the hour goes on. */
const MOST_MINUTES = 180;
const MINUTE_MS = 60_000;

/** Another node on the same database, with the same clock. */
async function startPeer({ database, clock }: TestUsher): Promise<Call> {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-test-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const config = readConfig({
    ...{ USHER_DATA_DIR: dataDir, PORT: '0', DATABASE_URL: database.url },
    ...{ USHER_ADMIN_TOKEN: TOKEN, LOG_LEVEL: 'silent', USHER_SWEEP_MS: '60000' },
  });
  const errors = watchErrors();
  const peer = await startUsher(config, errors.log, { clock });
  onTestFinished(async () => {
    await peer.stop();
    errors.check();
  });
  return callOf(peer.url);
}

test('of an hour of two nodes with all that gives conversations, every decision comes out as it was; what is tampered with does not', async () => {
  const random = makeRandom(7);
  const usher = await startTestUsher({ QISCUS_APP_ID: '', USHER_SWEEP_MS: '5000' });
  const peer = await startPeer(usher);
  const call: Call = (...request) => (random.chance(0.5) ? usher.call : peer)(...request);
  const centre = await setUpCentre(call, random);
  const from = new Date(usher.clock.now());
  const isOver = async (minute: number) =>
    minute >= MOST_MINUTES || (minute >= MINUTES && (await listShown(usher)).length === ALL.length);
  for (let minute = 0; !(await isOver(minute)); minute += 1) {
    await doSomething(centre, minute);
    await usher.clock.advance(MINUTE_MS / 2);
    await usher.clock.advance(MINUTE_MS / 2);
  }
  const until = new Date(usher.clock.now());
  const found = await replay(call, { from, until });
  expect(found.differences).toEqual([]);
  expect(found).toMatchObject({ differing: 0, unexplained: 0, isWhole: true, forgotten: 0 });
  expect(found.reproduced).toBe(found.decided);
  expect(found.standing.otherwise).toEqual([]);
  expect(found.standing.asked).toBeGreaterThan(20);
  expect(found.rules.again).toBeGreaterThan(15);
  expect(found.rules.causes).not.toHaveProperty('another-rule');
  expect(found.rules.causes).not.toHaveProperty('fields-changed');
  await expectEnough(usher, found);
  await expectRulesTold(usher, () => replay(call, { from, until }));
  await expectTold(usher, () => replay(call, { from, until }));
}, 240_000);

/** Every reason that is compared, and that some were offered and parked. */
const ALL = ['load-share', 'offered', 'parked', 'skill', 'sticky', 'turn'];

async function listShown({ database: { pool } }: TestUsher): Promise<string[]> {
  const { rows } = await pool.query<{ shown: string }>(
    `select because ->> 'decidedBy' as shown from decision
      where because ->> 'decidedBy' in ('sticky', 'skill', 'load-share', 'turn')
    union select 'offered' from assignment where offered_until is not null
    union select 'parked' from assignment where end_reason = 'parked' order by shown`,
  );
  return rows.map(({ shown }) => shown);
}

/** Else the test has shown nothing. */
async function expectEnough(usher: TestUsher, found: Replay): Promise<void> {
  expect(found.decided).toBeGreaterThan(120);
  expect(found.byHand).toBeGreaterThan(3);
  expect(found.servers.length).toBeGreaterThan(1);
  expect(await listShown(usher)).toEqual(ALL);
}

/** Of a record that was changed, each replay says so. */
async function expectTold(
  { database: { pool } }: TestUsher,
  again: () => Promise<Replay>,
): Promise<void> {
  const chosen = `(select assignment_id from decision where jsonb_typeof(because -> 'runnerUp') = 'object'
    order by assignment_id offset 20 limit 1)`;
  const { rows } = await pool.query<{ id: string; agent: string; other: string }>(
    `select assignment_id as id, agent_id as agent, because #>> '{runnerUp,agentId}' as other
    from decision where assignment_id = ${chosen}`,
  );
  const [one] = rows;
  if (one === undefined) throw new Error('Nobody was second.');
  const give = async (table: string, agentId: string) => {
    const sql = `update ${table} set agent_id = $2 where assignment_id = $1`;
    await pool.query(sql, [one.id, agentId]);
  };
  await give('assignment', one.other);
  expect(await again()).toMatchObject({ differing: 1, causes: { 'records-differ': 1 } });
  await give('decision', one.other);
  const moved = await again();
  expect(moved).toMatchObject({ differing: 1, unexplained: 1, causes: { 'another-agent': 1 } });
  expect(moved.differences).toMatchObject([
    { assignmentId: one.id, agent: { id: one.other }, replayed: { id: one.agent } },
  ]);
  await give('assignment', one.agent);
  await give('decision', one.agent);
  const reason = `update decision set because = because || $2 where assignment_id = $1`;
  await pool.query(reason, [one.id, { eligible: 99 }]);
  expect((await again()).causes).toEqual({ 'another-reason': 1 });
  const lost = await pool.query<{ count: number }>(
    `delete from routing_pass where $1 = any (assignment_ids)
    returning cardinality(array_remove(assignment_ids, null)) as count`,
    [one.id],
  );
  const { causes } = await again();
  expect(causes['not-on-record']).toBeGreaterThan(0);
  expect(causes['not-on-record']).toBeLessThanOrEqual(lost.rows[0]?.count ?? 0);
}

/** Of whose fields were changed nothing is claimed; of whose rule was changed, that another one matches. */
async function expectRulesTold(
  { database: { pool } }: TestUsher,
  again: () => Promise<Replay>,
): Promise<void> {
  const before = await again();
  const { rows } = await pool.query<{ id: string }>(
    `select conversation_id as id from conversation where state = 'closed' and route ->> 'rule' = 'gold'
      and exists (select from decision d where d.conversation_id = conversation.conversation_id
        and d.decided_at >= conversation.assigned_at - interval '1 second')
    order by conversation_id limit 1`,
  );
  const [one] = rows;
  if (one === undefined) throw new Error('No closed one was matched by the rule.');
  const set = (change: string) =>
    pool.query(`update conversation set ${change} where conversation_id = $1`, [one.id]);
  await set(`meta = meta || '{"line": "due"}'`);
  const changed = await again();
  expect(changed.rules.causes['fields-changed']).toBe(1);
  expect(changed.rules.again).toBe(before.rules.again - 1);
  expect(changed.reproduced).toBe(before.reproduced);
  await set(`meta = meta || '{"line": "gold"}'`);
  await set(`route = route || '{"rule": "due"}'`);
  const ruled = await again();
  expect(ruled).toMatchObject({ unexplained: 1, causes: { 'another-rule': 1 } });
  expect(ruled.differences).toMatchObject([{ conversationId: one.id, cause: 'another-rule' }]);
  await set(`route = route || '{"rule": "gold"}'`);
  expect((await again()).rules).toEqual(before.rules);
}
