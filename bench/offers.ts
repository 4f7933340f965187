// Measures how soon a missed offer goes to the next agent, beside a routing pass of the same run.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { defaultPolicy } from '../src/contract/policy/policy.ts';
import { makeRoster } from '../src/desk/roster.ts';
import { routeWaiting } from '../src/desk/route-waiting.ts';
import { watchOffers } from '../src/housekeeping/watch-offers.ts';
import { insertPolicy, insertWorkspace } from '../src/store/workspaces.ts';
import { makeChannel, makeConversation } from '../test/makers/make-conversation.ts';
import { promising } from '../test/makers/promising.ts';
import { silentDesk } from '../test/makers/silent-desk.ts';
import { median, percentile } from './statistics.ts';
import { ms, report, type Section, say, target, targetColumns, times, whole } from './table.ts';
import { openWorld, startRouting, type World } from './world.ts';

const { values } = parseArgs({
  options: {
    offers: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '40' },
    agents: { type: 'string', default: '1000' },
    passes: { type: 'string', default: '200' },
  },
});

/** The shortest that a plan may ask for. */
const WITHIN_SECONDS = 5;
const MOST_MS = 50;

async function makePlace({ db }: World, agents: number): Promise<string> {
  const workspaceId = uuid();
  await insertWorkspace(db, { workspaceId, name: 'Offers', defaultCapacity: 1 });
  const offer = { within: WITHIN_SECONDS, misses: 20 };
  await insertPolicy(promising(db), {
    ...{ workspaceId, createdBy: 'bench' },
    policy: {
      ...defaultPolicy,
      plans: [{ name: 'Asked', steps: [{ after: 0 }], offer }],
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      rules: [{ name: 'Everybody', then: { plan: 'Asked' } }],
    },
  });
  await db.query(
    `insert into agent (workspace_id, agent_id, name, effective_capacity, ceiling, availability, answers_here)
    select $1, gen_random_uuid(), 'Agent ' || n, 1, 1, 'online', true from generate_series(1, $2::integer) n`,
    [workspaceId, agents],
  );
  return workspaceId;
}

/** One arrival each, in a workspace of the same size in which nobody else routes. */
async function measurePasses(world: World, agents: number, count: number): Promise<number[]> {
  const workspaceId = await makePlace(world, agents);
  const channel = await makeChannel({ desk: world.desk, workspaceId });
  const roster = makeRoster(workspaceId);
  const desk = silentDesk(world.routingDb);
  const took: number[] = [];
  for (let run = -50; run < count; run += 1) {
    await makeConversation({ desk: world.desk, workspaceId }, channel);
    const began = performance.now();
    const { assigned } = await routeWaiting(desk, { workspaceId, roster });
    if (assigned !== 1) throw new Error(`A pass for one arrival assigned ${assigned}.`);
    if (run >= 0) took.push(performance.now() - began);
  }
  return took;
}

/** Nobody answers anything, so each offer is missed and goes on, again and again. */
async function missAll(world: World, size: { offers: number; seconds: number; agents: number }) {
  const workspaceId = await makePlace(world, size.agents);
  const channel = await makeChannel({ desk: world.desk, workspaceId });
  const fail = (error: unknown): never => {
    throw error;
  };
  const { desk, stop } = startRouting(world);
  const watch = watchOffers(desk, { onError: fail });
  for (let nth = 0; nth < size.offers; nth += 1) {
    await makeConversation({ desk, workspaceId }, channel);
    // Deadlines that are spread, as arrivals are.
    await sleep((WITHIN_SECONDS * 1000 * Math.random() * 2) / size.offers);
  }
  await sleep(size.seconds * 1000);
  await watch.stop();
  await stop();
  return readGaps(world.db, workspaceId);
}

interface Gap {
  /** From the end of the time to the end on record, and to the next offer. */
  endedMs: number;
  nextMs: number;
}

/** By the clock of the database alone. */
async function readGaps(db: Pool, workspaceId: string): Promise<Gap[]> {
  const { rows } = await db.query<Gap>(
    `select extract(epoch from ended_at - offered_until)::float8 * 1000 as "endedMs",
      extract(epoch from next_at - offered_until)::float8 * 1000 as "nextMs"
    from (select *, lead(assigned_at) over (partition by conversation_id order by assigned_at) as next_at
      from assignment where workspace_id = $1) a
    where end_reason = 'not-accepted' and next_at is not null`,
    [workspaceId],
  );
  return rows;
}

function describe(args: {
  agents: number;
  offers: number;
  passes: number[];
  gaps: Gap[];
}): Section {
  const { agents, offers, passes, gaps } = args;
  const ended = gaps.map(({ endedMs }) => endedMs);
  const next = gaps.map(({ nextMs }) => nextMs);
  const pass = { p50: median(passes), p99: percentile(passes, 0.99) };
  const row = (name: string, found: number[]) => [
    name,
    whole(found.length),
    ms(median(found)),
    ms(percentile(found, 0.99)),
    ms(Math.max(...found)),
    times(median(found) / pass.p50),
  ];
  say(`  ${whole(gaps.length)} missed`);
  return {
    title: 'From a miss to the next offer',
    how: `${whole(offers)} conversations are offered to ${whole(agents)} agents for ${WITHIN_SECONDS} s each, and nobody answers. From the end of an offer’s time to its end on record and to the next agent’s offer, by the database’s clock. A pass: one arrival in another workspace of as many agents, by itself, in the same run.`,
    columns: ['', 'count', 'p50', 'p99', 'most', 'p50 ÷ p50 of a pass'],
    rows: [
      row('one pass', passes),
      row('miss → end on record', ended),
      row('miss → next offer', next),
    ],
  };
}

function judge(passes: number[], gaps: Gap[]): Section {
  const next = gaps.map(({ nextMs }) => nextMs);
  const rows = ([0.5, 0.99] as const).map((share) => {
    const most = MOST_MS + percentile(passes, share);
    const found = percentile(next, share);
    const name = `miss → next offer, p${share * 100}`;
    return target(name, `≤ ${ms(most)} (${MOST_MS} ms and a pass)`, ms(found), found <= most);
  });
  return {
    title: 'Held against what is needed',
    how: 'A pass of the same run at the same percentile is added to what is allowed.',
    columns: targetColumns,
    rows,
  };
}

const size = {
  offers: Number(values.offers),
  seconds: Number(values.seconds),
  agents: Number(values.agents),
};
const world = await openWorld();
try {
  const before = await measurePasses(world, size.agents, Number(values.passes) / 2);
  const gaps = await missAll(world, size);
  const after = await measurePasses(world, size.agents, Number(values.passes) / 2);
  const passes = [...before, ...after];
  await report('offers', [describe({ ...size, passes, gaps }), judge(passes, gaps)]);
} finally {
  await world.close();
}
