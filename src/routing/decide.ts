// Who gets each waiting conversation: the one function that the router, the explanation and the simulator share.
import type { Strategy } from '../contract/strategies.ts';
import { findShortage } from './eligible.ts';
import { type Heap, makeHeap } from './heap.ts';
import {
  charge,
  isBefore,
  loadShare,
  type Standings,
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
 * take is passed over and does not hold up the next.
 *
 * Greedy and exact: each conversation gets the best agent as things stand after those before it.
 * Costs O(agents) for each kind of needs and, for the record, a scan of the pool an assignment.
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
  /** The moves of each agent when it took its place in the heap: more since, and it stands too high. */
  seen: Uint32Array;
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
  const heap = makeHeap([...members], isBefore(standings));
  return { weight, members, removed, heap, seen: standings.moves.slice() };
}

/** Takes the best with room out of the heap. Being chosen only ever makes one worse. */
function takeBest(pool: Pool, standings: Standings): number | undefined {
  return refreshFirst(pool, standings) === undefined ? undefined : pool.heap.pop();
}

function refreshFirst({ heap, weight, seen }: Pool, standings: Standings): number | undefined {
  for (;;) {
    const first = heap.peek();
    if (first === undefined) return undefined;
    const moves = standings.moves[first] as number;
    if ((standings.room[first] as number) < weight) heap.pop();
    else if (seen[first] === moves) return first;
    else {
      seen[first] = moves;
      heap.sinkFirst();
    }
  }
}

function putBack({ heap, seen }: Pool, winner: number, standings: Standings): void {
  seen[winner] = standings.moves[winner] as number;
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

/** Among those who still have room, by each criterion. */
function findPlace(
  { members, weight }: Pool,
  winner: number,
  { room, criteria }: Standings,
): { eligible: number; place: Because['winner']['place'] } {
  const eligible = members.filter((member) => (room[member] as number) >= weight);
  const place: Because['winner']['place'] = {};
  for (const { name, column } of criteria) {
    const its = column[winner] as number;
    let before = 0;
    for (const member of eligible) if ((column[member] as number) < its) before += 1;
    place[name] = before + 1;
  }
  return { eligible: eligible.length, place };
}

function withCapacity(removed: Removed, full: number): Removed {
  return { ...removed, capacity: (removed.capacity ?? 0) + full };
}

function stand({ now }: Situation, { agents, room, moves }: Standings, place: number) {
  const agent = agents[place] as AgentState;
  const idleSince = moves[place] === 0 ? agent.idleSince : now;
  return {
    agentId: agent.agentId,
    loadShare: Math.round(loadShare(agent, room[place] as number) * 1000) / 1000,
    idleSeconds: Math.max(0, Math.round((now - idleSince) / 1000)),
  };
}
