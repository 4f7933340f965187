// Who is preferred among the eligible: the policy's strategy, then the longest idle, then the id.
import type { Strategy } from '../contract/policy.ts';
import type { AgentState, Because } from './types.ts';

/** An agent as the assignments of this pass have left it. */
export interface Candidate {
  readonly agent: AgentState;
  load: number;
  /** Room left; kept, as `share` is, because the record compares every candidate with each winner. */
  free: number;
  /** Share of capacity in use. */
  share: number;
  idleSince: number;
  /** Place in the round, counted on from whoever was chosen last. */
  turn: number;
  /** How often this pass has chosen it. */
  moves: number;
}

export function loadShare(agent: AgentState, load: number): number {
  return agent.capacity === 0 ? 1 : (load + agent.externalLoad) / agent.capacity;
}

type Criterion = Exclude<Because['decidedBy'], 'only-candidate'>;

const measures: Record<Exclude<Criterion, 'id'>, (candidate: Candidate) => number> = {
  'load-share': ({ share }) => share,
  idle: ({ idleSince }) => idleSince,
  turn: ({ turn }) => turn,
};

const orders: Record<Strategy, readonly Exclude<Criterion, 'id'>[]> = {
  'least-loaded': ['load-share', 'idle'],
  'longest-idle': ['idle'],
  'round-robin': ['turn'],
};

/** The first criterion that tells two candidates apart. */
export function tellApart(strategy: Strategy, a: Candidate, b: Candidate): Criterion {
  return orders[strategy].find((name) => measures[name](a) !== measures[name](b)) ?? 'id';
}

export function isBefore(strategy: Strategy): (a: Candidate, b: Candidate) => boolean {
  const order = orders[strategy].map((name) => measures[name]);
  return (a, b) => {
    for (const measure of order) {
      const difference = measure(a) - measure(b);
      if (difference !== 0) return difference < 0;
    }
    return a.agent.agentId < b.agent.agentId;
  };
}
