// A scenario as the page changes it: more or fewer customers, other agents, another strategy. Pure.
import { changeVolume } from '../../../src/contract/change-volume.ts';
import { CAPACITY_OF_BOT, MOST_LAB_ARRIVALS } from '../../../src/contract/lab-limits.ts';
import type { Scenario, ScenarioAgents } from '../../../src/contract/scenario.ts';

type Policy = NonNullable<Scenario['policy']>;

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
  return agents.map(({ name, bot, count = 1, capacity = bot ? CAPACITY_OF_BOT : 1 }) => {
    const change = changes.agents[name] ?? { count, capacity };
    return { name, isBot: bot !== undefined, ...change };
  });
}

/** Groups of nobody are left out; without its bot a plan goes to people at once. */
export function applyChanges(
  scenario: Scenario,
  changes: Changes,
  draftPolicy: Scenario['policy'] | null = null,
): Scenario {
  const { volume, strategy, byDraft } = changes;
  const asked = byDraft && draftPolicy !== null ? draftPolicy : scenario.policy;
  const agents = scenario.agents.flatMap((group) => changeAgents(group, changes));
  const left = scenario.agents.filter(({ name }) => agents.every((one) => one.name !== name));
  const policy = asked && withoutBots(asked, new Set(left.map(({ name }) => name)));
  const changed = changeVolume(scenario, 1 + volume / 100);
  return {
    ...changed,
    // What was too much before is refused as before.
    arrivals: Math.min(changed.arrivals, Math.max(MOST_LAB_ARRIVALS, scenario.arrivals)),
    // The first is what plans and hours are counted by.
    within: [MINUTE, ...WITHIN.filter((seconds) => seconds !== MINUTE)],
    agents,
    ...(policy && { policy }),
    ...(strategy !== null && { policy: { ...policy, strategy } }),
  };
}

function changeAgents(group: ScenarioAgents, { agents }: Changes): ScenarioAgents[] {
  const change = agents[group.name];
  if (change === undefined) return [group];
  if (change.count === 0) return [];
  const { capacity, count } = change;
  return [{ ...group, capacity, ...(group.bot === undefined && { count }) }];
}

function withoutBots(policy: Policy, gone: ReadonlySet<string>): Policy {
  if (policy.plans === undefined) return policy;
  const plans = policy.plans.map(({ bot, ...plan }) =>
    bot === undefined || gone.has(bot.agent) ? plan : { ...plan, bot },
  );
  return { ...policy, plans };
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
