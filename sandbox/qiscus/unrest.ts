// What people do on their own: agents go online and offline, an admin reassigns rooms in the dashboard.
import { assignAgent } from './assign-agent.ts';
import { resolveRoom } from './resolve-room.ts';
import { leaveRoom } from './roster.ts';
import type { Agent, Room } from './state.ts';
import type { DashboardAction } from './switches.ts';
import type { World } from './world.ts';

export function flapOneAgent({ state, random }: World): void {
  const agent = random.pick([...state.agents.values()]);
  if (agent !== undefined) agent.isAvailable = !agent.isAvailable;
}

const ALL: DashboardAction[] = ['assign', 'transfer', 'remove', 'resolve'];

/** Does nothing when there is no room for the action drawn. */
export function meddleInDashboard(world: World): void {
  const { random, switches } = world;
  const action = random.pick(switches.manualDashboard?.actions ?? ALL);
  if (action === 'assign') assignWaitingRoom(world);
  else if (action === 'transfer') transferHeldRoom(world);
  else if (action === 'remove') emptyHeldRoom(world);
  else if (action === 'resolve') resolveOpenRoom(world);
}

function assignWaitingRoom(world: World): void {
  const room = world.random.pick([...world.state.waiting]);
  const agent = world.random.pick([...world.state.agents.values()]);
  if (room !== undefined && agent !== undefined) takeByHand(world, { room, agent, replace: false });
}

function transferHeldRoom(world: World): void {
  const room = pickHeldRoom(world);
  const others = [...world.state.agents.values()].filter(
    (agent) => !agent.rooms.has(room?.roomId ?? ''),
  );
  const agent = world.random.pick(others);
  if (room !== undefined && agent !== undefined) takeByHand(world, { room, agent, replace: true });
}

function emptyHeldRoom(world: World): void {
  const room = pickHeldRoom(world);
  if (room !== undefined) emptyByHand(world, room);
}

function resolveOpenRoom(world: World): void {
  const room = pickHeldRoom(world) ?? world.random.pick([...world.state.waiting]);
  if (room !== undefined) resolveRoom(world, { room, by: world.state.admin });
}

function pickHeldRoom({ state, random }: World): Room | undefined {
  const holders = [...state.agents.values()].filter((agent) => agent.rooms.size > 0);
  const roomId = random.pick([...(random.pick(holders)?.rooms ?? [])]);
  return roomId === undefined ? undefined : state.rooms.get(roomId);
}

/** An admin takes everybody out of the room. No hook tells of it. */
export function emptyByHand({ state, now }: World, room: Room): void {
  for (const agentId of room.agentIds) {
    const agent = state.agents.get(agentId);
    if (agent !== undefined) leaveRoom(state, { room, agent, now: now() });
  }
}

/** An admin is bound by no limit of agents in a room. */
export function takeByHand(
  world: World,
  { room, agent, replace }: { room: Room; agent: Agent; replace: boolean },
): void {
  const maxAgents = Number.POSITIVE_INFINITY;
  assignAgent(world, { room, agent, replace, maxAgents, byHand: true });
}
