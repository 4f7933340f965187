// Who works for the emulated app: adds, changes and removes agents.
import { noteCount } from './customer-count.ts';
import type { Agent, Room, State } from './state.ts';

export interface NewAgent {
  name: string;
  email?: string;
  /** Default true. */
  available?: boolean;
  /** Default: every channel. Channels that do not exist yet are made. */
  channelIds?: number[];
  /** Default: none. Divisions that do not exist yet are made. */
  divisionIds?: number[];
  type?: Agent['type'];
}

export function addAgent(state: State, given: NewAgent, now: number): Agent {
  state.last.agentId += 1;
  const id = state.last.agentId;
  const agent: Agent = {
    id,
    name: given.name,
    email: given.email ?? `agent${id}@qiscus.example`,
    type: given.type ?? 'agent',
    isAvailable: given.available ?? true,
    forceOffline: false,
    channelIds: given.channelIds ?? null,
    divisionIds: given.divisionIds ?? [],
    createdAt: now,
    rooms: new Set(),
    resolvedCount: 0,
    counts: [],
    countBefore: 0,
  };
  for (const channelId of agent.channelIds ?? []) ensureChannel(state, channelId);
  for (const divisionId of agent.divisionIds) {
    if (state.divisions.has(divisionId)) continue;
    state.divisions.set(divisionId, { id: divisionId, name: `Division ${divisionId}` });
  }
  state.agents.set(id, agent);
  return agent;
}

export function ensureChannel(state: State, channelId: number): void {
  if (state.channels.has(channelId)) return;
  state.channels.set(channelId, {
    id: channelId,
    name: `Web chat ${channelId}`,
    source: 'qiscus',
  });
}

export interface AgentChange {
  name?: string;
  available?: boolean;
  forceOffline?: boolean;
}

export function updateAgent(state: State, agentId: number, change: AgentChange): void {
  const agent = findAgent(state, agentId);
  agent.name = change.name ?? agent.name;
  agent.isAvailable = change.available ?? agent.isAvailable;
  agent.forceOffline = change.forceOffline ?? agent.forceOffline;
}

/** Assumption: the agent's rooms wait again, and no hook tells of it. */
export function removeAgent(state: State, agentId: number, now: number): void {
  const agent = findAgent(state, agentId);
  for (const roomId of agent.rooms) {
    const room = state.rooms.get(roomId);
    if (room !== undefined) leaveRoom(state, { room, agent, now });
  }
  state.agents.delete(agentId);
}

export function findAgent(state: State, agentId: number): Agent {
  const agent = state.agents.get(agentId);
  if (agent === undefined) throw new Error(`The emulated app has no agent ${agentId}.`);
  return agent;
}

/** Assumption: a room whose last agent leaves waits again until a customer's message or an assign. */
export function leaveRoom(
  state: State,
  { room, agent, now }: { room: Room; agent: Agent; now: number },
): void {
  room.agentIds = room.agentIds.filter((id) => id !== agent.id);
  agent.rooms.delete(room.roomId);
  noteCount(agent, now);
  if (room.agentIds.length > 0) return;
  room.isWaiting = true;
  state.waiting.add(room);
}

export function worksOnChannel(agent: Agent, channelId: number): boolean {
  return agent.channelIds?.includes(channelId) ?? true;
}
