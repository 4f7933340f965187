// An open room goes to another agent or department.
import { plain } from '../refusal.ts';
import type { Inquiry, Room, ServedBy, TransferData } from '../state.ts';
import type { World } from '../world.ts';
import { assignsByItself, chooseAgent } from './choose-agent.ts';
import { isDepartmentOnline, isOnlineAgent } from './online-agents.ts';
import { takeRoom, unseat } from './take-inquiry.ts';
import { writeMessage } from './write-message.ts';

export interface Forward {
  room: Room;
  /** One of both, or an agent of that department. */
  userId?: string | undefined;
  departmentId?: string | undefined;
  comment?: string | undefined;
  by: { _id: string; username: string; name?: string };
}

/** false: it could not be done, and the real server does not say why. */
export async function forwardRoom(world: World, forward: Forward): Promise<boolean> {
  if (!forward.room.open) return false;
  if (forward.departmentId) return await forwardToDepartment(world, forward, forward.departmentId);
  return forward.userId ? forwardToAgent(world, forward, forward.userId) : false;
}

function forwardToAgent(world: World, forward: Forward, userId: string): boolean {
  const { state, listeners } = world;
  const { room } = forward;
  const user = state.users.get(userId);
  if (user === undefined || !isOnlineAgent(world, user)) throw plain('error-user-is-offline');
  const inquiry = inquiryOf(world, room, 'error-invalid-inquiry');
  const oldServedBy = room.servedBy;
  if (oldServedBy?._id === userId) throw plain('error-selected-agent-room-agent-are-same');
  takeRoom(world, { room, inquiry, agent: { agentId: userId, username: user.username } });
  const transferredTo = { _id: user._id, username: user.username, name: user.name };
  writeHistory(world, { ...forward, oldServedBy }, { scope: 'agent', transferredTo });
  if (oldServedBy !== undefined) unseat(world, room, userId);
  listeners.tell('onForwarded', {
    ...{ room, type: 'agent' },
    ...(oldServedBy !== undefined && { oldServedBy }),
  });
  return true;
}

async function forwardToDepartment(
  world: World,
  forward: Forward,
  departmentId: string,
): Promise<boolean> {
  const { room, userId } = forward;
  const inquiry = inquiryOf(world, room, 'error-transferring-inquiry');
  if (room.departmentId === departmentId) throw plain('error-forwarding-chat-same-department');
  const department = world.state.departments.get(departmentId);
  const agent = userId === undefined ? null : memberOf(world, { departmentId, userId });
  const waits =
    !assignsByItself(world) ||
    (department?.allowReceiveForwardOffline && !isDepartmentOnline(world, department));
  if (waits) {
    const oldServedBy = room.servedBy;
    writeHistory(world, { ...forward, oldServedBy }, nextDepartment(world, departmentId));
    moveToDepartment(world, { room, inquiry, departmentId });
    putIntoQueue(world, { room, inquiry });
    return true;
  }
  const oldServedBy = room.servedBy;
  const chosen = agent ?? (await chooseAgent(world, { department: departmentId }));
  const next = chosen ?? undefined;
  // The real one compares the agent after with the agent before: nobody chosen looks like the same agent.
  if (oldServedBy !== undefined && (next === undefined || next.agentId === oldServedBy._id)) {
    throw plain('error-no-agents-online-in-department');
  }
  if (next !== undefined) takeRoom(world, { room, inquiry, agent: next });
  writeHistory(world, { ...forward, oldServedBy }, nextDepartment(world, departmentId));
  if (oldServedBy !== undefined) unseat(world, room, next?.agentId);
  moveToDepartment(world, { room, inquiry, departmentId });
  return true;
}

function memberOf(world: World, wanted: { departmentId: string; userId: string }) {
  const user = world.state.users.get(wanted.userId);
  if (user === undefined || !isOnlineAgent(world, user)) throw plain('error-user-is-offline');
  const members = world.state.departments.get(wanted.departmentId)?.agents ?? [];
  if (!members.some(({ agentId }) => agentId === user._id)) {
    throw plain('error-user-not-belong-to-department');
  }
  return { agentId: user._id, username: user.username };
}

/** Nobody has it any more; it waits for somebody to take it. */
export function putIntoQueue(
  world: World,
  { room, inquiry }: { room: Room; inquiry: Inquiry },
): void {
  const { clock, listeners } = world;
  delete room.servedBy;
  unseat(world, room);
  inquiry.status = 'queued';
  inquiry.queuedAt = clock.date();
  delete inquiry.takenAt;
  room._updatedAt = clock.date();
  listeners.tell('onQueued', { room });
}

function moveToDepartment(
  { listeners }: World,
  { room, inquiry, departmentId }: { room: Room; inquiry: Inquiry; departmentId: string },
): void {
  const oldDepartmentId = room.departmentId;
  room.departmentId = departmentId;
  inquiry.department = departmentId;
  listeners.tell('onForwarded', {
    ...{ room, type: 'department' },
    ...(oldDepartmentId !== undefined && { oldDepartmentId }),
  });
}

function nextDepartment({ state }: World, departmentId: string) {
  const name = state.departments.get(departmentId)?.name ?? '';
  return { scope: 'department', nextDepartment: { _id: departmentId, name } } as const;
}

export function writeHistory(
  world: World,
  moved: Pick<Forward, 'room' | 'by' | 'comment'> & { oldServedBy: ServedBy | undefined },
  more: Pick<TransferData, 'scope' | 'transferredTo' | 'nextDepartment'>,
): void {
  const { room, by, comment, oldServedBy } = moved;
  const transferData: TransferData = {
    transferredBy: { ...by, type: by._id === oldServedBy?._id ? 'agent' : 'user' },
    ...more,
    ...(comment !== undefined && { comment }),
    ts: world.clock.date(),
  };
  room.transferHistory = [...(room.transferHistory ?? []), transferData];
  const u = { _id: by._id, username: by.username };
  writeMessage(world, room, { msg: '', t: 'livechat_transfer_history', u, transferData });
}

function inquiryOf({ state }: World, room: Room, otherwise: string): Inquiry {
  const inquiry = state.inquiries.get(room._id);
  if (inquiry === undefined) throw plain(otherwise);
  return inquiry;
}
