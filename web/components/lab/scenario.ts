// A scenario as the page changes it: more or fewer customers, other agents, another strategy. Pure.
import type { Scenario, ScenarioKind } from '../../../src/contract/scenario.ts';

export interface AgentsChange {
  count: number;
  capacity: number;
}

export interface Changes {
  /** Percent more, or fewer, customers. */
  volume: number;
  /** null: as in the scenario. */
  strategy: 'least-loaded' | 'longest-idle' | 'round-robin' | null;
  /** By the name of the group. */
  agents: Readonly<Record<string, AgentsChange>>;
}

export const noChanges: Changes = { volume: 0, strategy: null, agents: {} };

/** Seconds: the points of the picture of waits. */
export const WITHIN = [0, 5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1200, 3600];

export const MINUTE = 60;

export function agentsOf({ agents }: Scenario, changes: Changes) {
  return agents.map(({ name, count = 1, capacity = 1 }) => {
    return { name, ...(changes.agents[name] ?? { count, capacity }) };
  });
}

/** Groups of nobody are left out. */
export function applyChanges(scenario: Scenario, changes: Changes): Scenario {
  const { volume, strategy } = changes;
  const wanted = new Map(agentsOf(scenario, changes).map((one) => [one.name, one]));
  return {
    ...scenario,
    // The first is what plans and hours are counted by.
    within: [MINUTE, ...WITHIN.filter((seconds) => seconds !== MINUTE)],
    kinds: scenario.kinds.map((kind) => scaleArrivals(kind, 1 + volume / 100)),
    agents: scenario.agents.flatMap((group) => {
      const { count, capacity } = wanted.get(group.name) ?? { count: 0, capacity: 0 };
      return count === 0 ? [] : [{ ...group, count, capacity }];
    }),
    ...(strategy !== null && { policy: { ...scenario.policy, strategy } }),
  };
}

/** What was recorded is left out, or comes again at the same moment, evenly over the whole. */
function scaleArrivals(kind: ScenarioKind, by: number): ScenarioKind {
  const { rate, profile, recorded } = kind;
  return {
    ...kind,
    ...(rate !== undefined && { rate: rate * by }),
    ...(profile && { profile: { ...profile, rates: profile.rates.map((one) => one * by) } }),
    ...(recorded && {
      recorded: recorded.flatMap((at, nth) => {
        const times = Math.floor((nth + 1) * by) - Math.floor(nth * by);
        return Array.from({ length: times }, () => at);
      }),
    }),
  };
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
