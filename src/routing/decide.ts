// Who gets each waiting conversation: the one function that the router, the explanation and the simulator share.
import type { Strategy } from '../contract/strategies.ts';
import { findShortage } from './eligible.ts';
import { type Heap, makeHeap } from './heap.ts';
import {
  charge,
  isBefore,
  loadShare,
  type Positions,
  renewPosition,
  type Standings,
  takePositions,
  takeStandings,
  tellApart,
} from './preference.ts';
import type { Screened } from './screen.ts';
import type { AgentState, Assignment, Because, Instant, Removed, Waiting } from './types.ts';

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
  const standings = takeStandings(agents, situation);
  const pools = new Map<string, Pool>();
  const assignments: Assignment[] = [];
  let { roundRobinAfter } = situation;
  for (const { conversationId, needsKey } of situation.waiting) {
    const screened = situation.screened.get(needsKey);
    if (screened === undefined) continue;
    const pool = pools.get(needsKey) ?? openPool(situation, screened, standings);
    pools.set(needsKey, pool);
    const winner = takeBest(pool, standings);
    if (winner === undefined) continue;
    const { agentId } = agents[winner] as AgentState;
    const because = recordChoice({ pool, winner, situation, standings });
    assignments.push({ conversationId, agentId, weight: pool.weight, because });
    charge(standings, { place: winner, weight: pool.weight, now, nth: assignments.length });
    putBack(pool, winner, standings);
    roundRobinAfter = agentId;
  }
  return { assignments, roundRobinAfter };
}

/** The agents that may serve one kind of needs, by their places, the best first. */
interface Pool {
  weight: number;
  members: readonly number[];
  removed: Removed;
  heap: Heap<number>;
  /** By what the heap is ordered. A position is right or too good, never too bad. */
  positions: Positions;
}

function openPool(situation: Situation, screened: Screened, standings: Standings): Pool {
  const { agents, now } = situation;
  const { weight } = screened.needs;
  const removed: Removed = { ...screened.removed };
  const members = screened.fit.filter((place) => {
    const room = standings.room[place] as number;
    const obstacle = findShortage(agents[place] as AgentState, { room, weight, now });
    if (obstacle !== null) removed[obstacle] = (removed[obstacle] ?? 0) + 1;
    return obstacle === null;
  });
  const positions = takePositions(standings);
  const heap = makeHeap([...members], isBefore(positions));
  return { weight, members, removed, heap, positions };
}

/** Takes the best agent with room out of the heap. Being chosen only makes an agent worse. */
function takeBest(pool: Pool, standings: Standings): number | undefined {
  return refreshFirst(pool, standings) === undefined ? undefined : pool.heap.pop();
}

/** Whoever still stands first with an up-to-date position is the best of all. */
function refreshFirst(pool: Pool, standings: Standings): number | undefined {
  const { heap, weight, positions } = pool;
  for (;;) {
    const first = heap.peek();
    if (first === undefined) return undefined;
    if ((standings.room[first] as number) < weight) heap.pop();
    else if (renewPosition(positions, standings, first)) heap.sinkFirst();
    else return first;
  }
}

function putBack({ heap, positions }: Pool, winner: number, standings: Standings): void {
  renewPosition(positions, standings, winner);
  heap.push(winner);
}

function recordChoice(args: {
  pool: Pool;
  winner: number;
  situation: Situation;
  standings: Standings;
}): Because {
  const { pool, winner, situation, standings } = args;
  const { strategy, agents } = situation;
  const runnerUp = refreshFirst(pool, standings);
  const { eligible, place } = findPlace(pool, winner, standings);
  const full = pool.members.length - eligible;
  return {
    strategy,
    considered: agents.length,
    removed: full === 0 ? pool.removed : withCapacity(pool.removed, full),
    eligible,
    winner: { ...stand(situation, standings, winner), place },
    decidedBy: runnerUp === undefined ? 'only-candidate' : tellApart(standings, [winner, runnerUp]),
    runnerUp: runnerUp === undefined ? null : stand(situation, standings, runnerUp),
  };
}

/**
 * The winner's place among those who still have room, by each criterion. By the first criterion
 * nobody is before the winner. One loop over columns: for a thousand agents and more it runs with
 * every assignment.
 */
function findPlace(
  { members, weight }: Pool,
  winner: number,
  { room, criteria }: Standings,
): { eligible: number; place: Because['winner']['place'] } {
  let eligible = 0;
  for (let at = 0; at < members.length; at += 1) {
    if ((room[members[at] as number] as number) >= weight) eligible += 1;
  }
  const place: Because['winner']['place'] = {};
  criteria.forEach(({ name, column }, nth) => {
    const its = column[winner] as number;
    let before = 0;
    for (let at = 0; nth > 0 && at < members.length; at += 1) {
      const member = members[at] as number;
      if ((column[member] as number) < its && (room[member] as number) >= weight) before += 1;
    }
    place[name] = before + 1;
  });
  return { eligible, place };
}

function withCapacity(removed: Removed, full: number): Removed {
  return { ...removed, capacity: (removed.capacity ?? 0) + full };
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
