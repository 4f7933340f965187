// Who counts as online for Omnichannel, and whom the community's routing chooses among them.
import type { ChosenAgent, Department, User } from '../state.ts';
import type { World } from '../world.ts';

export function isOnlineAgent({ settings }: World, user: User): boolean {
  if (!user.active || user.statusLivechat !== 'available') return false;
  if (user.roles.includes('bot')) return true;
  if (!user.roles.includes('livechat-agent') || user.status === 'offline') return false;
  return settings.Livechat_enabled_when_agent_idle || user.status !== 'away';
}

export function isDepartmentOnline(world: World, department: Department): boolean {
  return department.agents.some(({ agentId }) => isOnlineId(world, agentId));
}

export function isAnybodyOnline(world: World): boolean {
  return [...world.state.users.values()].some((user) => isOnlineAgent(world, user));
}

/** With `Livechat_assign_new_conversation_to_bot` a bot of the department, or any, comes first. */
export function chooseBot(
  { state, settings }: World,
  department: string | undefined,
): ChosenAgent | undefined {
  if (!settings.Livechat_assign_new_conversation_to_bot) return undefined;
  const members = state.departments.get(department ?? '')?.agents.map(({ agentId }) => agentId);
  const bot = [...state.users.values()].find(
    ({ _id, roles, active }) =>
      active && roles.includes('bot') && (members === undefined || members.includes(_id)),
  );
  return bot && { agentId: bot._id, username: bot.username };
}

/**
 * The least served of all time, then by the department's order, then by name: a returning agent is flooded. Counts at
 * once, as the real one does.
 */
export function chooseByCounter(
  world: World,
  { department, ignoreAgentId }: { department?: string | undefined; ignoreAgentId?: string },
): ChosenAgent | null {
  return department === undefined
    ? chooseFromAll(world, ignoreAgentId)
    : chooseFromDepartment(world, { department, ignoreAgentId });
}

function chooseFromDepartment(
  world: World,
  { department, ignoreAgentId }: { department: string; ignoreAgentId: string | undefined },
): ChosenAgent | null {
  const agents = world.state.departments.get(department)?.agents ?? [];
  const [least] = agents
    .filter(({ agentId }) => agentId !== ignoreAgentId && isOnlineId(world, agentId))
    .toSorted((a, b) => a.count - b.count || a.order - b.order || compare(a.username, b.username));
  if (least === undefined) return null;
  least.count += 1;
  return { agentId: least.agentId, username: least.username };
}

function chooseFromAll(world: World, ignoreAgentId: string | undefined): ChosenAgent | null {
  const [least] = [...world.state.users.values()]
    .filter((user) => user._id !== ignoreAgentId && isOnlineAgent(world, user))
    .toSorted((a, b) => a.livechatCount - b.livechatCount || compare(a.username, b.username));
  if (least === undefined) return null;
  least.livechatCount += 1;
  return { agentId: least._id, username: least.username };
}

function isOnlineId(world: World, agentId: string): boolean {
  const user = world.state.users.get(agentId);
  return user !== undefined && isOnlineAgent(world, user);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
