// A scenario as the page changes it: more or fewer customers, other agents, another strategy. Pure.
import { changeVolume } from '../../../src/contract/change-volume.ts';
import { MOST_LAB_ARRIVALS } from '../../../src/contract/lab-limits.ts';
import type { Scenario } from '../../../src/contract/scenario.ts';

export interface AgentsChange {
  count: number;
  capacity: number;
}

export interface Changes {
  /** Percent more, or fewer, customers. */
  volume: number;
  /** By the draft of Routing, where there is one. */
  byDraft: boolean;
  /** null: as in the scenario, or in the draft. */
  strategy: 'least-loaded' | 'longest-idle' | 'round-robin' | null;
  /** By the name of the group. */
  agents: Readonly<Record<string, AgentsChange>>;
}

export const noChanges: Changes = { volume: 0, byDraft: false, strategy: null, agents: {} };

/** Seconds: the points of the picture of waits. */
export const WITHIN = [0, 5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1200, 3600];

export const MINUTE = 60;

export function agentsOf({ agents }: Scenario, changes: Changes) {
  return agents.map(({ name, count = 1, capacity = 1 }) => {
    return { name, ...(changes.agents[name] ?? { count, capacity }) };
  });
}

/** Groups of nobody are left out. */
export function applyChanges(
  scenario: Scenario,
  changes: Changes,
  draftPolicy: Scenario['policy'] | null = null,
): Scenario {
  const { volume, strategy, byDraft } = changes;
  const policy = byDraft && draftPolicy !== null ? draftPolicy : scenario.policy;
  const wanted = new Map(agentsOf(scenario, changes).map((one) => [one.name, one]));
  const changed = changeVolume(scenario, 1 + volume / 100);
  return {
    ...changed,
    // What was too much before is refused as before.
    arrivals: Math.min(changed.arrivals, Math.max(MOST_LAB_ARRIVALS, scenario.arrivals)),
    // The first is what plans and hours are counted by.
    within: [MINUTE, ...WITHIN.filter((seconds) => seconds !== MINUTE)],
    agents: scenario.agents.flatMap((group) => {
      const { count, capacity } = wanted.get(group.name) ?? { count: 0, capacity: 0 };
      return count === 0 ? [] : [{ ...group, count, capacity }];
    }),
    ...(policy && { policy }),
    ...(strategy !== null && { policy: { ...policy, strategy } }),
  };
}

/** Fewer show an interval that says nothing, and more take long. */
const RUNS = { least: 3, most: 5, arrivals: 300_000 };

/** On how many seeds it is run, so that all of them are done within half a minute or so. */
export function countRuns({ arrivals }: Pick<Scenario, 'arrivals'>): number {
  const runs = Math.min(RUNS.most, Math.floor(RUNS.arrivals / arrivals));
  return runs >= RUNS.least ? runs : 1;
}

/** Enough to be shown; what is wrong inside is said by the server. */
export function looksLikeScenario(value: unknown): value is Scenario {
  const { kinds, agents } = (value ?? {}) as Partial<Record<'kinds' | 'agents', unknown>>;
  return [kinds, agents].every(
    (list) =>
      Array.isArray(list) &&
      list.length > 0 &&
      list.every((one) => typeof (one as { name?: unknown } | null)?.name === 'string'),
  );
}
