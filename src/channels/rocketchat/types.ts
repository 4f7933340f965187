// What Rocket.Chat says, in our own shapes.
import type { MirrorFailure } from './read-failure.ts';

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: MirrorFailure };

export interface RemoteAgent {
  externalId: string;
  username: string;
  name: string;
  email: string | null;
  isAvailable: boolean;
}

export interface RemoteDepartment {
  departmentId: string;
  name: string;
  isEnabled: boolean;
  /** How many are in it; null: it does not say. */
  members: number | null;
}

export interface RemoteRoom {
  roomId: string;
  isOpen: boolean;
  /** The agent's id; null: it waits in the queue. */
  servedBy: string | null;
}

export interface RemoteFile {
  /** As Rocket.Chat wrote it: an address there or a path below it. */
  url: string;
  name: string;
  type: string;
}

export interface RemoteMessage {
  id: string;
  /** Who wrote it; null: the visitor, or nobody. */
  agentId: string | null;
  text: string;
  /** ISO 8601. */
  at: string;
  editedAt: string | null;
  isClosing: boolean;
  files: RemoteFile[];
}

/** What a webhook or the app tells of a room. */
export interface DeskNews {
  what: 'said' | 'changed' | 'closed';
  roomId: string;
  servedBy: string | null;
  messages: RemoteMessage[];
  /** Told by the app, which keeps the order. */
  isOrdered: boolean;
}
