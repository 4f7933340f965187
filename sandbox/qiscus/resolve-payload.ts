// Writes the body of a mark-as-resolved hook.
import { presentChannel } from './allocation-payload.ts';
import type { Agent, Room, Service } from './state.ts';
import type { World } from './world.ts';

const AVATAR_URL = 'https://omnichannel.qiscus.com/img/ic_qiscus_client.png';

/** JSON text. `by` is whoever clicked, not who held the room. */
export function resolvePayload(
  world: World,
  { room, service, by }: { room: Room; service: Service; by: Agent },
): string {
  const generation = world.switches.hookGeneration;
  const payload = {
    customer: {
      additional_info: [],
      avatar: AVATAR_URL,
      name: room.name,
      user_id: room.userId,
    },
    resolved_by: {
      email: by.email,
      id: by.id,
      is_available: by.isAvailable,
      name: by.name,
      type: by.type,
    },
    service: {
      first_comment_id: service.firstCommentId,
      id: service.id,
      is_resolved: true,
      // Both a string and an integer were seen; which generation writes which is an assumption.
      last_comment_id: generation <= 2021 ? Number(service.lastCommentId) : service.lastCommentId,
      notes: service.notes,
      room_id: room.roomId,
      source: room.source,
    },
    ...(generation === 2025 && {
      app_code: world.state.app.appId,
      channel: presentChannel(world, room),
    }),
  };
  const text = JSON.stringify(payload);
  return generation === 2019 ? text.replaceAll('/', '\\/') : text;
}
