// A visitor's open room: the one there is, or a new one with its inquiry, routed at once where the method does that.
import { makeId } from '../make-id.ts';
import { coded } from '../refusal.ts';
import type { ChosenAgent, Inquiry, Room, Source, Visitor } from '../state.ts';
import type { World } from '../world.ts';
import { assignsByItself, chooseAgent } from './choose-agent.ts';
import { findOpenRoom } from './find.ts';
import { chooseBot, isAnybodyOnline, isDepartmentOnline, isOnlineAgent } from './online-agents.ts';
import { takeRoom } from './take-inquiry.ts';
import { writeMessage } from './write-message.ts';

export interface RoomWish {
  visitor: Visitor;
  /** Who is to have it. Heeded by methods that assign by themselves, while the agent is online. */
  agent?: ChosenAgent | undefined;
  rid?: string;
  source?: Source;
  customFields?: Record<string, unknown>;
  message?: string;
}

export async function openRoom(
  world: World,
  wish: RoomWish,
): Promise<{ room: Room; newRoom: boolean }> {
  const open = findOpenRoom(world, wish.visitor.token);
  if (open !== undefined) return { room: open, newRoom: false };
  return { room: await createRoom(world, wish), newRoom: true };
}

/** A visitor may have several at once: an app asks for one, and never gets the one there is. */
export async function createRoom(world: World, wish: RoomWish): Promise<Room> {
  const { settings, listeners } = world;
  if (!settings.Livechat_enabled) throw coded('error-omnichannel-is-disabled');
  const { visitor } = wish;
  const department = departmentOf(world, visitor);
  const agent = wish.agent ?? chooseBot(world, visitor.department);
  if (!settings.Livechat_accept_chats_with_no_agents) {
    refuseWithoutAgents(world, { ...wish, agent }, department);
  }
  const assigns = assignsByItself(world);
  const room = addRoom(world, wish, department);
  const inquiry = addInquiry(world, room, wish);
  writeMessage(world, room, {
    msg: '',
    t: 'livechat-started',
    groupable: false,
    u: authorOf(visitor),
    token: visitor.token,
  });
  listeners.tell('onRoomStarted', { room });
  const isBot = agent !== undefined && world.state.users.get(agent.agentId)?.roles.includes('bot');
  if (!assigns && !isBot) {
    inquiry.status = 'queued';
    inquiry.queuedAt = world.clock.date();
    listeners.tell('onQueued', { room });
    return room;
  }
  const chosen = isOnline(world, agent)
    ? agent
    : await chooseAgent(world, { department: room.departmentId });
  // Without one the inquiry stays `ready`, for ever: the community edition has nothing that looks again.
  if (chosen) takeRoom(world, { room, inquiry, agent: chosen });
  return room;
}

/** A department without anybody online counts as none given; there is no fallback department here. */
function departmentOf(world: World, visitor: Visitor): string | undefined {
  const department = world.state.departments.get(visitor.department ?? '');
  if (department === undefined) return undefined;
  return isDepartmentOnline(world, department) ? department._id : undefined;
}

function refuseWithoutAgents(
  world: World,
  { visitor, agent }: RoomWish,
  department: string | undefined,
): void {
  const isServed = visitor.department
    ? agent !== undefined || department !== undefined
    : agent !== undefined || isAnybodyOnline(world);
  if (!isServed) throw coded('no-agent-online', 'Sorry, no online agents');
}

function isOnline(world: World, agent: ChosenAgent | undefined): boolean {
  const user = world.state.users.get(agent?.agentId ?? '');
  return user !== undefined && isOnlineAgent(world, user);
}

function authorOf({ _id, username, name }: Visitor) {
  return { _id, username, ...(name !== undefined && { name }) };
}

function addRoom(world: World, wish: RoomWish, department: string | undefined): Room {
  const { state, clock } = world;
  const { visitor, source = { type: 'api' }, customFields } = wish;
  const at = clock.date();
  const departmentId = department ?? visitor.department;
  const room: Room = {
    _id: wish.rid ?? makeId(),
    t: 'l',
    fname: visitor.name ?? visitor.username,
    v: {
      _id: visitor._id,
      token: visitor.token,
      username: visitor.username,
      status: visitor.status,
    },
    ...(departmentId !== undefined && { departmentId }),
    open: true,
    ts: at,
    lm: at,
    msgs: 0,
    usersCount: 1,
    cl: false,
    waitingResponse: true,
    source,
    queuedAt: at,
    ...(customFields !== undefined && { customFields }),
    priorityWeight: 99,
    _updatedAt: at,
  };
  state.rooms.set(room._id, room);
  state.subscribers.set(room._id, new Set());
  return room;
}

function addInquiry({ state, clock }: World, room: Room, { message = '' }: RoomWish): Inquiry {
  const at = clock.date();
  const inquiry: Inquiry = {
    _id: makeId(),
    rid: room._id,
    t: 'l',
    name: room.fname,
    message,
    status: 'ready',
    ...(room.departmentId !== undefined && { department: room.departmentId }),
    v: room.v,
    source: room.source,
    ts: at,
    _updatedAt: at,
  };
  state.inquiries.set(room._id, inquiry);
  return inquiry;
}
