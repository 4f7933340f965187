// What the emulated Qiscus knows: one app, its agents, channels, divisions, rooms and logins.

export interface App {
  readonly appId: string;
  readonly secretKey: string;
  readonly adminEmail: string;
  readonly adminPassword: string;
  isSessional: boolean;
  allocateAgent: Webhook;
  markAsResolved: Webhook;
}

export interface Webhook {
  url: string | null;
  isEnabled: boolean;
}

/** The supervisor's number is unknown; 3 is an assumption. */
export const AGENT_TYPES = { admin: 1, agent: 2, supervisor: 3 } as const;

export interface Agent {
  readonly id: number;
  name: string;
  email: string;
  type: keyof typeof AGENT_TYPES;
  isAvailable: boolean;
  forceOffline: boolean;
  /** null: every channel. */
  channelIds: number[] | null;
  divisionIds: number[];
  createdAt: number;
  /** Ids of the unresolved rooms the agent is in: the true customer count. */
  readonly rooms: Set<string>;
  resolvedCount: number;
  /** How the count changed, newest last; for `countLagMs`. */
  counts: { at: number; count: number }[];
  /** The count before the oldest of these. */
  countBefore: number;
}

export interface Channel {
  readonly id: number;
  name: string;
  source: string;
}

export interface Division {
  readonly id: number;
  name: string;
}

/** One session of a room. */
export interface Service {
  readonly id: number;
  readonly roomId: string;
  startedAt: number;
  firstAssignedAt: number | null;
  resolvedAt: number | null;
  resolvedBy: number | null;
  notes: string | null;
  firstCommentId: string;
  lastCommentId: string;
  /** A fresh room was already refused once in this session. */
  wasRefused: boolean;
}

export interface Room {
  /** Also the place in the order of creation, from 1. */
  readonly id: number;
  readonly roomId: string;
  readonly userId: string;
  name: string;
  readonly channelId: number;
  readonly source: string;
  extras: string | null;
  isWaiting: boolean;
  isResolved: boolean;
  /** In order of joining; the last is "the latest agent". */
  agentIds: number[];
  /** Newest last, never empty. */
  services: Service[];
  createdAt: number;
  firstAssignedAt: number | null;
  lastText: string;
  lastMessageAt: number;
  messageCount: number;
}

export interface Assignment {
  at: number;
  roomId: string;
  agentId: number;
  /** The agent who lost the room by it. */
  replaced: number | null;
  byHand: boolean;
}

export interface State {
  readonly app: App;
  /** The admin who logs in; no one to whom rooms go, and not in the agent lists. */
  readonly admin: Agent;
  readonly agents: Map<number, Agent>;
  readonly channels: Map<number, Channel>;
  readonly divisions: Map<number, Division>;
  readonly rooms: Map<string, Room>;
  /** By id, so that a page begins at its cursor without a search. */
  readonly roomsInOrder: Room[];
  /** A customer's newest room on a channel, by `channelId:userId`. */
  readonly roomsByUser: Map<string, Room>;
  /** Rooms without an agent in an open session, longest waiting first. */
  readonly waiting: Set<Room>;
  openRooms: number;
  readonly assignments: Assignment[];
  /** Told of each assignment once it has taken effect. */
  readonly assignmentListeners: ((assignment: Assignment) => void)[];
  readonly tokens: Map<string, { givenAt: number }>;
  readonly last: {
    agentId: number;
    roomNumber: number;
    serviceId: number;
    commentId: number;
    tokenNumber: number;
  };
}

export function makeState(now: number): State {
  const channels: Channel[] = [
    { id: 101, name: 'Web chat', source: 'qiscus' },
    { id: 102, name: 'WhatsApp', source: 'wa' },
    { id: 103, name: 'Facebook', source: 'fb' },
    { id: 104, name: 'Instagram', source: 'ig' },
    { id: 105, name: 'LINE', source: 'line' },
    { id: 106, name: 'Telegram', source: 'telegram' },
    { id: 107, name: 'Custom', source: 'custom' },
  ];
  return {
    app: createApp(),
    admin: createAdmin(now),
    agents: new Map(),
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    divisions: new Map([[1, { id: 1, name: 'Default' }]]),
    rooms: new Map(),
    roomsInOrder: [],
    roomsByUser: new Map(),
    waiting: new Set(),
    openRooms: 0,
    assignments: [],
    assignmentListeners: [],
    tokens: new Map(),
    // Of the magnitudes seen in real payloads; comment ids exceed 2^31.
    last: {
      agentId: 162_800,
      roomNumber: 0,
      serviceId: 115_830_000,
      commentId: 2_487_134_000,
      tokenNumber: 0,
    },
  };
}

function createApp(): App {
  return {
    appId: 'emulated-1s1ciqkustajhlv',
    secretKey: 'emulated-secret-key',
    adminEmail: 'admin@qiscus.example',
    adminPassword: 'emulated-password',
    isSessional: false,
    allocateAgent: { url: null, isEnabled: false },
    markAsResolved: { url: null, isEnabled: false },
  };
}

function createAdmin(now: number): Agent {
  return {
    id: 162_787,
    name: 'Emulated Admin',
    email: 'admin@qiscus.example',
    type: 'admin',
    isAvailable: true,
    forceOffline: false,
    channelIds: null,
    divisionIds: [],
    createdAt: now,
    rooms: new Set(),
    resolvedCount: 0,
    counts: [],
    countBefore: 0,
  };
}
