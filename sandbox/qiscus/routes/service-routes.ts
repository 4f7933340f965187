// The writes that put agents into rooms, take them out and end sessions.
import { type AssignResult, assignAgent } from '../assign-agent.ts';
import { readFlag, readInteger, readText } from '../fields.ts';
import { presentAgent } from '../present-agent.ts';
import { presentRoomInfo, presentService } from '../present-room.ts';
import { resolveRoom } from '../resolve-room.ts';
import { leaveRoom, worksOnChannel } from '../roster.ts';
import type { Agent, Room } from '../state.ts';
import { currentService } from '../take-message.ts';
import type { World } from '../world.ts';
import {
  type Answer,
  type ApiCall,
  answerV1,
  type Route,
  refuseMissing,
  refuseV1,
} from './route.ts';

export const serviceRoutes: Route[] = [
  serviceRoute('assign_agent', withRoomAndAgent(assign)),
  serviceRoute('remove_agent', withRoomAndAgent(remove)),
  serviceRoute('mark_as_resolved', withRoom(resolve)),
  serviceRoute('allocate_agent', suggest),
  serviceRoute('allocate_assign_agent', withRoom(allocateAndAssign)),
];

function serviceRoute(verb: string, handle: Route['handle']): Route {
  const path = `/api/v1/admin/service/${verb}`;
  return { method: 'POST', path, scheme: 'secret', writes: true, handle };
}

function withRoom(handle: (world: World, call: ApiCall, room: Room) => Answer): Route['handle'] {
  return (world, call) => {
    const roomId = readText(call.body.room_id);
    if (roomId === undefined) return refuseMissing('room_id');
    if (world.switches.permanent4xxRooms.has(roomId)) {
      return refuseV1(422, 'This conversation can not be processed');
    }
    const room = world.state.rooms.get(roomId);
    return room === undefined ? refuseV1(404, 'Room not found') : handle(world, call, room);
  };
}

function withRoomAndAgent(
  handle: (world: World, call: ApiCall, subject: { room: Room; agent: Agent }) => Answer,
): Route['handle'] {
  return withRoom((world, call, room) => {
    const agentId = readInteger(call.body.agent_id);
    if (agentId === undefined) return refuseMissing('agent_id');
    const agent = world.state.agents.get(agentId);
    return agent === undefined
      ? refuseV1(404, 'Agent not found')
      : handle(world, call, { room, agent });
  });
}

/** Assumption: without `max_agent` a room takes any number of agents. */
function assign(
  world: World,
  { body }: ApiCall,
  { room, agent }: { room: Room; agent: Agent },
): Answer {
  if (isFreshRefusal(world, room)) return refuseRoomFull();
  const result = assignAgent(world, {
    room,
    agent,
    replace: readFlag(body.replace_latest_agent) ?? false,
    maxAgents: readInteger(body.max_agent) ?? Number.POSITIVE_INFINITY,
    byHand: false,
  });
  return answerAssign(world, { result, room, agent });
}

function answerAssign(
  world: World,
  { result, room, agent }: { result: AssignResult; room: Room; agent: Agent },
): Answer {
  if (result.assigned) {
    return answerV1({
      added_agent: presentAgent(world, agent),
      service: presentService(currentService(room)),
    });
  }
  return result.reason === 'room-full' ? refuseRoomFull() : refuseResolved(world);
}

function isFreshRefusal({ switches, random }: World, room: Room): boolean {
  const service = currentService(room);
  if (!room.isWaiting || service.wasRefused || !random.chance(switches.freshRoom400)) return false;
  service.wasRefused = true;
  return true;
}

function refuseRoomFull(): Answer {
  return refuseV1(400, 'Cant join room, exceed max agents');
}

/** The text is an assumption: the real one is unknown. */
function refuseResolved({ switches, random }: World): Answer {
  const { resolvedRoom4xx } = switches;
  if (resolvedRoom4xx === false) return refuseV1(400, 'Room is already resolved');
  const status =
    resolvedRoom4xx === true
      ? (random.pick([400, 402, 403, 404, 409, 422]) ?? 400)
      : resolvedRoom4xx;
  return refuseV1(status, { message: 'Room is already resolved' });
}

/** Assumption: an agent who is not in the room is refused. */
function remove(
  { state, now }: World,
  _call: ApiCall,
  subject: { room: Room; agent: Agent },
): Answer {
  const { room, agent } = subject;
  if (!room.agentIds.includes(agent.id)) return refuseV1(400, 'Agent is not in the room');
  leaveRoom(state, { room, agent, now: now() });
  return answerV1({ room_id: room.roomId, agent_id: agent.id });
}

/** The admin is the resolver. Assumption: a second resolve is refused. */
function resolve(world: World, { body }: ApiCall, room: Room): Answer {
  const lastCommentId = readText(body.last_comment_id);
  const isDone = resolveRoom(world, {
    room,
    by: world.state.admin,
    notes: readText(body.notes) ?? null,
    ...(lastCommentId !== undefined && { lastCommentId }),
  });
  if (!isDone) return refuseV1(400, 'Room is already resolved');
  return answerV1({
    service: presentService(currentService(room)),
    room_info: presentRoomInfo(room),
  });
}

function suggest(world: World, { body }: ApiCall): Answer {
  const source = readText(body.source);
  if (source === undefined) return refuseMissing('source');
  const agent = leastLoaded(world, {
    channelId: readInteger(body.channel_id),
    ignoreAvailability: readFlag(body.ignore_availability) ?? false,
  });
  if (agent === undefined) return refuseNobody();
  return answerV1({ agent: { ...presentAgent(world, agent), count: agent.rooms.size } });
}

function allocateAndAssign(world: World, { body }: ApiCall, room: Room): Answer {
  const ignoreAvailability = readFlag(body.ignore_agent_availability) ?? false;
  const agent = leastLoaded(world, { channelId: room.channelId, ignoreAvailability });
  if (agent === undefined) return refuseNobody();
  const maxAgents = Number.POSITIVE_INFINITY;
  const result = assignAgent(world, { room, agent, replace: false, maxAgents, byHand: false });
  return answerAssign(world, { result, room, agent });
}

/** What Qiscus says when nobody is available is unknown: an assumption. */
function refuseNobody(): Answer {
  return refuseV1(400, 'There are no available agents');
}

function leastLoaded(
  { state }: World,
  wanted: { channelId: number | undefined; ignoreAvailability: boolean },
): Agent | undefined {
  const { channelId, ignoreAvailability } = wanted;
  let least: Agent | undefined;
  for (const agent of state.agents.values()) {
    const isFit = channelId === undefined || worksOnChannel(agent, channelId);
    if (!isFit || !(ignoreAvailability || agent.isAvailable)) continue;
    if (least === undefined || agent.rooms.size < least.rooms.size) least = agent;
  }
  return least;
}
