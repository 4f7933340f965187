// What the agents of a simulation do: how much of their places was in use, and how many they were given.
import type {
  AgentsResult,
  OffersResult,
  SimulationResult,
  TeamResult,
} from '../contract/scenario.ts';
import type { Instant } from '../routing/types.ts';
import type { SimulatedAgent } from './agents.ts';

export interface AgentWork {
  /** Before the load of an agent changes, or a shift begins or ends. */
  note(agent: number, now: Instant): void;
  /** After its load grew by a conversation. */
  give(agent: number, of: { isCounted: boolean }): SimulatedAgent;
  /** An offer was made, after its load grew by it, or ended without being accepted. */
  offer(agent: number, of: { what: keyof OffersResult; isCounted: boolean }): void;
  /** A bot has ended it or people get it, it went back because its agent gave no answer, or others are to have it. */
  leave(agent: number, of: { what: keyof SimulatedAgent['left']; isCounted: boolean }): void;
  countFrom(now: Instant): void;
  countUntil(now: Instant): void;
  sum(now: Instant): Pick<SimulationResult, 'agents' | 'teams' | 'assignments' | 'overCapacity'>;
}

export function followWork(agents: readonly SimulatedAgent[], at: Instant): AgentWork {
  let from = at;
  let until = Number.POSITIVE_INFINITY;
  let assignments = 0;
  let overCapacity = 0;
  const add = (agent: SimulatedAgent, now: Instant): void => {
    const ms = Math.min(now, until) - Math.max(agent.since, from);
    const { load, capacity } = agent.state;
    if (ms > 0) agent.busyMs += load * ms;
    if (ms > 0 && agent.shiftMs !== null) agent.shiftMs += (agent.isInShift ? capacity : load) * ms;
    agent.since = now;
  };
  const check = ({ state: { load, capacity } }: SimulatedAgent): void => {
    if (load > capacity) overCapacity += 1;
  };
  return {
    note: (at, now) => add(agents[at] as SimulatedAgent, now),
    give: (at, { isCounted }) => {
      const agent = agents[at] as SimulatedAgent;
      assignments += 1;
      check(agent);
      if (isCounted) agent.given += 1;
      return agent;
    },
    offer: (at, { what, isCounted }) => {
      const agent = agents[at] as SimulatedAgent;
      if (what === 'made') check(agent);
      if (isCounted && agent.offers !== null) agent.offers[what] += 1;
    },
    leave: (at, { what, isCounted }) => {
      if (isCounted) (agents[at] as SimulatedAgent).left[what] += 1;
    },
    // What was held before counts for nobody.
    countFrom: (now) => {
      from = now;
      for (const agent of agents) {
        agent.busyMs = 0;
        if (agent.shiftMs !== null) agent.shiftMs = 0;
      }
    },
    countUntil: (now) => {
      until = now;
    },
    sum: (now) => {
      for (const agent of agents) add(agent, now);
      const spanMs = Math.min(now, until) - from;
      const entries = Map.groupBy(agents, ({ name }) => name);
      return {
        agents: Object.fromEntries(
          [...entries].map(([name, those]) => [name, sumEntry(those, spanMs)]),
        ),
        ...sumTeams(agents, spanMs),
        ...{ assignments, overCapacity },
      };
    },
  };
}

function sumTeams(
  agents: readonly SimulatedAgent[],
  spanMs: number,
): Pick<SimulationResult, 'teams'> {
  const names = new Set(agents.flatMap(({ state }) => [...state.teamIds]));
  if (names.size === 0) return {};
  const teams = [...names].sort().map((name): [string, TeamResult] => {
    const members = agents.filter(({ state }) => state.teamIds.has(name));
    const { occupancy, given } = sumEntry(members, spanMs);
    return [name, { occupancy, given }];
  });
  return { teams: Object.fromEntries(teams) };
}

function sumEntry(agents: readonly SimulatedAgent[], spanMs: number): AgentsResult {
  const sum = (of: (agent: SimulatedAgent) => number) =>
    agents.reduce((total, agent) => total + of(agent), 0);
  const whole = agents.filter(({ shiftMs }) => shiftMs === null);
  const capacity = whole.reduce((total, { state }) => total + state.capacity, 0);
  const placeMs = capacity * spanMs + sum(({ shiftMs }) => shiftMs ?? 0);
  return {
    occupancy: placeMs === 0 ? 0 : sum(({ busyMs }) => busyMs) / placeMs,
    given: sum(({ given }) => given),
    ...sumOffers(agents),
    ...sumLeft(agents),
  };
}

function sumLeft(
  agents: readonly SimulatedAgent[],
): Pick<AgentsResult, 'bot' | 'returned' | 'transferred'> {
  const sum = (what: keyof SimulatedAgent['left']) =>
    agents.reduce((total, { left }) => total + left[what], 0);
  const isBot = agents.some(({ state }) => state.isBot === true);
  if (isBot) {
    const [ended, handedOver, silent] = [sum('ended'), sum('handedOver'), sum('silent')];
    return { bot: { ended, handedOver, silent } };
  }
  const [returned, transferred] = [sum('returned'), sum('transferred')];
  return { ...(returned > 0 && { returned }), ...(transferred > 0 && { transferred }) };
}

function sumOffers(agents: readonly SimulatedAgent[]): Pick<AgentsResult, 'offers'> {
  const all = agents.flatMap(({ offers }) => offers ?? []);
  if (all.length === 0) return {};
  const sum = (what: keyof OffersResult) => all.reduce((total, one) => total + one[what], 0);
  const [made, declined, missed] = [sum('made'), sum('declined'), sum('missed')];
  return { offers: { made, declined, missed, withdrawn: sum('withdrawn') } };
}
