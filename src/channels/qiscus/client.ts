// Speaks to Qiscus Omnichannel: reads agents and rooms, assigns, removes, resolves, registers.

import { fetchApp, registerResolveWebhook } from './fetch-app.ts';
import { fetchRoom, listUnservedRooms } from './fetch-rooms.ts';
import { fetchAgent, listAgents, listAgentsForRoom } from './list-agents.ts';
import { openCaller } from './open-caller.ts';
import type { Outside } from './send-once.ts';
import type { Outcome, RemoteAgent, RemoteApp, RemoteRoom } from './types.ts';
import { assignAgent, removeAgent, resolveRoom } from './write-room.ts';

/** Every call is a single attempt: the delivery loop does the retries. */
export interface QiscusClient {
  listAgents(): Promise<Outcome<RemoteAgent[]>>;
  /** null: Qiscus knows no such agent. */
  readAgent(agentId: string): Promise<Outcome<RemoteAgent | null>>;
  /** null: Qiscus knows no such room. */
  readRoom(roomId: string): Promise<Outcome<RemoteRoom | null>>;
  /** Rooms that wait for an agent. */
  listUnservedRooms(): Promise<Outcome<RemoteRoom[]>>;
  /** The agents whom Qiscus offers for the room by its channel; some of them may be unavailable. */
  agentsForRoom(roomId: string): Promise<Outcome<RemoteAgent[]>>;
  /** `replace` takes the room from whoever holds it. */
  assignAgent(args: {
    roomId: string;
    agentId: string;
    replace: boolean;
  }): Promise<Outcome<{ rawBody: string }>>;
  removeAgent(args: { roomId: string; agentId: string }): Promise<Outcome<void>>;
  /** Answers the number of the session that it ended; null: the answer does not say. */
  resolveRoom(args: {
    roomId: string;
    note: string | null;
  }): Promise<Outcome<{ sessionId: number | null }>>;
  /** Needs the admin's e-mail and password. */
  registerResolveWebhook(args: {
    url: string;
    enabled: boolean;
  }): Promise<
    Outcome<{ markAsResolvedWebhookUrl: string; isAllocateAgentWebhookEnabled: boolean }>
  >;
  /** Qiscus' record of the app, by a fresh login. */
  readApp(): Promise<Outcome<RemoteApp>>;
  /** Refuses what waits for its turn; requests under way end by themselves. */
  close(): void;
}

export interface QiscusClientOptions {
  baseUrl: string;
  appId: string;
  secretKey: string;
  email?: string | undefined;
  password?: string | undefined;
  /** The time limit of one attempt, from connecting to the last byte. */
  timeoutMs?: number;
  maxConcurrent?: number;
  /** Carries the requests; it stays open when the client closes. */
  outside: Outside;
}

export function openQiscusClient(options: QiscusClientOptions): QiscusClient {
  const { timeoutMs = 10_000, maxConcurrent = 8, email = '', password = '' } = options;
  const limits = { timeoutMs, maxConcurrent };
  const caller = openCaller({ ...options, ...limits, email, password });
  return {
    listAgents: () => listAgents(caller),
    readAgent: (agentId) => fetchAgent(caller, agentId),
    readRoom: (roomId) => fetchRoom(caller, roomId),
    listUnservedRooms: () => listUnservedRooms(caller),
    agentsForRoom: (roomId) => listAgentsForRoom(caller, roomId),
    assignAgent: (args) => assignAgent(caller, args),
    removeAgent: (args) => removeAgent(caller, args),
    resolveRoom: (args) => resolveRoom(caller, args),
    registerResolveWebhook: (args) => registerResolveWebhook(caller, args),
    readApp: () => fetchApp(caller),
    close: caller.close,
  };
}
