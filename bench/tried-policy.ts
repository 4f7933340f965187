// Measures a dry run of a policy beside long queues: how long it takes and holds up the process, and how long arrivals wait meanwhile.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { PolicyDocument } from '../src/contract/policy/document.ts';
import type { DryRun } from '../src/contract/policy/dry-run.ts';
import { checkPolicy } from '../src/desk/check-policy.ts';
import { getPolicy, insertPolicy } from '../src/store/workspaces.ts';
import { promising } from '../test/makers/promising.ts';
import { fillCustomers, fillToRoute, placeAll, putFullPolicy } from './full-policy.ts';
import { type Dress, readWaits, routeArrivals } from './latency.ts';
import { percentile } from './statistics.ts';
import { ms, type Section, say, target, targetColumns, times, whole } from './table.ts';
import type { Place, World } from './world.ts';

const SIZE = { agents: 200, capacity: 5 };
const RATE = 20;
const SECONDS = 10;
/** After the warm-up of the arrivals. */
const BEGINS_MS = 7000;
const DEPARTMENT = 'Open';
const MIB = 1024 * 1024;

interface Tried {
  dryRun: DryRun;
  tookMs: number;
  /** The longest for which the process did nothing else. */
  stallMs: number;
  heldMib: number;
}

export async function measureTriedPolicy(world: World, waiting: number): Promise<Section> {
  const place = await world.makeWorkspace(SIZE);
  const policy = await fill(world, place, waiting);
  const { workspaceId } = place;
  const check = () =>
    checkPolicy(world.desk, { workspaceId, policy, dryRun: { namesContacts: true } });
  await check();
  const calm = await arrive(world, place, watchStalls);
  const busy = await arrive(world, place, () => watchTry(check));
  return describe({ waiting, calm, busy });
}

/** Nobody has the skills for what waits. Answers a policy that moves a part of it. */
async function fill(world: World, place: Place, waiting: number): Promise<PolicyDocument> {
  const { db } = world;
  const { workspaceId } = place;
  await putFullPolicy(db, place);
  await db.query('delete from agent_skill where workspace_id = $1', [workspaceId]);
  const full = (await getPolicy(db, workspaceId)) as PolicyDocument;
  const policy: PolicyDocument = {
    ...full,
    plans: [...(full.plans ?? []), { name: DEPARTMENT, steps: [{ after: 0 }] }],
    rules: [
      {
        name: DEPARTMENT,
        when: { field: 'conversation.department', is: DEPARTMENT },
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        then: { plan: DEPARTMENT },
      },
      ...(full.rules ?? []),
    ],
  };
  await insertPolicy(promising(db), { workspaceId, policy, createdBy: 'bench' });
  await fillCustomers(db, place, waiting);
  await fillToRoute(db, place, waiting);
  say(`  placed ${whole(await placeAll(world, place))}`);
  await db.query('vacuum analyze');
  const [open, ...rules] = policy.rules ?? [];
  const others = rules.filter(({ name }) => name !== 'Department 1' && name !== 'Department 2');
  return { ...policy, rules: open === undefined ? others : [open, ...others] };
}

/** Their waits, and what was done meanwhile. */
async function arrive<T>(world: World, place: Place, meanwhile: () => Promise<T>) {
  const dress: Dress = () => ({ customer: '', attributes: {}, meta: { department: DEPARTMENT } });
  const arriving = routeArrivals(world, place, { rate: RATE, seconds: SECONDS, cold: true, dress });
  await new Promise((done) => setTimeout(done, BEGINS_MS));
  const done = await meanwhile();
  return { done, waits: readWaits((await arriving).moments) };
}

async function watchStalls(work = () => new Promise<unknown>((done) => setTimeout(done, 2000))) {
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  await work();
  stalls.disable();
  return stalls.max / 1e6;
}

async function watchTry(check: () => ReturnType<typeof checkPolicy>): Promise<Tried> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let most = before;
  const looks = setInterval(() => {
    most = Math.max(most, process.memoryUsage().heapUsed);
  }, 5);
  const began = performance.now();
  let tookMs = 0;
  let dryRun: DryRun | undefined;
  const stallMs = await watchStalls(async () => {
    ({ dryRun } = await check());
    tookMs = performance.now() - began;
  });
  clearInterval(looks);
  if (dryRun === undefined) throw new Error('Nothing was tried.');
  return { dryRun, tookMs, stallMs, heldMib: (most - before) / MIB };
}

function describe(args: {
  waiting: number;
  calm: { done: number; waits: number[] };
  busy: { done: Tried; waits: number[] };
}): Section {
  const { waiting, calm, busy } = args;
  const { dryRun, tookMs, stallMs, heldMib } = busy.done;
  const longest = { calm: Math.max(...calm.waits), busy: Math.max(...busy.waits) };
  return {
    title: `A policy that is tried while ${whole(waiting)} wait`,
    how: `A policy of 21 rules, 13 plans of up to 3 steps and 6 calendars is compared with the one in force, where two rules more lead elsewhere, on ${whole(waiting)} waiting conversations and the last thousand, after it was once tried before. Load, router and dry run share one process. Meanwhile ${RATE} a second arrive for whom there are agents; waits: accepted to assigned. Of those that wait ${whole(dryRun.waiting.tried)} were tried, ${whole(dryRun.waiting.elsewhere)} go elsewhere.`,
    columns: targetColumns,
    rows: [
      target('until it is answered', '<= 2,000 ms', ms(tookMs), tookMs <= 2000),
      target('longest stall of the process', '<= 50 ms', ms(stallMs), stallMs <= 50),
      ['longest stall without', '', ms(calm.done), ''],
      target('longest wait of an arrival', '<= 100 ms', ms(longest.busy), longest.busy <= 100),
      ['longest wait without', '', ms(longest.calm), ''],
      ['longest wait, against without', '', times(longest.busy / longest.calm), ''],
      ['median wait', '', ms(percentile(busy.waits, 0.5)), ''],
      ['median wait without', '', ms(percentile(calm.waits, 0.5)), ''],
      ['heap held at most', '', `${heldMib.toFixed(0)} MiB`, ''],
    ],
  };
}
