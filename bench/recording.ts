// Measures what the record of passes costs the router: the same work with and without it, in turns, in one database.
import { parseArgs } from 'node:util';
import type { Pool, PoolClient } from 'pg';
import { resolveConversation } from '../src/desk/close-conversation.ts';
import { openConversation } from '../src/desk/open-conversation.ts';
import { makeRoster, type Roster } from '../src/desk/roster.ts';
import { routeWaiting } from '../src/desk/route-waiting.ts';
import { silentDesk } from '../test/makers/silent-desk.ts';
import { median, sum } from './statistics.ts';
import { ms, percent, report, say, target, targetColumns, whole } from './table.ts';
import { fillHouse, type Lap, timeLap } from './throughput.ts';
import type { Sent } from './watch-claims.ts';
import { closeAssigned, fillConversations, openWorld, type Place, type World } from './world.ts';

const { values } = parseArgs({
  options: {
    waiting: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '500' },
  },
});
const AGENTS = 1000;
const MOST = 0.05;
const WARM_UP_RUNS = 100;

type Name = 'with' | 'without';

/** Both have one workspace: two that are alike differ by 4 %, by the order in which they were filled. */
interface Side {
  name: Name;
  world: World;
  place: Place;
  roster: Roster;
}

const world = await openWorld();
try {
  await report('recording', [
    await measureRate(Number(values.waiting)),
    await measureOne(Number(values.runs)),
  ]);
} finally {
  await world.close();
}

async function makeSides(): Promise<Side[]> {
  const place = await world.makeWorkspace({ agents: AGENTS, capacity: 5 });
  const bare = { ...world, routingDb: leaveOut(world.routingDb) };
  const roster = makeRoster(place.workspaceId);
  return [
    { name: 'with', world, place, roster },
    { name: 'without', world: bare, place, roster: forgetful(roster) },
  ];
}

/** Notes nothing of the agents. */
function forgetful(roster: Roster): Roster {
  const record = () => ({ node: '', whole: false, agents: [], gone: [], setups: [] });
  return { ...roster, record };
}

/** Sends what a pass sends but for its record. */
function leaveOut(db: Pool): Pool {
  const connect = async () => {
    const client = await db.connect();
    const query = (sql: Sent) =>
      typeof sql === 'object' && sql.name === 'record-pass'
        ? Promise.resolve({ rows: [] })
        : client.query(sql as string);
    const release = (error?: Error) => client.release(error);
    return { query, release } as unknown as PoolClient;
  };
  return { connect, options: db.options } as unknown as Pool;
}

async function measureRate(waiting: number) {
  const sides = await makeSides();
  const { place } = sides[0] as Side;
  await fillConversations(world.db, place, { count: 2 * waiting, state: 'waiting' });
  await world.db.query('vacuum analyze');
  const laps: Record<Name, Lap[]> = { with: [], without: [] };
  for (let left = 2 * waiting; left > 0; ) {
    // Who begins takes turns.
    for (const side of laps.with.length % 2 === 0 ? sides : sides.toReversed()) {
      const lap = await timeLap(() => fillHouse(side.world, place, side.roster));
      if (lap.count === 0) throw new Error('Nothing was assigned although conversations wait.');
      laps[side.name].push(lap);
      left -= lap.count;
      await closeAssigned(world.db, place);
    }
  }
  const rate = (all: readonly Lap[]) =>
    sum(all.map(({ count }) => count)) / sum(all.map(({ seconds }) => seconds));
  const pairs = laps.with.map(({ seconds }, nth) => seconds / (laps.without[nth]?.seconds ?? 1));
  const cost = median(pairs) - 1;
  say(`  ${whole(rate(laps.with))}/s with, ${whole(rate(laps.without))}/s without`);
  return {
    title: 'Rate',
    how: `${whole(waiting)} waiting conversations for each side of one workspace, ${whole(AGENTS)} agents of capacity 5, given a full house at a time in turns. Without: the pass notes nothing of the agents, and its statement is not sent.`,
    columns: targetColumns,
    rows: [
      ['assignments/s with the record', '', whole(rate(laps.with)), ''],
      ['assignments/s without', '', whole(rate(laps.without)), ''],
      target('longer, median of the pairs', `<= ${percent(MOST)}`, percent(cost), cost <= MOST),
    ],
  };
}

async function measureOne(runs: number) {
  const sides = await makeSides();
  const times: Record<Name, number[]> = { with: [], without: [] };
  for (let run = -WARM_UP_RUNS; run < runs; run += 1) {
    for (const side of run % 2 === 0 ? sides : sides.toReversed()) {
      const took = await passOnce(side, `room-${side.name}-${run}`);
      if (run >= 0) times[side.name].push(took);
    }
  }
  const pairs = times.with.map((took, nth) => took / (times.without[nth] as number));
  const cost = median(times.with) / median(times.without) - 1;
  return {
    title: 'A pass of one',
    how: `One conversation is opened, one pass assigns it and settles the release of the run before: ${whole(runs)} runs of each side in turns after ${WARM_UP_RUNS}.`,
    columns: targetColumns,
    rows: [
      ['p50 with the record', '', ms(median(times.with)), ''],
      ['p50 without', '', ms(median(times.without)), ''],
      ['longer, of the medians', '', percent(cost), ''],
      ['longer, median of the pairs', '', percent(median(pairs) - 1), ''],
    ],
  };
}

async function passOnce({ world: { desk, routingDb }, place, roster }: Side, externalId: string) {
  const { workspaceId, channelId } = place;
  const contact = { externalId, name: null, email: null, phone: null };
  await openConversation(desk, {
    workspaceId,
    channel: { channelId, teamId: null, weight: 1, remote: true },
    ...{ externalId, externalChannelId: null, previousSessionId: null, meta: {} },
    contact: { ...contact, avatarUrl: null, attributes: {} },
    priority: 'normal',
  });
  const began = performance.now();
  const { assigned } = await routeWaiting(silentDesk(routingDb), { workspaceId, roster });
  const took = performance.now() - began;
  if (assigned !== 1) throw new Error(`A pass for one arrival assigned ${assigned}.`);
  const how = { sessionId: null, reason: 'resolved', note: null };
  await resolveConversation(desk, workspaceId, { channelId, externalId, ...how });
  return took;
}
