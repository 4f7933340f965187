// A department with its members.
import { makeId } from '../make-id.ts';
import { plain } from '../refusal.ts';
import type { Department } from '../state.ts';
import type { World } from '../world.ts';
import { getUser } from './find.ts';

export interface NewDepartment extends Partial<Omit<Department, 'agents' | 'name' | '_updatedAt'>> {
  name: string;
  /** Ids or usernames, in their order. */
  agents?: string[];
}

export function addDepartment(world: World, given: NewDepartment): Department {
  const { agents = [], ...rest } = given;
  const department: Department = {
    _id: makeId(),
    enabled: true,
    email: `${given.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}@desk.example`,
    description: '',
    showOnRegistration: true,
    showOnOfflineForm: true,
    requestTagBeforeClosingChat: false,
    chatClosingTags: [],
    allowReceiveForwardOffline: false,
    ...rest,
    agents: [],
    _updatedAt: world.clock.date(),
  };
  world.state.departments.set(department._id, department);
  for (const agent of agents) joinDepartment(world, department, agent);
  return department;
}

export function joinDepartment(world: World, department: Department, agent: string): void {
  const user = getUser(world, agent);
  if (!user.roles.includes('livechat-agent')) throw plain('error-invalid-agent');
  if (department.agents.some(({ agentId }) => agentId === user._id)) return;
  const order = department.agents.length;
  department.agents.push({ agentId: user._id, username: user.username, count: 0, order });
}
