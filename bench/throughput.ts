// Measures how many assignments a second a backlog drains at, with every record written.

import type { Pool } from 'pg';
import { makeRoster } from '../src/desk/roster.ts';
import { routeWaiting } from '../src/desk/route-waiting.ts';
import { silentDesk } from '../test/makers/silent-desk.ts';
import { median, sum } from './statistics.ts';
import { percent, type Section, say, target, targetColumns, times, whole } from './table.ts';
import { closeAssigned, fillConversations, type Place, type World } from './world.ts';
import { assignOneByOne, indexForOneByOne, writeInBulk } from './yardsticks.ts';

const WORKERS = 8;
const ONE_BY_ONE_EACH_ROUND = 200;

export interface Lap {
  count: number;
  seconds: number;
}

/** The three take turns, a full house of assignments each time, so that noise hits all alike. */
export async function measureThroughput(
  world: World,
  { agents, capacity, waiting }: { agents: number; capacity: number; waiting: number },
): Promise<Section[]> {
  const { db, routingDb } = world;
  const size = { agents, capacity };
  const usher = await world.makeWorkspace(size);
  const [a, b] = [await world.makeWorkspace(size), await world.makeWorkspace(size)];
  for (const place of [usher, a, b]) {
    await fillConversations(db, place, { count: waiting, state: 'waiting' });
  }
  await indexForOneByOne(db);
  await db.query('vacuum analyze agent');
  const needs = await readNeeds(db, a);
  const bulk = { needs: await readNeeds(db, b), agentIds: await readAgentIds(db, b) };
  const roster = makeRoster(usher.workspaceId);
  const laps = { usher: [] as Lap[], a: [] as Lap[], b: [] as Lap[] };
  let assigned = 0;
  while (assigned < waiting) {
    const lap = await timeLap(() => fillHouse(world, usher, roster));
    if (lap.count === 0) throw new Error('Nothing was assigned although conversations wait.');
    assigned += lap.count;
    laps.usher.push(lap);
    await closeAssigned(db, usher);
    laps.b.push(await timeLap(() => bulkHouse(routingDb, b, { ...bulk, count: lap.count })));
    await closeAssigned(db, b);
    const one = { count: ONE_BY_ONE_EACH_ROUND, workers: WORKERS, needs };
    laps.a.push(await timeLap(() => assignOneByOne(db, a, one).then(() => one.count)));
    say(`  ${whole(assigned)} assigned, ${whole(lap.count / lap.seconds)}/s`);
  }
  await db.query('drop index yardstick_least_loaded');
  return [describe({ laps, order: await checkOrder(db, usher), ...size, waiting })];
}

export async function timeLap(work: () => Promise<number>): Promise<Lap> {
  const began = performance.now();
  const count = await work();
  return { count, seconds: (performance.now() - began) / 1000 };
}

/** Passes until nothing more fits; the first settles what was closed before. */
export async function fillHouse(
  { routingDb: db }: World,
  { workspaceId }: Place,
  roster: ReturnType<typeof makeRoster>,
): Promise<number> {
  let total = 0;
  for (;;) {
    const { assigned, more } = await routeWaiting(silentDesk(db), { workspaceId, roster });
    total += assigned;
    if (!more) return total;
  }
}

const BULK = 4096;

async function bulkHouse(
  db: Pool,
  place: Place,
  { count, ...args }: { count: number; needs: string; agentIds: string[] },
): Promise<number> {
  for (let left = count; left > 0; left -= BULK) {
    await writeInBulk(db, place, { ...args, count: Math.min(left, BULK) });
  }
  return count;
}

async function readNeeds(db: Pool, { workspaceId }: Place): Promise<string> {
  const sql = 'select needs from conversation where workspace_id = $1 limit 1';
  return (await db.query(sql, [workspaceId])).rows[0].needs;
}

async function readAgentIds(db: Pool, { workspaceId }: Place): Promise<string[]> {
  const sql = 'select agent_id from agent where workspace_id = $1';
  return (await db.query(sql, [workspaceId])).rows.map((row) => row.agent_id);
}

interface Order {
  conversations: number;
  assignments: number;
  decisions: number;
  events: number;
  deliveries: number;
  /** Conversations that were assigned before one that ranked ahead of them. */
  inversions: number;
}

// Assignment ids ascend in the order of the decisions.
async function checkOrder(db: Pool, { workspaceId }: Place): Promise<Order> {
  const result = await db.query(
    `select (select count(*) from conversation where workspace_id = $1 and state <> 'waiting') as conversations,
      (select count(*) from assignment where workspace_id = $1) as assignments,
      (select count(*) from decision where workspace_id = $1) as decisions,
      (select count(*) from event where workspace_id = $1 and type = 'conversation.assigned') as events,
      (select count(*) from delivery where workspace_id = $1) as deliveries,
      (select count(*) from (
        select (c.rank_at, c.conversation_id) < (lag(c.rank_at) over w, lag(c.conversation_id) over w) as inverted
        from assignment a join conversation c using (workspace_id, conversation_id)
        where workspace_id = $1 window w as (order by a.assignment_id)) o where inverted) as inversions`,
    [workspaceId],
  );
  return result.rows[0];
}

function describe(args: {
  laps: Record<'usher' | 'a' | 'b', Lap[]>;
  order: Order;
  agents: number;
  capacity: number;
  waiting: number;
}): Section {
  const { laps, order, agents, capacity, waiting } = args;
  const total = (key: keyof typeof laps) =>
    sum(laps[key].map(({ count }) => count)) / sum(laps[key].map(({ seconds }) => seconds));
  const rate = { usher: total('usher'), a: total('a'), b: total('b') };
  const middle = median(laps.usher.map(({ count, seconds }) => count / seconds));
  const { inversions, ...rows } = order;
  const complete = Object.values(rows).every((count) => count === waiting);
  return {
    title: 'Throughput',
    how: `${whole(waiting)} waiting conversations, ${whole(agents)} agents of capacity ${capacity}. Passes run until nothing more fits; then everything assigned is closed (not counted) and the next pass settles it (counted). Yardstick A: one transaction for each conversation, ${WORKERS} workers, with an index of its own that finds the least loaded agent, releases not counted. Yardstick B: the same rows written 4,096 at a time in one statement without deciding anything. The three take turns, ${laps.usher.length} rounds, each in a workspace of its own in one database.`,
    columns: targetColumns,
    rows: [
      target('assignments/s', '>= 10,000', whole(rate.usher), rate.usher >= 10_000),
      ['assignments/s, median round', '', whole(middle), ''],
      ['yardstick A, assignments/s', '', whole(rate.a), ''],
      ['yardstick B, assignments/s', '', whole(rate.b), ''],
      target('against A', '>= 5 ×', times(rate.usher / rate.a), rate.usher >= 5 * rate.a),
      target('against B', '>= 20 %', percent(rate.usher / rate.b), rate.usher >= 0.2 * rate.b),
      target('assigned out of rank order', '0', whole(inversions), inversions === 0),
      target(
        'one record of each kind',
        whole(waiting),
        whole(Math.min(...Object.values(rows))),
        complete,
      ),
    ],
  };
}
