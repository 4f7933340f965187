// Measures a pass that assigns one conversation against a bare commit, and the parts of its time.

import type { Pool, PoolClient } from 'pg';
import { resolveConversation } from '../src/desk/close-conversation.ts';
import { openConversation } from '../src/desk/open-conversation.ts';
import { makeRoster } from '../src/desk/roster.ts';
import { routeWaiting } from '../src/desk/route-waiting.ts';
import { silentDesk } from '../test/makers/silent-desk.ts';
import { median, percentile } from './statistics.ts';
import { ms, type Section, times, whole } from './table.ts';
import { isClaim, type Sent } from './watch-claims.ts';
import { fillConversations, type Place, type World } from './world.ts';
import { insertBareRow, makeBareTable, writeInBulk } from './yardsticks.ts';

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
  const writePlainly = await preparePlain(world, WARM_UP_RUNS + runs);
  const bare: number[] = [];
  const plain: number[] = [];
  const passes: Moments[] = [];
  for (let run = -WARM_UP_RUNS; run < runs; run += 1) {
    if (run === -WARM_UP_RUNS / 2) await world.db.query('vacuum analyze');
    const bareMs = await timed(() => insertBareRow(world.db));
    const plainMs = await timed(writePlainly);
    const moments = await passOnce(world, place, { roster, externalId: `room-${run}` });
    if (run < 0) continue;
    bare.push(bareMs);
    plain.push(plainMs);
    passes.push(moments);
  }
  return [describe({ bare, plain, passes })];
}

/** A workspace of its own, in which one statement that decides nothing writes the rows of an assignment. */
async function preparePlain(world: World, count: number): Promise<() => Promise<void>> {
  const place = await world.makeWorkspace({ agents: 1, capacity: 5 });
  await fillConversations(world.db, place, { count, state: 'waiting' });
  const { rows } = await world.db.query<{ needs: string; id: string }>(
    `select needs, (select agent_id from agent where workspace_id = $1) as id
    from conversation where workspace_id = $1 limit 1`,
    [place.workspaceId],
  );
  const { needs = '', id = '' } = rows[0] ?? {};
  return () => writeInBulk(world.db, place, { count: 1, needs, agentIds: [id] });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
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
    const query = async (sql: Sent) => {
      if (isClaim(sql)) moments.decided = performance.now();
      const result = await client.query(sql as string);
      if (Number.isNaN(moments.decided)) moments.read = performance.now();
      return result;
    };
    const release = (error?: Error) => client.release(error);
    return { query, release } as unknown as PoolClient;
  };
  return { connect, options: db.options } as unknown as Pool;
}

function describe(measured: { bare: number[]; plain: number[]; passes: Moments[] }): Section {
  const { bare, plain, passes } = measured;
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
    how: `One conversation is opened, one pass assigns it and settles the release of the run before, its room is resolved, and again: ${whole(passes.length)} runs after ${WARM_UP_RUNS}, ${whole(AGENTS)} agents. Yardsticks before each of them: one row inserted and committed; and the rows of an assignment, without the agent, written by one statement that neither locks, reads nor decides.`,
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
      row('the same rows by one plain statement, and its commit', plain),
      row('yardstick: one row, one commit', bare),
    ],
  };
}
