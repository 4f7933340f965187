// How many rooms each agent had at once in Rocket.Chat, as it happened.
import type { RocketChat } from '../../rocketchat/start-rocketchat.ts';

/** Answers a sentence for each agent who ever had more than the capacity. */
export function watchLoads({ world }: RocketChat, capacity: number): () => string[] {
  const over = new Map<string, string>();
  world.listeners.on('onTaken', ({ user }) => {
    const rooms = [...world.state.rooms.values()];
    const held = rooms.filter(({ open, servedBy }) => open && servedBy?._id === user._id);
    if (held.length <= capacity || over.has(user._id)) return;
    const ids = held.map(({ _id }) => _id).join(', ');
    over.set(
      user._id,
      `${user.username} had ${held.length} rooms, and may have ${capacity}: ${ids}`,
    );
  });
  return () => [...over.values()];
}
