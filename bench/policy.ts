// Measures what a full policy costs: the rate at which a backlog drains and the wait of arrivals, with it and without.
import { parseArgs } from 'node:util';
import { makeRoster } from '../src/desk/roster.ts';
import { measureDueSteps } from './due-steps.ts';
import {
  dressCustomer,
  fillCustomers,
  fillToRoute,
  placeAll,
  putFullPolicy,
} from './full-policy.ts';
import { type Dress, readWaits, routeArrivals } from './latency.ts';
import { percentile, sum } from './statistics.ts';
import {
  ms,
  percent,
  report,
  type Section,
  say,
  target,
  targetColumns,
  times,
  whole,
} from './table.ts';
import { fillHouse, type Lap, timeLap } from './throughput.ts';
import { measureToldPositions } from './told-positions.ts';
import { measureTriedPolicy } from './tried-policy.ts';
import { closeAssigned, fillConversations, openWorld, type World } from './world.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    waiting: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '15' },
    rate: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    due: { type: 'string', default: '50000' },
  },
});

const SIZE = { agents: 1000, capacity: 5 };
/** They come again and again, so that the sticky agent of each is known. */
const REGULARS = 5000;

async function measureRate(world: World, waiting: number): Promise<Section> {
  const { db } = world;
  const [bare, full] = [await world.makeWorkspace(SIZE), await world.makeWorkspace(SIZE)];
  await fillConversations(db, bare, { count: waiting, state: 'waiting' });
  await putFullPolicy(db, full);
  await fillCustomers(db, full, waiting);
  await fillToRoute(db, full, waiting);
  const laps = { bare: [] as Lap[], full: [] as Lap[] };
  const rosters = { bare: makeRoster(bare.workspaceId), full: makeRoster(full.workspaceId) };
  const placing = await timeLap(() => placeAll(world, full, rosters.full));
  say(`  placed ${whole(placing.count)} in ${placing.seconds.toFixed(1)} s`);
  await closeAssigned(db, full);
  await db.query('vacuum analyze conversation');
  for (let drained = 0; drained < waiting * 0.8; ) {
    const lap = await timeLap(() => fillHouse(world, bare, rosters.bare));
    laps.bare.push(lap);
    laps.full.push(await timeLap(() => fillHouse(world, full, rosters.full)));
    await closeAssigned(db, bare);
    await closeAssigned(db, full);
    drained += lap.count;
  }
  return describeRate({ laps, placing, waiting });
}

function describeRate(args: {
  laps: Record<'bare' | 'full', Lap[]>;
  placing: Lap;
  waiting: number;
}): Section {
  const { laps, placing, waiting } = args;
  const rate = (of: readonly Lap[]) =>
    sum(of.map(({ count }) => count)) / sum(of.map(({ seconds }) => seconds));
  const [bare, full] = [rate(laps.bare), rate(laps.full)];
  return {
    title: 'Rate',
    how: `${whole(waiting)} waiting conversations and ${whole(SIZE.agents)} agents of capacity ${SIZE.capacity}, in two workspaces of one database that take turns, ${laps.full.length} rounds. One has a policy of 20 rules, 12 plans of 3 steps (a third of them sticky), 40 skills with levels (12 an agent) and 6 calendars; its conversations were given their plans before, by the passes of the row “placed”. Passes run until nothing more fits, then everything assigned is closed (not counted).`,
    columns: targetColumns,
    rows: [
      ['assignments/s, without', '', whole(bare), ''],
      ['assignments/s, full policy', '', whole(full), ''],
      target('against without', '>= 80 %', percent(full / bare), full >= 0.8 * bare),
      ['placed by the rules/s', '', whole(placing.count / placing.seconds), ''],
    ],
  };
}

async function measureArrivals(
  world: World,
  load: { rate: number; seconds: number; rounds: number },
): Promise<Section> {
  const places = { bare: await world.makeWorkspace(SIZE), full: await world.makeWorkspace(SIZE) };
  await putFullPolicy(world.db, places.full);
  await fillCustomers(world.db, places.full, REGULARS);
  await fillCustomers(world.db, places.bare, REGULARS);
  const waits = { bare: [] as number[], full: [] as number[] };
  let never = 0;
  for (let round = 0; round < load.rounds; round += 1) {
    for (const one of ['bare', 'full'] as const) {
      const dress: Dress = (index) => {
        return { customer: `customer-${index % REGULARS}`, ...dressCustomer(index) };
      };
      const { moments } = await routeArrivals(world, places[one], { ...load, cold: false, dress });
      const measured = readWaits(moments);
      never += moments.length - measured.length;
      waits[one].push(...measured);
      await closeAssigned(world.db, places[one]);
    }
  }
  return describeArrivals({ waits, never, load });
}

function describeArrivals(args: {
  waits: Record<'bare' | 'full', number[]>;
  never: number;
  load: { rate: number; seconds: number; rounds: number };
}): Section {
  const { waits, never, load } = args;
  const spread = (of: readonly number[]) =>
    [0.5, 0.95, 0.99].map((at) => ms(percentile([...of], at)));
  const against = (at: number) => percentile(waits.full, at) / percentile(waits.bare, at);
  return {
    title: 'Wait of arrivals',
    how: `Accepted to assigned at ${whole(load.rate)} arrivals a second (open loop, exponential gaps), ${load.rounds} rounds of ${load.seconds} s each in turns, with the same customers in a workspace without and in one with the full policy. There the pass asks the rules before it decides.`,
    columns: ['measured', 'p50', 'p95', 'p99', 'needed', 'verdict'],
    rows: [
      ['without', ...spread(waits.bare), '', ''],
      ['full policy', ...spread(waits.full), '', ''],
      [
        'against without',
        ...[0.5, 0.95, 0.99].map((at) => times(against(at))),
        'p99 <= 1.5 ×',
        against(0.99) <= 1.5 ? 'met' : 'MISSED',
      ],
      ['never assigned', whole(never), '', '', '0', never === 0 ? 'met' : 'MISSED'],
    ],
  };
}

const parts: Record<string, (world: World) => Promise<Section>> = {
  rate: (world) => measureRate(world, Number(values.waiting)),
  arrivals: (world) => {
    const load = { rate: Number(values.rate), seconds: Number(values.seconds) };
    return measureArrivals(world, { ...load, rounds: Number(values.rounds) });
  },
  steps: (world) => measureDueSteps(world, Number(values.due)),
  words: (world) => {
    return measureToldPositions(world, {
      waiting: Number(values.due),
      rounds: Number(values.rounds),
    });
  },
  'try-short': (world) => measureTriedPolicy(world, Number(values.waiting) / 10),
  'try-long': (world) => measureTriedPolicy(world, Number(values.waiting)),
};

const sections: Section[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (values.only !== undefined && values.only !== name) continue;
  say(`measuring ${name}`);
  const world = await openWorld();
  try {
    sections.push(await measure(world));
  } finally {
    await world.close();
  }
}
await report(values.only === undefined ? 'policy' : `policy-${values.only}`, sections);
