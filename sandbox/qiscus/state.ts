// Holds all that this Qiscus knows; agents and rooms are found by id without a scan.

export interface Agent {
  id: number;
  name: string;
  email: string;
  type: 'admin' | 'agent';
  isAvailable: boolean;
  /** null: all channels. */
  channelIds: number[] | null;
  divisionIds: number[];
  createdAt: number;
  /** The unresolved rooms the agent is in. */
  rooms: Set<Room>;
  totalResolved: number;
  totalCustomers: number;
  /** What the API last told of the count, and the changes it has not told yet. */
  toldCount: number;
  untold: { at: number; count: number }[];
}

/** One session of a room: from a customer's message to the resolution. */
export interface Service {
  id: number;
  isResolved: boolean;
  startedAt: number;
  firstAssignedAt: number | null;
  resolvedAt: number | null;
  notes: string | null;
  firstCommentId: number;
  lastCommentId: number;
  wasRefusedFresh: boolean;
}

export interface Room {
  id: number;
  roomId: string;
  channelId: number;
  source: string;
  userId: string;
  name: string;
  extras: string | null;
  isWaiting: boolean;
  isResolved: boolean;
  /** In order of joining. */
  agentIds: number[];
  services: Service[];
  createdAt: number;
  firstAssignedAt: number | null;
  lastText: string;
  lastMessageAt: number;
  messages: number;
  /** Whether it slips through the unserved filter when that is dirty. */
  isSlippery: boolean;
}

export interface Channel {
  id: number;
  name: string;
  source: string;
}

export interface Division {
  id: number;
  name: string;
  isDefault: boolean;
  createdAt: number;
}

export interface Assignment {
  at: number;
  roomId: string;
  agentId: number;
  replaced: number | null;
  byHand: boolean;
}

export interface RecordedCall {
  at: number;
  method: string;
  path: string;
  query: string;
  body: unknown;
  /** null as long as, or because, no answer went out. */
  status: number | null;
}

export interface State {
  app: {
    appId: string;
    secretKey: string;
    adminEmail: string;
    adminPassword: string;
    isSessional: boolean;
    allocateAgentUrl: string | null;
    isAllocateAgentEnabled: boolean;
    markAsResolvedUrl: string | null;
    isMarkAsResolvedEnabled: boolean;
  };
  admin: Agent;
  agents: Map<number, Agent>;
  rooms: Map<string, Room>;
  /** Oldest first. */
  roomList: Room[];
  /** The latest room of a customer on a channel, by `channel:user`. */
  roomOfUser: Map<string, Room>;
  channels: Map<number, Channel>;
  divisions: Map<number, Division>;
  tokens: Map<string, { issuedAt: number; uses: number }>;
  assignments: Assignment[];
  calls: RecordedCall[];
  lastId: { agent: number; row: number; room: number; service: number; comment: number };
}

export const DEFAULT_DIVISION = 4001;
const SOURCES = ['qiscus', 'wa', 'fb', 'ig', 'line', 'telegram', 'custom'];
export const DEFAULT_CHANNEL = 6001;

export function createState(): State {
  const now = Date.now();
  const state: State = {
    app: {
      appId: 'usher-emulated-app',
      secretKey: 'emulated-secret-key',
      adminEmail: 'admin@emulated.example',
      adminPassword: 'emulated-password',
      isSessional: false,
      allocateAgentUrl: null,
      isAllocateAgentEnabled: false,
      markAsResolvedUrl: null,
      isMarkAsResolvedEnabled: false,
    },
    admin: createPerson({ id: 162787, name: 'Admin', email: 'admin@emulated.example' }, 'admin'),
    agents: new Map(),
    rooms: new Map(),
    roomList: [],
    roomOfUser: new Map(),
    channels: new Map(),
    divisions: new Map(),
    tokens: new Map(),
    assignments: [],
    calls: [],
    // Services, comments and rows exceed 2^31, as the real ones do.
    lastId: {
      agent: 190_000,
      row: 2_290_000_000,
      room: 300_000_000,
      service: 4_115_830_000,
      comment: 3_487_134_000,
    },
  };
  for (const [index, source] of SOURCES.entries()) {
    const id = DEFAULT_CHANNEL + index;
    state.channels.set(id, { id, name: `Channel ${source}`, source });
  }
  state.divisions.set(DEFAULT_DIVISION, {
    id: DEFAULT_DIVISION,
    name: 'Default',
    isDefault: true,
    createdAt: now,
  });
  return state;
}

export function createPerson(
  identity: { id: number; name: string; email: string },
  type: Agent['type'],
): Agent {
  return {
    ...identity,
    type,
    isAvailable: true,
    channelIds: null,
    divisionIds: [DEFAULT_DIVISION],
    createdAt: Date.now(),
    rooms: new Set(),
    totalResolved: 0,
    totalCustomers: 0,
    toldCount: 0,
    untold: [],
  };
}

/** A channel nobody has named before is made on the spot. */
export function findChannel(state: State, id: number): Channel {
  const known = state.channels.get(id);
  if (known !== undefined) return known;
  const channel: Channel = { id, name: `Channel ${id}`, source: 'qiscus' };
  state.channels.set(id, channel);
  return channel;
}

export function servesChannel(agent: Agent, channelId: number): boolean {
  return agent.channelIds === null || agent.channelIds.includes(channelId);
}
