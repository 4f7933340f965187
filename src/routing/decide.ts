// Who gets each waiting conversation: the one function that the router, the explanation and the simulator share.
import {
  type Criterion,
  type CriterionName,
  criterionNames,
  type Strategy,
  strategies,
} from '../contract/strategies.ts';
import { findBound } from './bounds.ts';
import { judgeShortage } from './eligible.ts';
import { type Heap, makeHeap } from './heap.ts';
import {
  charge,
  isBefore,
  loadShare,
  type Ordering,
  orderBy,
  type Positions,
  renewPosition,
  roomFor,
  type Standings,
  takePositions,
  takeStandings,
  tellApart,
} from './preference.ts';
import type { Screened } from './screen.ts';
import type {
  AgentState,
  Assignment,
  Because,
  Instant,
  Needs,
  Obstacle,
  Removed,
  Waiting,
} from './types.ts';

export interface Situation {
  strategy: Strategy;
  /** The agent whom round-robin chose last. */
  roundRobinAfter: string | null;
  /** In the order of their ids. */
  agents: readonly AgentState[];
  /** In the order of their rank. */
  waiting: readonly Waiting[];
  /** By needsKey, each screened from the same list of agents. */
  screened: ReadonlyMap<string, Screened>;
  now: Instant;
}

/**
 * Matches waiting conversations, in rank order, to agents. A conversation that nobody eligible can
 * take is passed over and does not hold up the next. Greedy and exact: each conversation gets the
 * best agent as things stand after those before it. Costs O(agents) for each kind of needs and, for
 * the record, a scan of the pool for each assignment.
 */
export function decide(situation: Situation): {
  assignments: Assignment[];
  roundRobinAfter: string | null;
} {
  const { agents, now } = situation;
  const prefer = listPreferred(situation);
  const standings = takeStandings(agents, { ...situation, prefer, places: findPlaces(situation) });
  const pools = new Map<string, Pool[]>();
  const assignments: Assignment[] = [];
  let { roundRobinAfter } = situation;
  for (const waiting of situation.waiting) {
    const { conversationId, needsKey } = waiting;
    const screened = situation.screened.get(needsKey);
    if (screened === undefined) continue;
    const asking = pools.get(needsKey) ?? openPools(situation, screened, standings);
    pools.set(needsKey, asking);
    const found = chooseFirst(asking, waiting, standings);
    if (found === undefined) continue;
    const { pool, winner } = found;
    const { place } = winner;
    const { agentId } = agents[place] as AgentState;
    const because = recordChoice({ pool, winner, situation, standings });
    assignments.push({ conversationId, agentId, weight: pool.needs.weight, because });
    charge(standings, { place, needs: pool.needs, now, nth: assignments.length });
    if (winner.popped) putBack(pool, place);
    roundRobinAfter = agentId;
  }
  return { assignments, roundRobinAfter };
}

/** Where all need the same, those who fit; else all are looked at, because many groups share most of them. */
function findPlaces({ screened }: Situation): readonly number[] | null {
  const [first, second] = screened.values();
  return first === undefined || second !== undefined ? null : first.fit;
}

/** Of the strategy and of every plan. */
function listPreferred({ strategy, screened }: Situation): Set<Criterion> {
  const preferred = new Set<Criterion>(strategies[strategy].prefer);
  for (const { prefer = [] } of screened.values()) {
    for (const name of prefer) preferred.add(criterionNames[name]);
  }
  return preferred;
}

/** The agents that may serve one kind of needs, by their places, the best first. */
interface Pool {
  needs: Needs;
  members: readonly number[];
  /** How much of these needs each agent can still be given, by place. */
  room: Float64Array;
  removed: Removed;
  /** Places whose obstacle depends on what the pass has given since; empty where nobody has limits or a pace. */
  others: readonly number[];
  /** A plan's own order; undefined: the strategy's. */
  prefer: readonly CriterionName[] | undefined;
  ordering: readonly Ordering[];
  heap: Heap<number>;
  /** By what the heap is ordered. A position is right or too good, never too bad. */
  positions: Positions;
}

/**
 * Those who were not asked before, then one by one those who were: the next is asked only while
 * nobody before could take it.
 */
