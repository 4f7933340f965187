// Writes the body of a custom-agent-allocation hook as each generation of Qiscus has written it.
import { presentCandidate } from './candidate-agent.ts';
import { writeTime } from './dates.ts';
import type { Room, Service } from './state.ts';
import type { Switches } from './switches.ts';
import type { World } from './world.ts';

const AVATAR_URL = 'https://omnichannel.qiscus.com/img/ic_qiscus_client.png';

/** JSON text. */
export function allocationPayload(
  world: World,
  { room, isNewSession }: { room: Room; isNewSession: boolean },
): string {
  const { app } = world.state;
  const generation = world.switches.hookGeneration;
  const latest = room.services.findLast((service) => service.resolvedAt !== null);
  const payload = {
    app_id: app.appId,
    avatar_url: AVATAR_URL,
    candidate_agent: presentCandidate(world, room),
    email: room.userId,
    extras: room.extras,
    // The sample of 2019 says true of a room that waits.
    is_resolved: generation === 2019,
    latest_service: latest === undefined ? null : presentLatestService(latest, generation),
    name: room.name,
    room_id: room.roomId,
    source: room.source,
    ...(generation >= 2021 && { is_new_session: isNewSession }),
    ...(generation === 2025 && { app_code: app.appId, channel: presentChannel(world, room) }),
  };
  const text = JSON.stringify(payload);
  return generation === 2019 ? text.replaceAll('/', '\\/') : text;
}

export function presentChannel({ state }: World, room: Room) {
  const channel = state.channels.get(room.channelId);
  return { id: room.channelId, name: channel?.name ?? '', source: room.source };
}

function presentLatestService(service: Service, generation: Switches['hookGeneration']) {
  return {
    id: service.id,
    room_id: service.roomId,
    is_resolved: true,
    resolved_at: writeTime(service.resolvedAt, generation),
    retrieved_at: writeTime(service.firstAssignedAt ?? service.startedAt, generation),
    user_id: service.resolvedBy,
    notes: service.notes,
    first_comment_id: service.firstCommentId,
    last_comment_id: service.lastCommentId,
    created_at: writeTime(service.startedAt, generation),
    updated_at: writeTime(service.resolvedAt, generation),
  };
}
