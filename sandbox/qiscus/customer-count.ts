// Tells how many customers an agent has, as late as the switches want it.
import type { Agent } from './state.ts';
import type { Switches } from './switches.ts';

/** To be called after each change of the agent's rooms. */
export function noteCustomerCount(agent: Agent, switches: Switches): void {
  agent.untold.push({ at: Date.now(), count: agent.rooms.size });
  tellDueCounts(agent, switches);
}

export function readCustomerCount(agent: Agent, switches: Switches): number {
  tellDueCounts(agent, switches);
  return agent.toldCount;
}

function tellDueCounts(agent: Agent, { countLagMs }: Switches): void {
  if (countLagMs === 'forever') return;
  const dueUntil = Date.now() - countLagMs;
  const firstLater = agent.untold.findIndex(({ at }) => at > dueUntil);
  const told = agent.untold.splice(0, firstLater === -1 ? agent.untold.length : firstLater);
  agent.toldCount = told.at(-1)?.count ?? agent.toldCount;
}
