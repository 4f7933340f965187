// What the agents of a simulation do: how much of their places was in use, and how many they were given.
import type { AgentsResult, SimulationResult } from '../contract/scenario.ts';
import type { Instant } from '../routing/types.ts';
import type { SimulatedAgent } from './agents.ts';

export interface AgentWork {
  /** Before the load of an agent changes, or a shift begins or ends. */
  note(agent: number, now: Instant): void;
  /** After its load grew by a conversation. */
  give(agent: number, of: { isCounted: boolean }): SimulatedAgent;
  countFrom(now: Instant): void;
  countUntil(now: Instant): void;
  sum(now: Instant): Pick<SimulationResult, 'agents' | 'assignments' | 'overCapacity'>;
}

export function followWork(agents: readonly SimulatedAgent[], at: Instant): AgentWork {
  let from = at;
  let until = Number.POSITIVE_INFINITY;
  let assignments = 0;
  let overCapacity = 0;
  const add = (agent: SimulatedAgent, now: Instant): void => {
    const ms = Math.min(now, until) - Math.max(agent.since, from);
    const { load, capacity, availability } = agent.state;
    if (ms > 0) agent.busyMs += load * ms;
    if (ms > 0 && agent.shiftMs !== null)
      agent.shiftMs += (availability === 'online' ? capacity : load) * ms;
    agent.since = now;
  };
  return {
    note: (at, now) => add(agents[at] as SimulatedAgent, now),
    give: (at, { isCounted }) => {
      const agent = agents[at] as SimulatedAgent;
      const { load, capacity } = agent.state;
      assignments += 1;
      if (load > capacity) overCapacity += 1;
      if (isCounted) agent.given += 1;
      return agent;
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
        ...{ assignments, overCapacity },
      };
    },
  };
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
  };
}
