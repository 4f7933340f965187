// Offers under random answers, misses and restarts of two nodes: who was asked, when, and how each offer ended, judged by what stands in the database.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refused } from '../../src/errors.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { makeTestClock, type TestClock } from '../makers/test-clock.ts';
import { type Given, makeOffersWorld, type OffersWorld, type Seen } from './offers-world.ts';

const LONG = process.env.USHER_LONG_TESTS === '1';
const runs = LONG ? { numRuns: 2000 } : { numRuns: 40, interruptAfterTimeLimit: 40_000 };

type Verb = 'accept' | 'decline' | 'write';
type Act =
  | { do: 'open' | 'both' | 'lift' }
  | { do: 'route'; node: number }
  | { do: 'restart'; node: number }
  | { do: 'close'; pick: number }
  | { do: 'turn'; pick: number }
  /** By whom it is offered to, or by somebody else. */
  | { do: 'answer'; verb: Verb; pick: number; byOther: boolean }
  /** All at once, at the moment at which an offer is over: the watches of both nodes as well. */
  | { do: 'race'; verbs: Verb[]; pick: number; ms: number }
  /** To `ms` from the end of an offer. */
  | { do: 'wait'; pick: number; ms: number }
  | { do: 'endMissed'; both: boolean };

const pick = fc.nat(50);
const node = fc.nat(1);
const verb = fc.constantFrom<Verb>('accept', 'decline', 'decline', 'write');
const ms = fc.constantFrom(-200, -2, 0, 0, 1, 35_000);
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('open' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('both' as const, 'lift' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('route' as const), node }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), node }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('close' as const, 'turn' as const), pick }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ do: fc.constant('answer' as const), verb, pick },
      byOther: fc.nat(4).map((one) => one === 0),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ do: fc.constant('race' as const), pick, ms },
      verbs: fc.array(verb, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), pick, ms }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('endMissed' as const), both: fc.boolean() }),
  },
);
/** One agent misses, is asked again, declines, is asked again and accepts: each run shows at least this. */
const everyEnd: [{ within: number; misses: number; capacities: number[] }, Act[]] = [
  { within: 5, misses: 4, capacities: [1] },
  [
    { do: 'open' },
    { do: 'route', node: 0 },
    { do: 'wait', pick: 0, ms: 1 },
    { do: 'endMissed', both: true },
    { do: 'wait', pick: 0, ms: 35_000 },
    { do: 'lift' },
    { do: 'route', node: 1 },
    { do: 'answer', verb: 'decline', pick: 1, byOther: false },
    { do: 'wait', pick: 0, ms: 35_000 },
    { do: 'wait', pick: 0, ms: 35_000 },
    { do: 'lift' },
    { do: 'route', node: 0 },
    { do: 'answer', verb: 'accept', pick: 1, byOther: false },
  ],
];
const anySize = fc.record({
  within: fc.integer({ min: 5, max: 60 }),
  misses: fc.integer({ min: 1, max: 4 }),
  capacities: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 }),
});

const standing = ({ rows }: Seen) =>
  rows.filter(({ state, offeredUntil }) => state === 'assigned' && offeredUntil !== null);

type Doing<Name extends Act['do']> = Extract<Act, { do: Name }>;

async function act(world: OffersWorld, step: Act, clock: TestClock): Promise<void> {
  const seen = await world.look();
  switch (step.do) {
    case 'open':
      await world.open();
      return;
    case 'lift':
      return world.lift();
    case 'restart':
      return world.restart(step.node);
    case 'turn': {
      const agent = choose(seen.agents, step);
      return world.turn(agent.agentId, agent.availability === 'online' ? 'away' : 'online');
    }
    case 'close':
      return close(world, seen, step);
    case 'wait': {
      const until = choose(standing(seen), step)?.offeredUntil ?? seen.now;
      return clock.advance(Math.max(0, until - seen.now + step.ms));
    }
    case 'endMissed':
      await Promise.all([world.endMissed(), ...(step.both ? [world.endMissed()] : [])]);
      return;
    case 'answer':
      return answer(world, seen, step);
    case 'race':
      return race(world, seen, { step, clock });
    default:
      return routeAndJudge(world, step);
  }
}

/** Of none: undefined. */
function choose<T>(among: readonly T[], { pick: nth }: { pick: number }): T {
  return among[nth % Math.max(1, among.length)] as T;
}

async function close(world: OffersWorld, seen: Seen, step: Doing<'close'>): Promise<void> {
  const open = seen.rows.filter(({ state }) => state !== 'closed');
  if (open.length > 0) await world.close(choose(open, step).id);
}

