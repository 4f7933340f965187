// A stand-in for Qiscus with what Usher asks of it: agents, rooms, who has which. It counts by itself what every agent has.
import type { Random } from '../make-random.ts';
import { type Answer, type Asked, serveJson } from './serve-json.ts';

/** The kind of its channel, and the source of its rooms. */
export const KIND = 'qiscus';

export interface QiscusAgent {
  readonly id: number;
  isAvailable: boolean;
  /** The rooms they are in that are not over. */
  readonly rooms: Set<string>;
}

export interface QiscusRoom {
  readonly id: string;
  agentId: number | null;
  isResolved: boolean;
  /** Of the session. */
  readonly service: number;
}

export interface QiscusStandIn {
  /** How Usher is to be told where it is. */
  environment: Record<string, string>;
  agents: readonly QiscusAgent[];
  rooms: ReadonlyMap<string, QiscusRoom>;
  /** A customer writes; nobody has the room yet. */
  openRoom(): QiscusRoom;
  /** An agent ends it over there. */
  resolve(room: QiscusRoom): void;
  /** Forgets all rooms. */
  forget(): void;
  /** Whether it fails now and then, and answers late. */
  misbehave(isBad: boolean): void;
  close(): Promise<void>;
}

export interface QiscusOptions {
  random: Random;
  agents: number;
  /** In the words of Usher, of each agent. */
  capacity: number;
  onOverfull(agent: QiscusAgent): void;
  onDoubled(room: QiscusRoom): void;
}

const APP_ID = 'torture';
const SECRET_KEY = 'torture-secret-key';
export const WEBHOOK_SECRET = 'torture-webhook-secret';
const FIRST_AGENT = 1000;
const PAGE = 50;

interface World extends QiscusOptions {
  agentsById: Map<number, QiscusAgent>;
  rooms: Map<string, QiscusRoom>;
  opened: number;
  isBad: boolean;
}

export async function startQiscus(options: QiscusOptions): Promise<QiscusStandIn> {
  const agents = Array.from({ length: options.agents }, (_, nth) => ({
    ...{ id: FIRST_AGENT + nth, isAvailable: true, rooms: new Set<string>() },
  }));
  const agentsById = new Map(agents.map((agent) => [agent.id, agent]));
  const world: World = { ...options, agentsById, rooms: new Map(), opened: 0, isBad: false };
  const server = await serveJson((asked) => disturb(world, () => answer(world, asked)));
  return {
    environment: {
      QISCUS_BASE_URL: `http://127.0.0.1:${server.port}`,
      QISCUS_APP_ID: APP_ID,
      QISCUS_SECRET: SECRET_KEY,
      QISCUS_WEBHOOK_SECRET: WEBHOOK_SECRET,
      QISCUS_MAX_CUSTOMER: String(options.capacity),
    },
    ...{ agents, rooms: world.rooms },
    openRoom: () => openRoom(world),
    resolve: (room) => resolve(world, room),
    forget: () => {
      world.rooms.clear();
      for (const { rooms } of agents) rooms.clear();
    },
    misbehave: (isBad) => {
      world.isBad = isBad;
    },
    close: server.close,
  };
}

/** What it was asked may have been done although the answer is lost. */
function disturb({ random, isBad }: World, act: () => Answer): Answer {
  if (!isBad) return act();
  const fate = random.draw({ well: 82, late: 8, error: 5, 'lost answer': 5 });
  if (fate === 'error') return { status: 502, json: { errors: 'Bad gateway' } };
  const answered = act();
  if (fate === 'late') return { ...answered, afterMs: random.between(50, 800) };
  return fate === 'lost answer' ? { ...answered, instead: 'reset' } : answered;
}

function openRoom(world: World): QiscusRoom {
  world.opened += 1;
  const id = `room-${world.opened}`;
  const room = { id, agentId: null, isResolved: false, service: world.opened };
  world.rooms.set(id, room);
  return room;
}

function resolve(world: World, room: QiscusRoom): void {
  room.isResolved = true;
  world.agentsById.get(room.agentId ?? 0)?.rooms.delete(room.id);
}