function openPools(situation: Situation, screened: Screened, standings: Standings): Pool[] {
  const { fit, asked = [] } = screened;
  if (asked.length === 0) return [openPool(situation, screened, standings)];
  const turns = [fit.filter((place) => !asked.includes(place)), ...asked.map((place) => [place])];
  return turns.map((turn, nth) => {
    const removed: Removed = { ...screened.removed };
    const before = turns.slice(0, nth).flat();
    for (const place of standings.bounds === null ? before : []) {
      note(removed, isGone(situation, place) ? 'lease' : 'capacity');
    }
    for (const _ of turns.slice(nth + 1).flat()) note(removed, 'excluded');
    const pool = openPool(situation, { ...screened, fit: turn, removed }, standings);
    return standings.bounds === null ? pool : { ...pool, others: [...before, ...pool.others] };
  });
}

function note(removed: Removed, obstacle: Obstacle): void {
  removed[obstacle] = (removed[obstacle] ?? 0) + 1;
}

function isGone({ agents, now }: Situation, place: number): boolean {
  return (agents[place] as AgentState).leaseUntil <= now;
}

function chooseFirst(
  pools: readonly Pool[],
  waiting: Waiting,
  standings: Standings,
): { pool: Pool; winner: Winner } | undefined {
  for (const pool of pools) {
    const winner = choose(pool, waiting, standings);
    if (winner !== undefined) return { pool, winner };
  }
  return undefined;
}

function openPool(situation: Situation, screened: Screened, standings: Standings): Pool {
  const { agents, now, strategy } = situation;
  const { needs, prefer, ratings } = screened;
  const { weight } = needs;
  const { bounds } = standings;
  const removed: Removed = { ...screened.removed };
  const from = Number.NEGATIVE_INFINITY;
  const others: number[] = [];
  const members = screened.fit.filter((place) => {
    const room = standings.room[place] as number;
    const has = { room, underLimits: room, from, weight, now };
    const obstacle =
      bounds === null
        ? judgeShortage(agents[place] as AgentState, has)
        : findBound(bounds, place, needs);
    // Whoever is held up by a limit or a pace may become full by what the pass gives.
    if (obstacle === 'limit' || obstacle === 'pace') others.push(place);
    else if (obstacle !== null) note(removed, obstacle);
    return obstacle === null;
  });
  const criteria = prefer?.map((name) => criterionNames[name]) ?? strategies[strategy].prefer;
  const ordering = orderBy(standings, { ratings, prefer: criteria });
  const positions = takePositions(ordering, standings);
  const heap = makeHeap([...members], isBefore(positions));
  const room = roomFor(standings, needs);
  return { needs, members, room, removed, others, prefer, ordering, heap, positions };
}

interface Winner {
  place: number;
  /** Out of the heap, to be put back with a new position. */
  popped: boolean;
  /** The place of the agent whom the contact knows and the plan prefers, if that agent has room. */
  known: number | undefined;
  /** Nobody but that agent was asked. */
  only: boolean;
}

/** The best agent with room, or the one whom the contact knows. */
function choose(pool: Pool, waiting: Waiting, standings: Standings): Winner | undefined {
  const first = refreshFirst(pool);
  if (first === undefined) return undefined;
  const known = findKnown(pool, waiting, standings);
  const only = waiting.onlySticky ?? false;
  if (only && known === undefined) return undefined;
  const place = only ? (known as number) : prefer(pool, known, first);
  const popped = place === first;
  if (popped) pool.heap.pop();
  return { place, popped, known, only };
}

function findKnown(
  { members, needs: { weight }, prefer: names, room }: Pool,
  { stickyAgentId = null, onlySticky }: Waiting,
  { agents }: Standings,
): number | undefined {
  if (stickyAgentId === null) return undefined;
  if (!onlySticky && !names?.includes('sticky')) return undefined;
  return members.find(
    (place) => agents[place]?.agentId === stickyAgentId && (room[place] as number) >= weight,
  );
}

/** The agent whom the contact knows, unless the other is better by what the plan puts before that. */
function prefer(pool: Pool, known: number | undefined, other: number): number {
  if (known === undefined || known === other) return other;
  return differ(pool, known, [known, other]) === 'sticky' ? known : other;
}

