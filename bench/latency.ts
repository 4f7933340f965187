// Measures how long an accepted conversation waits for its agent while agents have room.
import { randomUUID } from 'node:crypto';
import { resolveConversation } from '../src/desk/close-conversation.ts';
import type { Desk } from '../src/desk/context.ts';
import { openConversation } from '../src/desk/open-conversation.ts';
import { startRouter } from '../src/desk/router.ts';
import { silentDesk } from '../test/makers/silent-desk.ts';
import { exponential, openLoop } from './open-loop.ts';
import { percentile } from './statistics.ts';
import { ms, type Section, say, times, whole } from './table.ts';
import { watchClaims } from './watch-claims.ts';
import type { Place, World } from './world.ts';
import { insertBareRow, makeBareTable } from './yardsticks.ts';

const AGENTS = 1000;
const CAPACITY = 5;
const MEAN_DURATION_MS = 2500;
const WARM_UP_SECONDS = 5;
const MOST = 6;

interface Load {
  rate: number;
  seconds: number;
  /** Measure a database that has never been analyzed: the first minute of an installation. */
  cold: boolean;
}

export async function measureLatency(world: World, load: Load): Promise<Section[]> {
  await makeBareTable(world.db);
  await measureBare(world, { ...load, seconds: 2 });
  const before = await measureBare(world, { ...load, seconds: load.seconds / 2 });
  const place = await world.makeWorkspace({ agents: AGENTS, capacity: CAPACITY });
  const routed = await routeArrivals(world, place, load);
  const after = await measureBare(world, { ...load, seconds: load.seconds / 2 });
  return [describe({ load, bare: [...before, ...after], ...routed })];
}

async function measureBare({ db }: World, load: Omit<Load, 'cold'>): Promise<number[]> {
  const latencies: number[] = [];
  await openLoop(load, async () => {
    const began = performance.now();
    await insertBareRow(db);
    latencies.push(performance.now() - began);
  });
  return latencies;
}

interface Moments {
  arrived: number;
  accepted: number;
  assigned: number;
}

/** What sets a customer apart. */
export type Dress = (index: number) => {
  customer: string;
  attributes: Record<string, unknown>;
  meta: Record<string, unknown>;
};

const plain = (): ReturnType<Dress> => ({ customer: '', attributes: {}, meta: {} });

export async function routeArrivals(
  world: World,
  place: Place,
  { rate, seconds, cold, dress = plain }: Load & { dress?: Dress },
) {
  // A room that comes back waits until its channel knows of the end before.
  const run = randomUUID().slice(0, 8);
  const moments = new Map<string, Moments>();
  const assigned = new Map<string, number>();
  const names = new Map<string, string>();
  const closings = new Set<NodeJS.Timeout>();
  const endings = new Set<Promise<void>>();
  let passes = 0;
  const close = (conversationId: string): void => {
    const timer = setTimeout(() => {
      closings.delete(timer);
      const ended = endRoom(desk, place, names.get(conversationId) ?? '');
      endings.add(ended);
      void ended.finally(() => endings.delete(ended));
    }, exponential(MEAN_DURATION_MS) + 50);
    closings.add(timer);
  };
  const watched = watchClaims(world.routingDb, (conversationIds, at) => {
    for (const id of conversationIds) {
      assigned.set(id, at);
      close(id);
    }
  });
  const count = (report: { assigned: number }) => {
    passes += report.assigned > 0 ? 1 : 0;
  };
  const router = startRouter({ desk: silentDesk(watched), sweepMs: 2000, onPass: count });
  const desk: Desk = silentDesk(world.db, router);
  await openLoop({ rate, seconds: WARM_UP_SECONDS }, (index) =>
    arrive(desk, place, `warm-${run}-${index}`, dress(index)).then(
      ({ id, name }) => void names.set(id, name),
    ),
  );
  if (!cold) await world.db.query('analyze');
  say('  warm');
  passes = 0;
  const { late } = await openLoop({ rate, seconds }, async (index) => {
    const arrived = performance.now();
    const { id, name } = await arrive(desk, place, `room-${run}-${index}`, dress(index));
    names.set(id, name);
    moments.set(id, { arrived, accepted: performance.now(), assigned: Number.NaN });
  });
  await new Promise((done) => setTimeout(done, 500));
  await router.stop();
  for (const timer of closings) clearTimeout(timer);
  await Promise.all(endings);
  for (const [id, one] of moments) one.assigned = assigned.get(id) ?? Number.NaN;
  const steady = [...moments.values()];
  return { moments: steady, late, passes };
}

