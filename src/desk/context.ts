// What every verb is given: the database, the log, and the ways to wake what acts on its changes.
import type { Pool } from 'pg';
import type { AllowedNetworks } from '../outbound/allowed-networks.ts';
import type { SecretBox } from '../store/secret-box.ts';

export interface Log {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What those who watch would see differently now. */
export interface Change {
  kind:
    | 'conversation'
    | 'message'
    | 'read'
    | 'agent'
    | 'contact'
    | 'channel'
    | 'endpoint'
    | 'settings'
    /** What is wrong with the server. */
    | 'notice'
    /** Somebody’s right may have ended: told to nobody, but their connections are looked at. With an id: of that visitor's session. */
    | 'rights';
  /** null: of all that kind. */
  id: string | null;
  /** Of a message: its number in the conversation `id`. */
  seq?: number;
  /** Of a conversation: the team that it was for until now, and whose agents may see it no more. */
  leftTeamId?: string;
}

export interface Desk {
  db: Pool;
  log: Log;
  /** Called after the commit of whatever could free, queue or send something. */
  wake(workspaceId: string): void;
  /** As wake, once so long has passed. */
  wakeIn(workspaceId: string, ms: number): void;
  /** Called after the commit of deliveries. */
  send(workspaceId: string): void;
  /** Called after the commit of what somebody may be looking at. Best effort: nobody waits for it. */
  changed(workspaceId: string, changes: readonly Change[]): void;
  /** Called after the commit of a change to channels; returns once this node knows it. */
  channelsChanged(workspaceId: string): Promise<void>;
  /** Seals and opens what the database keeps secret. */
  secrets: SecretBox;
  /** Private networks that addresses which people type may name all the same. */
  allowedNetworks: AllowedNetworks;
}

/**
 * Called after the commit of what takes a right away, so that nobody keeps it for as long as they stay.
 * `sessionIds`: of these visitors' sessions alone, which have ended.
 */
export function endRights(
  desk: Pick<Desk, 'changed'>,
  workspaceId: string,
  sessionIds?: readonly string[],
): void {
  const ids = sessionIds ?? [null];
  desk.changed(
    workspaceId,
    ids.map((id) => ({ kind: 'rights', id })),
  );
}
