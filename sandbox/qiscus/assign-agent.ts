// Puts an agent into a room, or says why Qiscus would not.
import { noteCount } from './customer-count.ts';
import { leaveRoom } from './roster.ts';
import type { Agent, Room } from './state.ts';
import { currentService } from './take-message.ts';
import type { World } from './world.ts';

export interface AssignRequest {
  room: Room;
  agent: Agent;
  /** Takes the room from its latest agent, whoever that is. */
  replace: boolean;
  /** How many agents the room may hold; nothing to do with the agent's load. */
  maxAgents: number;
  byHand: boolean;
}

export type AssignResult =
  | { assigned: true }
  | { assigned: false; reason: 'room-full' | 'room-resolved' };

/**
 * Offline agents can be assigned, and no one counts their load.
 * Assumption: a full room is full even for the agent who is in it already.
 */
export function assignAgent(world: World, request: AssignRequest): AssignResult {
  const { room, agent } = request;
  if (room.isResolved) return { assigned: false, reason: 'room-resolved' };
  const latest = request.replace ? room.agentIds.at(-1) : undefined;
  if (latest === undefined && room.agentIds.length >= request.maxAgents) {
    return { assigned: false, reason: 'room-full' };
  }
  if (!room.agentIds.includes(agent.id)) enter(world, request, latest ?? null);
  return { assigned: true };
}

function enter(world: World, request: AssignRequest, replaced: number | null): void {
  const { state } = world;
  const { room, agent, byHand } = request;
  const now = world.now();
  const loser = replaced === null ? undefined : state.agents.get(replaced);
  if (loser !== undefined) leaveRoom(state, { room, agent: loser, now });
  room.agentIds.push(agent.id);
  room.isWaiting = false;
  state.waiting.delete(room);
  agent.rooms.add(room.roomId);
  noteCount(agent, now);
  room.firstAssignedAt ??= now;
  currentService(room).firstAssignedAt ??= now;
  const assignment = { at: now, roomId: room.roomId, agentId: agent.id, replaced, byHand };
  state.assignments.push(assignment);
  for (const listener of state.assignmentListeners) listener(assignment);
}
