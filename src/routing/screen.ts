// Who could serve one kind of needs, leaving out what every assignment changes: computed once for
// many passes.

import { type CriterionName, criterionNames } from '../contract/strategies.ts';
import { findMismatch } from './eligible.ts';
import { type Ratings, rateSkills } from './preference.ts';
import type { AgentState, Needs, Removed } from './types.ts';

export interface Screened {
  needs: Needs;
  /** How a plan prefers among them; absent: as the strategy does. */
  prefer?: readonly CriterionName[];
  /** Places in the list of agents. */
  fit: readonly number[];
  /** Those of them who were asked before, the one asked longest ago first; absent: nobody was. */
  asked?: readonly number[];
  removed: Readonly<Removed>;
  /** How the plan's criteria rate the skills of all agents. */
  ratings: Ratings;
}

/** Valid while only load, idleSince and the clock change. */
export function screen(
  agents: readonly AgentState[],
  needs: Needs,
  prefer?: readonly CriterionName[],
): Screened {
  const fit: number[] = [];
  const removed: Removed = {};
  agents.forEach((agent, place) => {
    const mismatch = findMismatch(agent, needs);
    if (mismatch === null) fit.push(place);
    else removed[mismatch] = (removed[mismatch] ?? 0) + 1;
  });
  const asked = findAsked(agents, fit, needs);
  const criteria = prefer?.map((name) => criterionNames[name]) ?? [];
  return {
    ...{ needs, fit, removed, ratings: rateSkills(agents, needs, criteria) },
    ...(prefer !== undefined && { prefer }),
    ...(asked.length > 0 && { asked }),
  };
}

function findAsked(
  agents: readonly AgentState[],
  fit: readonly number[],
  { askedAgentIds = [] }: Needs,
): number[] {
  return askedAgentIds.flatMap((id) => fit.find((place) => agents[place]?.agentId === id) ?? []);
}
