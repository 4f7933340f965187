// Shows a test the truth about agents and rooms, as copies that no later event changes.
import type { Agent, Room, Service } from './state.ts';

export interface EmulatedAgent {
  id: number;
  name: string;
  email: string;
  isAvailable: boolean;
  forceOffline: boolean;
  channelIds: number[] | null;
  divisionIds: number[];
  /** The true one, whatever the API shows. */
  customerCount: number;
  /** The unresolved rooms the agent is in. */
  roomIds: string[];
  resolvedCount: number;
}

export interface EmulatedRoom {
  roomId: string;
  userId: string;
  name: string;
  channelId: number;
  source: string;
  isWaiting: boolean;
  isResolved: boolean;
  agentIds: number[];
  services: Omit<Service, 'wasRefused'>[];
  createdAt: number;
  /** Of the room's first session; each service has its own. */
  firstAssignedAt: number | null;
  messageCount: number;
  lastText: string;
  lastMessageAt: number;
}

export function viewAgent(agent: Agent): EmulatedAgent {
  return {
    id: agent.id,
    name: agent.name,
    email: agent.email,
    isAvailable: agent.isAvailable,
    forceOffline: agent.forceOffline,
    channelIds: agent.channelIds === null ? null : [...agent.channelIds],
    divisionIds: [...agent.divisionIds],
    customerCount: agent.rooms.size,
    roomIds: [...agent.rooms],
    resolvedCount: agent.resolvedCount,
  };
}

export function viewRoom(room: Room): EmulatedRoom {
  return {
    roomId: room.roomId,
    userId: room.userId,
    name: room.name,
    channelId: room.channelId,
    source: room.source,
    isWaiting: room.isWaiting,
    isResolved: room.isResolved,
    agentIds: [...room.agentIds],
    services: room.services.map(({ wasRefused: _, ...service }) => service),
    createdAt: room.createdAt,
    firstAssignedAt: room.firstAssignedAt,
    messageCount: room.messageCount,
    lastText: room.lastText,
    lastMessageAt: room.lastMessageAt,
  };
}
