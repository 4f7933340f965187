// Replays what Qiscus saw: how many agents ever had more rooms than allowed.
import type { QiscusEmulator } from '../../qiscus/emulator.ts';

export function countOverCapacity(qiscus: QiscusEmulator, capacity: number): number {
  const changes: { at: number; agentId: number; by: 1 | -1 }[] = [];
  for (const { at, roomId, agentId, replaced } of qiscus.assignments()) {
    changes.push({ at, agentId, by: 1 });
    if (replaced !== null) changes.push({ at, agentId: replaced, by: -1 });
    const ends = qiscus.room(roomId)?.services.map(({ resolvedAt }) => resolvedAt) ?? [];
    const end = ends.find((time) => time !== null && time >= at);
    if (end !== null && end !== undefined) changes.push({ at: end, agentId, by: -1 });
  }
  // At the same millisecond, what ended goes first.
  changes.sort((a, b) => a.at - b.at || a.by - b.by);
  const load = new Map<number, number>();
  const over = new Set<number>();
  for (const { agentId, by } of changes) {
    const held = (load.get(agentId) ?? 0) + by;
    load.set(agentId, held);
    if (held > capacity) over.add(agentId);
  }
  return over.size;
}
