// What calls to Qiscus need: the database, a client, and the desk's verbs for the outcome.
import type { Pool } from 'pg';
import type { QiscusClient } from './client.ts';

/** The desk's verbs through which an attempt takes effect here. */
export interface QiscusOutcomes {
  confirm(key: {
    workspaceId: string;
    conversationId: string;
    assignmentId: string;
  }): Promise<boolean>;
  undo(args: {
    workspaceId: string;
    conversationId: string;
    agentId: string;
    reason: string;
    excludeAgent: boolean;
    holdMs: number;
  }): Promise<void>;
  close(args: { workspaceId: string; conversationId: string; reason: string }): Promise<void>;
  /** Qiscus says that the agent is not available, before the list of all agents says so. */
  noteUnavailable(key: { workspaceId: string; agentId: string }): Promise<void>;
  releaseHold(key: { workspaceId: string; conversationId: string }): Promise<void>;
  /** The room waits again: the agent whom we assigned is no longer in it. */
  takeBack(key: { workspaceId: string; conversationId: string }): Promise<void>;
  /**
   * Our own resolve was answered; `sessionId` is the session that it ended there, if the answer
   * said so.
   */
  resolved(args: {
    workspaceId: string;
    conversationId: string;
    sessionId: number | null;
  }): Promise<void>;
}

export interface QiscusMeans {
  db: Pool;
  outcomes: QiscusOutcomes;
  client: QiscusClient;
}
