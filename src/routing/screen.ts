// Who could serve one kind of needs, apart from what every conversation changes: done once for many passes.
import { findMismatch } from './eligible.ts';
import type { AgentState, Needs, Removed } from './types.ts';

export interface Screened {
  needs: Needs;
  /** Places in the list of agents. */
  fit: readonly number[];
  removed: Readonly<Removed>;
}

/** Holds for as long as nothing but load, idleSince and the clock changes. */
export function screen(agents: readonly AgentState[], needs: Needs): Screened {
  const fit: number[] = [];
  const removed: Removed = {};
  agents.forEach((agent, place) => {
    const mismatch = findMismatch(agent, needs);
    if (mismatch === null) fit.push(place);
    else removed[mismatch] = (removed[mismatch] ?? 0) + 1;
  });
  return { needs, fit, removed };
}
