// How many rooms each agent had at once in Rocket.Chat, as it happened.
import type { RocketChat } from '../../rocketchat/start-rocketchat.ts';

/** Answers how many agents ever had more than the capacity. */
export function watchLoads({ world }: RocketChat, capacity: number): () => number {
  const over = new Set<string>();
  world.listeners.on('onTaken', ({ user }) => {
    const rooms = [...world.state.rooms.values()];
    const held = rooms.filter(({ open, servedBy }) => open && servedBy?._id === user._id);
    if (held.length > capacity) over.add(user._id);
  });
  return () => over.size;
}