async function arrive(
  desk: Desk,
  { workspaceId, channelId }: Place,
  name: string,
  { customer, attributes, meta }: ReturnType<Dress>,
) {
  const { conversationId } = await openConversation(desk, {
    workspaceId,
    channel: { channelId, teamId: null, weight: 1, remote: true },
    externalId: name,
    externalChannelId: null,
    contact: {
      externalId: customer || name,
      name: 'Customer',
      email: null,
      phone: null,
      avatarUrl: null,
      attributes,
    },
    priority: 'normal',
    previousSessionId: null,
    meta,
  });
  if (conversationId === null) throw new Error(`${name} was not opened.`);
  return { id: conversationId, name };
}

async function endRoom(desk: Desk, { workspaceId, channelId }: Place, externalId: string) {
  const how = { sessionId: null, reason: 'resolved', note: null };
  await resolveConversation(desk, workspaceId, { channelId, externalId, ...how });
}

/** A running pass may commit before the answer to the opening is read: then the wait is zero. */
export function readWaits(moments: readonly Moments[]): number[] {
  return moments
    .filter(({ assigned }) => !Number.isNaN(assigned))
    .map(({ accepted, assigned }) => Math.max(0, assigned - accepted));
}

function describe(args: {
  load: Load;
  bare: number[];
  moments: Moments[];
  late: number[];
  passes: number;
}): Section {
  const { load, bare, moments, late, passes } = args;
  const never = moments.filter(({ assigned }) => Number.isNaN(assigned)).length;
  const done = moments.filter(({ assigned }) => !Number.isNaN(assigned));
  const waits = readWaits(moments);
  const opens = moments.map(({ arrived, accepted }) => accepted - arrived);
  const whole_ = done.map(({ arrived, assigned }) => assigned - arrived);
  const spread = (values: number[]) => [0.5, 0.95, 0.99].map((at) => ms(percentile(values, at)));
  const p99 = percentile(waits, 0.99);
  const against = (at: number) => percentile(waits, at) / percentile(bare, at);
  const isNear = against(0.5) <= MOST && against(0.99) <= MOST;
  return {
    title: 'Latency',
    how: `${whole(load.rate)} arrivals a second (open loop, exponential gaps) for ${load.seconds} s after ${WARM_UP_SECONDS} s of warm-up${load.cold ? '' : ' and an ANALYZE, which the database does by itself within a minute'}; conversations last ${MEAN_DURATION_MS / 1000} s on average (exponential) and end by the resolve of their room; ${whole(AGENTS)} agents of capacity ${CAPACITY}, about half in use. Load and router run in one process. Accepted: the promise of opening resolved, so it is committed; assigned: the commit of the pass that claimed it was answered. Yardstick: one row inserted and committed through the same pool at the same rate, before and after. Deliveries are written, not sent. ${whole(moments.length)} conversations in ${whole(passes)} passes; starts were late by ${ms(percentile(late, 0.99))} at the 99th percentile.`,
    columns: ['measured', 'p50', 'p95', 'p99', 'needed', 'verdict'],
    rows: [
      ['accepted to assigned', ...spread(waits), 'p99 <= 25 ms', p99 <= 25 ? 'met' : 'MISSED'],
      ['arrived to accepted', ...spread(opens), '', ''],
      ['arrived to assigned', ...spread(whole_), '', ''],
      ['yardstick: one row, one commit', ...spread(bare), '', ''],
      [
        'accepted to assigned, against the yardstick',
        ...[0.5, 0.95, 0.99].map((at) => times(against(at))),
        `p50, p99 <= ${MOST} ×`,
        isNear ? 'met' : 'MISSED',
      ],
      ['never assigned', whole(never), '', '', '0', never === 0 ? 'met' : 'MISSED'],
    ],
  };
}