async function answer(world: OffersWorld, seen: Seen, step: Doing<'answer'>): Promise<void> {
  const offered = standing(seen);
  const among = step.pick % 4 > 0 && offered.length > 0 ? offered : seen.rows;
  if (among.length === 0) return;
  const { id, agentId } = choose(among, step);
  const other = world.agentIds.find((one) => one !== agentId);
  const by = step.byOther ? other : (agentId ?? other);
  if (by !== undefined) await answerAndJudge(world, { verb: step.verb, id, by });
}

async function race(
  world: OffersWorld,
  seen: Seen,
  { step, clock }: { step: Doing<'race'>; clock: TestClock },
): Promise<void> {
  const offered = standing(seen);
  if (offered.length === 0) return;
  const { id, agentId, offeredUntil } = choose(offered, step);
  await clock.advance(Math.max(0, (offeredUntil ?? 0) - seen.now + step.ms));
  const answers = step.verbs.map((one) => world[one](id, agentId as string));
  const all = [...answers, world.endMissed(), world.endMissed()];
  for (const result of await Promise.allSettled(all)) {
    if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Refused);
  }
}

/** What may not be answered so is refused, and changes nothing. */
async function answerAndJudge(
  world: OffersWorld,
  { verb: said, id, by }: { verb: Verb; id: string; by: string },
): Promise<void> {
  const before = await world.look();
  const row = before.rows.find((one) => one.id === id);
  const isTheirs = row?.state === 'assigned' && row.agentId === by;
  const isOffered = isTheirs && row.offeredUntil !== null;
  const inTime = isOffered && (row.offeredUntil ?? 0) > before.now;
  // Whoever has accepted may say so again.
  const may = { accept: inTime || (isTheirs && !isOffered), decline: inTime, write: isTheirs };
  const refused: unknown = await world[said](id, by).then(
    () => null,
    (error: unknown) => error,
  );
  const after = await world.look();
  // Its time ended between the look and the answer.
  if (isOffered && !may.write && (row.offeredUntil ?? 0) <= after.now) return;
  const nearEnd = isOffered && inTime && (row.offeredUntil ?? 0) <= after.now;
  if (nearEnd && refused !== null) return;
  if (may[said]) expect(refused, `${said} is taken`).toBeNull();
  else {
    expect(refused, `${said} is refused`).toBeInstanceOf(Refused);
    expect(strip(after), 'nothing half done').toEqual(strip(before));
  }
}

const strip = ({ now: _, ...rest }: Seen) => rest;

/** Nobody is asked again while somebody could take it who was not asked, or was asked longer ago. */
async function routeAndJudge(
  world: OffersWorld,
  step: { do: string; node?: number },
): Promise<void> {
  const before = await world.look();
  await world.route(step.node ?? 0, step.do === 'both');
  const after = await world.look();
  const known = new Set(before.given.map(({ assignmentId }) => assignmentId));
  const fresh = after.given.filter(({ assignmentId }) => !known.has(assignmentId));
  const rankOf = (id: string) => after.rows.findIndex((row) => row.id === id);
  const heldBy = (agentId: string) =>
    after.rows.filter((row) => row.state === 'assigned' && row.agentId === agentId).length;
  for (const one of fresh) {
    expect(one.until, 'each is an offer').toBe(one.at + world.within * 1000);
    const mine = lastRefusal(before, one.id, one.agentId);
    if (mine === null) continue;
    const { excluded = [] } = before.rows.find(({ id }) => id === one.id) ?? {};
    const betters = after.agents.filter(({ agentId, availability, capacity }) => {
      if (agentId === one.agentId || availability !== 'online' || excluded.includes(agentId)) {
        return false;
      }
      const theirs = lastRefusal(before, one.id, agentId);
      if (theirs !== null && theirs >= mine) return false;
      // Full of what came before it in line, they could not have taken it.
      const filledEarlier = fresh.filter(
        (other) => other.agentId === agentId && rankOf(other.id) < rankOf(one.id),
      ).length;
      const heldBefore = heldBy(agentId) - fresh.filter((f) => f.agentId === agentId).length;
      return heldBefore + filledEarlier < capacity;
    });
    expect(betters, 'asked again while another could take it').toEqual([]);
  }
}

/** When this agent last declined or missed it; null: never. */
function lastRefusal({ given }: Seen, id: string, agentId: string): number | null {
  const refused = given.filter(
    (one) =>
      one.id === id &&
      one.agentId === agentId &&
      (one.endReason === 'declined' || one.endReason === 'not-accepted'),
  );
  return refused.at(-1)?.endedAt ?? null;
}

/** What holds at every moment. */
function judgeState(seen: Seen): void {
  judgeHolders(seen);
  for (const one of seen.given) judgeEnd(one, seen);
}

