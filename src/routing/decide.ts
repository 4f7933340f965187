// Who gets each waiting conversation: the one function that the router, the explanation and the simulator share.
import type { Strategy } from '../contract/policy.ts';
import { findObstacle } from './eligible.ts';
import { type Heap, makeHeap } from './heap.ts';
import { type Candidate, isBefore, loadShare, tellApart } from './preference.ts';
import type {
  AgentState,
  Assignment,
  Because,
  Instant,
  Needs,
  Obstacle,
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
  needs: ReadonlyMap<string, Needs>;
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
  const candidates = seat(situation);
  const pools = new Map<string, Pool>();
  const assignments: Assignment[] = [];
  let { roundRobinAfter } = situation;
  for (const { conversationId, needsKey } of situation.waiting) {
    const needs = situation.needs.get(needsKey);
    if (needs === undefined) continue;
    const pool = pools.get(needsKey) ?? openPool(candidates, needs, situation);
    pools.set(needsKey, pool);
    const winner = takeBest(pool);
    if (winner === undefined) continue;
    const { agentId } = winner.agent;
    const because = recordChoice({ pool, winner, situation });
    assignments.push({ conversationId, agentId, weight: needs.weight, because });
    winner.load += needs.weight;
    winner.free -= needs.weight;
    winner.share = loadShare(winner.agent, winner.load);
    winner.idleSince = situation.now;
    winner.turn = candidates.length + assignments.length;
    winner.moves += 1;
    pool.heap.push({ candidate: winner, moves: winner.moves });
    roundRobinAfter = agentId;
  }
  return { assignments, roundRobinAfter };
}

/** A candidate as a heap last saw it: stale once the candidate has been chosen since. */
interface Seat {
  candidate: Candidate;
  moves: number;
}

/** The agents that may serve one kind of needs, the best first. */
interface Pool {
  needs: Needs;
  members: readonly Candidate[];
  removed: Partial<Record<Obstacle, number>>;
  heap: Heap<Seat>;
}

function seat({ agents, roundRobinAfter }: Situation): Candidate[] {
  const next = agents.findIndex(({ agentId }) => agentId > (roundRobinAfter ?? ''));
  const start = Math.max(next, 0);
  return agents.map((agent, index) => ({
    agent,
    load: agent.load,
    free: agent.capacity - agent.externalLoad - agent.load,
    share: loadShare(agent, agent.load),
    idleSince: agent.idleSince,
    turn: (index - start + agents.length) % agents.length,
    moves: 0,
  }));
}

function openPool(candidates: readonly Candidate[], needs: Needs, situation: Situation): Pool {
  const removed: Partial<Record<Obstacle, number>> = {};
  const members = candidates.filter(({ agent, load }) => {
    const obstacle = findObstacle(agent, needs, { now: situation.now, load });
    if (obstacle !== null) removed[obstacle] = (removed[obstacle] ?? 0) + 1;
    return obstacle === null;
  });
  const before = isBefore(situation.strategy);
  const seats = members.map((candidate) => ({ candidate, moves: candidate.moves }));
  const heap = makeHeap<Seat>(seats, (a, b) => before(a.candidate, b.candidate));
  return { needs, members, removed, heap };
}

/** Takes the best candidate with room out of the heap. Being chosen only ever makes one worse. */
function takeBest(pool: Pool): Candidate | undefined {
  return refreshFirst(pool) === undefined ? undefined : pool.heap.pop()?.candidate;
}

function refreshFirst({ heap, needs }: Pool): Candidate | undefined {
  for (;;) {
    const first = heap.peek();
    if (first === undefined) return undefined;
    const { candidate } = first;
    if (candidate.free < needs.weight) heap.pop();
    else if (first.moves === candidate.moves) return candidate;
    else {
      first.moves = candidate.moves;
      heap.sinkFirst();
    }
  }
}

function recordChoice(args: { pool: Pool; winner: Candidate; situation: Situation }): Because {
  const { pool, winner, situation } = args;
  const runnerUp = refreshFirst(pool);
  const { weight } = pool.needs;
  const { share, idleSince } = winner;
  let [eligible, lessLoaded, longerIdle] = [0, 0, 0];
  for (const member of pool.members) {
    if (member.free < weight) continue;
    eligible += 1;
    if (member.share < share) lessLoaded += 1;
    if (member.idleSince < idleSince) longerIdle += 1;
  }
  const full = pool.members.length - eligible;
  return {
    strategy: situation.strategy,
    considered: situation.agents.length,
    removed: full === 0 ? pool.removed : withCapacity(pool.removed, full),
    eligible,
    winner: {
      ...stand(winner, situation.now),
      place: { loadShare: lessLoaded + 1, idle: longerIdle + 1 },
    },
    decidedBy:
      runnerUp === undefined ? 'only-candidate' : tellApart(situation.strategy, winner, runnerUp),
    runnerUp: runnerUp === undefined ? null : stand(runnerUp, situation.now),
  };
}

function withCapacity(removed: Pool['removed'], full: number): Pool['removed'] {
  return { ...removed, capacity: (removed.capacity ?? 0) + full };
}

function stand(candidate: Candidate, now: Instant) {
  return {
    agentId: candidate.agent.agentId,
    loadShare: Math.round(candidate.share * 1000) / 1000,
    idleSeconds: Math.max(0, Math.round((now - candidate.idleSince) / 1000)),
  };
}