/** The first criterion that tells two agents apart, with the one whom the contact knows. */
function differ(
  { prefer: names = [], ordering }: Pool,
  known: number | undefined,
  [a, b]: [number, number],
): Exclude<Because['decidedBy'], 'only-candidate'> {
  const at = names.includes('sticky') ? names.indexOf('sticky') : ordering.length;
  const isKnown = a === known || b === known;
  return (
    tellApart(ordering.slice(0, at), [a, b]) ??
    (isKnown && names.includes('sticky') ? 'sticky' : null) ??
    tellApart(ordering.slice(at), [a, b]) ??
    'id'
  );
}

/** Whoever still stands first with an up-to-date position is the best of all. */
function refreshFirst(pool: Pool): number | undefined {
  const { heap, needs, room, positions, ordering } = pool;
  const { weight } = needs;
  for (;;) {
    const first = heap.peek();
    if (first === undefined) return undefined;
    if ((room[first] as number) < weight) heap.pop();
    else if (renewPosition(positions, ordering, first)) heap.sinkFirst();
    else return first;
  }
}

function putBack({ heap, positions, ordering }: Pool, place: number): void {
  renewPosition(positions, ordering, place);
  heap.push(place);
}

function recordChoice(args: {
  pool: Pool;
  winner: Winner;
  situation: Situation;
  standings: Standings;
}): Because {
  const { pool, winner, situation, standings } = args;
  const { strategy, agents } = situation;
  const runnerUp = findRunnerUp(pool, winner);
  const { eligible, place } = findPlace(pool, winner);
  return {
    strategy,
    ...(pool.prefer !== undefined && { prefer: pool.prefer }),
    considered: agents.length,
    removed: findRemoved(pool, eligible, standings),
    eligible,
    winner: { ...stand(situation, standings, winner.place), place },
    decidedBy: pool.needs.botAgentId === undefined ? findDifference(pool, winner, runnerUp) : 'bot',
    runnerUp: runnerUp === undefined ? null : stand(situation, standings, runnerUp),
  };
}

/** What set the winner apart from the runner-up. */
function findDifference(
  pool: Pool,
  { place, known, only }: Winner,
  runnerUp: number | undefined,
): Because['decidedBy'] {
  if (only) return 'sticky';
  return runnerUp === undefined ? 'only-candidate' : differ(pool, known, [place, runnerUp]);
}

/** The best of the others. */
function findRunnerUp(pool: Pool, winner: Winner): number | undefined {
  const next = refreshFirst(pool);
  if (next === undefined || winner.known === winner.place) return next;
  return prefer(pool, winner.known, next);
}

/**
 * The winner's place among those who still have room, by each criterion. By the first
 * criterion nobody is before whoever stood first in the heap. One loop over columns: for a thousand agents
 * and more it runs with every assignment.
 */
function findPlace(
  { members, needs: { weight }, ordering, room }: Pool,
  { place: winner, popped }: Winner,
): { eligible: number; place: Because['winner']['place'] } {
  let eligible = 0;
  for (let at = 0; at < members.length; at += 1) {
    if ((room[members[at] as number] as number) >= weight) eligible += 1;
  }
  const place: Because['winner']['place'] = {};
  ordering.forEach(({ name, column }, nth) => {
    const its = column[winner] as number;
    let before = 0;
    for (let at = 0; (nth > 0 || !popped) && at < members.length; at += 1) {
      const member = members[at] as number;
      if ((column[member] as number) < its && (room[member] as number) >= weight) before += 1;
    }
    place[name] = before + 1;
  });
  return { eligible, place };
}

/** Whoever can be given none by now is counted as well. */
function findRemoved(
  { members, others, removed: before, needs }: Pool,
  eligible: number,
  { bounds }: Standings,
): Removed {
  const full = members.length - eligible;
  if (full + others.length === 0) return before;
  if (bounds === null) return { ...before, capacity: (before.capacity ?? 0) + full };
  const removed = { ...before };
  for (const place of [...members, ...others]) {
    const obstacle = findBound(bounds, place, needs);
    if (obstacle !== null) note(removed, obstacle);
  }
  return removed;
}

function stand({ now }: Situation, { agents, room, chosen }: Standings, place: number) {
  const agent = agents[place] as AgentState;
  const idleSince = chosen[place] === 0 ? agent.idleSince : now;
  return {
    agentId: agent.agentId,
    loadShare: Math.round(loadShare(agent, room[place] as number) * 1000) / 1000,
    idleSeconds: Math.max(0, Math.round((now - idleSince) / 1000)),
  };
}