function judgeHolders({ rows, given, agents }: Seen): void {
  for (const { id, state, agentId } of rows) {
    const live = given.filter((one) => one.id === id && one.endedAt === null);
    const holders = live.map((one) => one.agentId);
    expect(holders, 'one agent, or none').toEqual(state === 'assigned' ? [agentId] : []);
  }
  for (const { agentId, capacity } of agents) {
    const held = rows.filter((row) => row.state === 'assigned' && row.agentId === agentId);
    expect(held.length, 'never over capacity').toBeLessThanOrEqual(capacity);
  }
}

function judgeEnd(one: Given, { told }: Seen): void {
  const of = told.filter(({ assignmentId }) => assignmentId === one.assignmentId);
  const [offered, ...verdicts] = of.map(({ type }) => type.replace('conversation.', ''));
  expect(offered, 'told once that it is offered').toBe('offered');
  expect(verdicts, 'ended once').toEqual(verdictOf(one));
  for (const { type, at, byAnswering } of of) {
    if (type === 'conversation.missed') expect(at).toBeGreaterThanOrEqual(one.until ?? 0);
    // A verdict is judged when its conversation is locked, and written within the same moments.
    const isBound = type === 'conversation.declined' || byAnswering === false;
    if (isBound) expect(at, 'in time').toBeLessThan((one.until ?? 0) + 1000);
  }
}

/** The events that must tell how it ended; whoever lost it otherwise gave no answer. */
function verdictOf({ state, endReason, endedAt }: Given & { confirmed?: boolean }): string[] {
  if (endReason === 'declined') return ['declined'];
  if (endReason === 'not-accepted') return ['missed'];
  if (state === 'confirmed') return ['accepted'];
  // Closed: with an answer before, or without one.
  return endedAt === null ? [] : closedAfter;
}
const closedAfter = expect.toSatisfy(
  (verdicts: string[]) => verdicts.length === 0 || verdicts.join() === 'accepted',
) as string[];

/** In a row: since the agent came, and since the last offer that they answered. */
function judgeMisses(seen: Seen, came: ReadonlyMap<string, number>, misses: number): void {
  const last = new Map<string, number>();
  for (const { type, agentId, inARow } of seen.told) {
    if (type === 'conversation.missed') last.set(agentId as string, inARow as number);
  }
  for (const { agentId, availability, cause } of seen.agents) {
    if (availability !== 'online' || cause === 'missed-offers') continue;
    const isFresh = (came.get(agentId) ?? 0) > lastMissAt(seen, agentId);
    if (!isFresh) expect(last.get(agentId) ?? 0, 'still online').toBeLessThan(misses);
  }
}

const lastMissAt = ({ told }: Seen, agentId: string): number =>
  told.findLast((one) => one.type === 'conversation.missed' && one.agentId === agentId)?.at ?? 0;

const noEnds = { accepted: 0, declined: 0, missed: 0, again: 0 };

async function live(
  world: OffersWorld,
  acts: readonly Act[],
  { clock, ended }: { clock: TestClock; ended: typeof noEnds },
): Promise<void> {
  const ranks = new Map<string, number>();
  const came = new Map<string, number>();
  let seen = await world.look();
  for (const step of acts) {
    const before = seen;
    await act(world, step, clock);
    seen = await world.look();
    judgeState(seen);
    noteWhoCame(came, before, seen);
    judgeMisses(seen, came, world.misses);
    for (const { id, rankAt } of seen.rows) {
      expect(rankAt, 'its place in line').toBe(ranks.get(id) ?? rankAt);
      ranks.set(id, rankAt);
    }
  }
  for (const name of ['accepted', 'declined', 'missed'] as const) {
    ended[name] += seen.told.filter(({ type }) => type === `conversation.${name}`).length;
  }
  const asked = seen.given.map(({ id, agentId }) => `${id} ${agentId}`);
  ended.again += asked.length - new Set(asked).size;
}

function noteWhoCame(came: Map<string, number>, before: Seen, now: Seen): void {
  for (const { agentId, availability } of now.agents) {
    const was = before.agents.find((one) => one.agentId === agentId)?.availability;
    if (availability === 'online' && was !== 'online') came.set(agentId, now.now);
  }
}

test(
  'whatever agents, two nodes and the clock do: never two agents, never over capacity, nobody is asked again while another could take it, and each offer ends once, as its events say',
  async () => {
    const { pool } = await makeDatabase();
    const clock = makeTestClock(pool);
    const ended = { ...noEnds };
    await fc.assert(
      fc.asyncProperty(
        anySize,
        fc.array(anyAct, { minLength: 10, maxLength: 40 }),
        async (size, acts) =>
          live(await makeOffersWorld({ pool, clock }, size), acts, { clock, ended }),
      ),
      { ...runs, examples: [everyEnd] },
    );
    // Else it has shown nothing.
    for (const [name, count] of Object.entries(ended)) expect(count, name).toBeGreaterThan(0);
  },
  LONG ? 3_600_000 : 120_000,
);
