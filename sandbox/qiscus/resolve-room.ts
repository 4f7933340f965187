// Ends a room's session: its agents go, and the resolve hook tells who clicked.
import { noteCount } from './customer-count.ts';
import { resolvePayload } from './resolve-payload.ts';
import type { Agent, Room } from './state.ts';
import { currentService } from './take-message.ts';
import type { World } from './world.ts';

/** false: it was resolved already, and nothing has happened. */
export function resolveRoom(
  world: World,
  args: { room: Room; by: Agent; notes?: string | null; lastCommentId?: string },
): boolean {
  const { room, by } = args;
  if (room.isResolved) return false;
  const { state } = world;
  const service = currentService(room);
  service.resolvedAt = world.now();
  service.resolvedBy = by.id;
  service.notes = args.notes ?? null;
  service.lastCommentId = args.lastCommentId ?? service.lastCommentId;
  for (const agentId of room.agentIds) releaseAgent(state.agents.get(agentId), room, world.now());
  room.agentIds = [];
  room.isResolved = true;
  room.isWaiting = false;
  state.waiting.delete(room);
  state.openRooms -= 1;
  const payload = resolvePayload(world, { room, service, by });
  world.hooks.send({ kind: 'mark_as_resolved', roomId: room.roomId, payload });
  return true;
}

function releaseAgent(agent: Agent | undefined, room: Room, now: number): void {
  if (agent === undefined) return;
  agent.rooms.delete(room.roomId);
  agent.resolvedCount += 1;
  noteCount(agent, now);
}
