// The agent puts an open room back into the queue of its department, or of another.
import { coded } from '../refusal.ts';
import type { Room } from '../state.ts';
import type { World } from '../world.ts';
import { putIntoQueue, writeHistory } from './forward-room.ts';

/** false: nobody has it. */
export function returnToQueue(
  world: World,
  { room, departmentId }: { room: Room; departmentId?: string | undefined },
): boolean {
  if (!room.open) throw coded('room-closed', 'Room closed');
  const user = world.state.users.get(room.servedBy?._id ?? '');
  const inquiry = world.state.inquiries.get(room._id);
  if (user === undefined || inquiry === undefined) return false;
  const by = { _id: user._id, username: user.username, name: user.name };
  writeHistory(world, { room, by, oldServedBy: room.servedBy }, { scope: 'queue' });
  if (departmentId !== undefined && departmentId !== room.departmentId) {
    const oldDepartmentId = room.departmentId;
    room.departmentId = departmentId;
    inquiry.department = departmentId;
    world.listeners.tell('onForwarded', {
      ...{ room, type: 'department' },
      ...(oldDepartmentId !== undefined && { oldDepartmentId }),
    });
  }
  putIntoQueue(world, { room, inquiry });
  return true;
}
