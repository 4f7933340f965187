// Measures a pass that assigns one conversation against a bare commit, and the parts of its time.

import type { Pool, PoolClient } from 'pg';
import { resolveConversation } from '../src/desk/close-conversation.ts';
import { openConversation } from '../src/desk/open-conversation.ts';
import { makeRoster } from '../src/desk/roster.ts';
import { routeWaiting } from '../src/desk/route-waiting.ts';
import { silentDesk } from '../test/makers/silent-desk.ts';
import { median, percentile } from './statistics.ts';
import { ms, type Section, times, whole } from './table.ts';
import type { Place, World } from './world.ts';
import { insertBareRow, makeBareTable } from './yardsticks.ts';

const AGENTS = 1000;
const WARM_UP_RUNS = 200;
const MOST = 2.5;

/** Moments of one pass, in the order in which they come. */
interface Moments {
  began: number;
  connected: number;
  read: number;
  decided: number;
  written: number;
}

export async function measurePass(world: World, runs: number): Promise<Section[]> {
  await makeBareTable(world.db);
  const place = await world.makeWorkspace({ agents: AGENTS, capacity: 5 });
  const roster = makeRoster(place.workspaceId);
  const bare: number[] = [];
  const passes: Moments[] = [];
  for (let run = -WARM_UP_RUNS; run < runs; run += 1) {
    if (run === -WARM_UP_RUNS / 2) await world.db.query('vacuum analyze');
    const began = performance.now();
    await insertBareRow(world.db);
    const bareMs = performance.now() - began;
    const moments = await passOnce(world, place, { roster, externalId: `room-${run}` });
    if (run < 0) continue;
    bare.push(bareMs);
    passes.push(moments);
  }
  return [describe(bare, passes)];
}

async function passOnce(
  { desk, routingDb }: World,
  { workspaceId, channelId }: Place,
  { roster, externalId }: { roster: ReturnType<typeof makeRoster>; externalId: string },
): Promise<Moments> {
  const contact = { externalId, name: null, email: null, phone: null };
  await openConversation(desk, {
    workspaceId,
    channel: { channelId, teamId: null, weight: 1, remote: true },
    ...{ externalId, externalChannelId: null, previousSessionId: null, meta: {} },
    contact: { ...contact, avatarUrl: null, attributes: {} },
    priority: 'normal',
  });
  const none = Number.NaN;
  const moments = { began: performance.now(), connected: none, read: none, decided: none };
  const db = watch(routingDb, moments);
  const { assigned } = await routeWaiting(silentDesk(db), { workspaceId, roster });
  const written = performance.now();
  if (assigned !== 1) throw new Error(`A pass for one arrival assigned ${assigned}.`);
  const how = { sessionId: null, reason: 'resolved', note: null };
  await resolveConversation(desk, workspaceId, { channelId, externalId, ...how });
  return { ...moments, written };
}

/** Notes when the first statement was sent, when all that was read had come, and when the claim was sent. */
function watch(db: Pool, moments: Omit<Moments, 'written'>): Pool {
  const connect = async () => {
    const client = await db.connect();
    moments.connected = performance.now();
    const query = async (sql: string | { name: string }) => {
      if (typeof sql === 'object' && sql.name === 'claim') moments.decided = performance.now();
      const result = await client.query(sql as string);
      if (Number.isNaN(moments.decided)) moments.read = performance.now();
      return result;
    };
    const release = (error?: Error) => client.release(error);
    return { query, release } as unknown as PoolClient;
  };
  return { connect, options: db.options } as unknown as Pool;
}

function describe(bare: number[], passes: Moments[]): Section {
  const between = (from: keyof Moments, to: keyof Moments) =>
    passes.map((moments) => moments[to] - moments[from]);
  const total = between('began', 'written');
  const against = median(total) / median(bare);
  const row = (name: string, part: number[]) => [
    name,
    ms(median(part)),
    ms(percentile(part, 0.95)),
    times(median(part) / median(bare)),
    '',
    '',
  ];
  return {
    title: 'A pass of one',
    how: `One conversation is opened, one pass assigns it and settles the release of the run before, its room is resolved, and again: ${whole(passes.length)} runs after ${WARM_UP_RUNS}, ${whole(AGENTS)} agents. Yardstick: one row inserted and committed before each of them.`,
    columns: ['measured', 'p50', 'p95', 'against the yardstick', 'needed', 'verdict'],
    rows: [
      [
        ...row('a pass that assigns one', total).slice(0, 4),
        `<= ${MOST} ×`,
        against <= MOST ? 'met' : 'MISSED',
      ],
      row('– a connection and its turn', between('began', 'connected')),
      row('– begin, lock and all that is read', between('connected', 'read')),
      row('– deciding', between('read', 'decided')),
      row('– what is written, and the commit', between('decided', 'written')),
      row('yardstick: one row, one commit', bare),
    ],
  };
}