function answer(world: World, { method, url, body }: Asked): Answer {
  const { pathname, searchParams } = url;
  if (pathname === '/api/v2/admin/agents') {
    return list({ agents: [...world.agentsById.values()].map(presentAgent) });
  }
  if (pathname === '/api/v2/admin/service/available_agents') {
    const { agentId } = world.rooms.get(searchParams.get('room_id') ?? '') ?? {};
    const others = [...world.agentsById.values()].filter(({ id }) => id !== agentId);
    return list({ agents: others.map(presentAgent) });
  }
  if (pathname === '/api/v2/customer_rooms') return listRooms(world, searchParams);
  const [, roomId] = /^\/api\/v2\/customer_rooms\/(.+)$/.exec(pathname) ?? [];
  if (roomId !== undefined) {
    const room = world.rooms.get(roomId);
    return room === undefined
      ? refuse(404, 'Room not found')
      : data({ customer_room: presentRoom(room) });
  }
  const [, verb] = /^\/api\/v1\/admin\/service\/(\w+)$/.exec(pathname) ?? [];
  if (method === 'POST' && verb !== undefined) {
    return serve(world, verb, new URLSearchParams(body.toString()));
  }
  return refuse(404, 'Not found');
}

function serve(world: World, verb: string, form: URLSearchParams): Answer {
  const room = world.rooms.get(form.get('room_id') ?? '');
  if (room === undefined) return refuse(404, 'Room not found');
  if (verb === 'mark_as_resolved') {
    if (room.isResolved) return refuse(400, 'Room is already resolved');
    resolve(world, room);
    return data({ service: { id: room.service } });
  }
  const agent = world.agentsById.get(Number(form.get('agent_id')));
  if (agent === undefined) return refuse(404, 'Agent not found');
  if (verb === 'assign_agent') return assign(world, { room, agent, form });
  if (verb !== 'remove_agent') return refuse(404, 'Not found');
  if (room.agentId !== agent.id) return refuse(400, 'Agent is not in the room');
  agent.rooms.delete(room.id);
  room.agentId = null;
  return data({ room_id: room.id });
}

function assign(
  world: World,
  { room, agent, form }: { room: QiscusRoom; agent: QiscusAgent; form: URLSearchParams },
): Answer {
  if (room.isResolved) return refuse(400, 'Room is already resolved');
  const replaces = form.get('replace_latest_agent') === 'true';
  if (room.agentId !== null && !replaces) {
    const isFull = Number(form.get('max_agent') ?? 2) <= 1;
    if (isFull) return refuse(400, 'Cant join room, exceed max agents');
    world.onDoubled(room);
  }
  world.agentsById.get(room.agentId ?? 0)?.rooms.delete(room.id);
  room.agentId = agent.id;
  agent.rooms.add(room.id);
  if (agent.rooms.size > world.capacity) world.onOverfull(agent);
  return data({ added_agent: presentAgent(agent), service: { id: room.service } });
}

/** Those who wait, the newest first. */
function listRooms(world: World, query: URLSearchParams): Answer {
  const waiting = [...world.rooms.values()].filter(
    ({ agentId, isResolved }) => agentId === null && !isResolved,
  );
  const newest = waiting.sort((a, b) => b.service - a.service);
  const before = Number(query.get('cursor_after') ?? Number.POSITIVE_INFINITY);
  const page = newest.filter(({ service }) => service < before).slice(0, PAGE);
  const isLast = page.length < PAGE;
  const cursor = isLast ? null : String(page.at(-1)?.service);
  const meta = { cursor_after: cursor, cursor_before: null };
  return {
    status: 200,
    json: { data: { customer_rooms: page.map(presentRoom) }, meta, status: 200 },
  };
}

const data = (value: unknown): Answer => ({ status: 200, json: { data: value, status: 200 } });

const list = (value: object): Answer => ({
  status: 200,
  json: {
    data: value,
    meta: { cursor_after: null, cursor_before: null, total_count: null },
    status: 200,
  },
});

const refuse = (status: number, errors: string): Answer => ({ status, json: { errors } });

const presentAgent = ({ id, isAvailable, rooms }: QiscusAgent) => ({
  ...{ id, name: `Qiscus ${id}`, email: `${id}@qiscus.example` },
  ...{ type: 2, type_as_string: 'agent', is_available: isAvailable, force_offline: false },
  ...{ current_customer_count: rooms.size, user_channels: [{ id: 1, name: 'All' }] },
});

const presentRoom = ({ id, agentId, isResolved, service }: QiscusRoom) => ({
  ...{ id: service, room_id: id, channel_id: 1, source: KIND, name: id, user_id: id },
  ...{ is_waiting: agentId === null, is_resolved: isResolved, is_handled_by_bot: false },
});
