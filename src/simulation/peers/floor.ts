// What a model sees of a run: who waits in which department, and what its agents hold.
import { screen } from '../../routing/screen.ts';
import type { AgentState, Needs } from '../../routing/types.ts';
import type { SimulatedAgent } from '../agents.ts';
import type { Department, Floor, PeerAgent, Waiting } from './peer.ts';

export interface OpenDepartment<Item extends Waiting> extends Department {
  waiting: Set<Item>;
}

export interface RunFloor<Item extends Waiting> extends Floor {
  agents: PeerAgent[];
  states: readonly AgentState[];
  waiting: Set<Item>;
  byKey: Map<string, OpenDepartment<Item>>;
  byAgent: readonly Department[][];
}

export function makeFloor<Item extends Waiting>(agents: readonly SimulatedAgent[]): RunFloor<Item> {
  const byKey = new Map<string, OpenDepartment<Item>>();
  const byAgent: Department[][] = agents.map(() => []);
  return {
    agents: agents.map(({ state, speed }) => ({
      ...{ capacity: state.capacity, speed, held: 0, given: 0 },
    })),
    states: agents.map(({ state }) => state),
    ...{ byKey, byAgent, waiting: new Set() },
    listDepartments: () => byKey.values(),
    departmentsOf: (agent) => byAgent[agent] as Department[],
  };
}

/** `needs`: the same for the same key. Who can hold nothing is no member. */
export function findDepartment<Item extends Waiting>(
  floor: RunFloor<Item>,
  { key, needs }: { key: string; needs: Needs },
): OpenDepartment<Item> {
  const known = floor.byKey.get(key);
  if (known !== undefined) return known;
  const members = screen(floor.states, needs).fit.filter((at) => {
    return (floor.agents[at] as PeerAgent).capacity > 0;
  });
  const department = { members, waiting: new Set<Item>() };
  floor.byKey.set(key, department);
  for (const at of members) floor.byAgent[at]?.push(department);
  return department;
}
