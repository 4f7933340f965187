// What the Qiscus routes need from their door.
import type { ConversationRequested, ConversationResolved } from '../../contract/inbound.ts';

/** The part of a channel that the routes need to name it. */
export interface ChannelRef {
  workspaceId: string;
  channelId: string;
}

export interface Assigned {
  roomId: string;
  agentId: string;
  /** What Qiscus answered to assign_agent. */
  rawBody: string;
}

/** What the rest of the server does for these routes. */
export interface QiscusDoor {
  /** Refuses what may be sent again later: see retryAfter. */
  enter(channel: ChannelRef): Promise<void>;
  /** After how many seconds a retry may succeed; null: never. */
  retryAfter(error: unknown): number | null;
  describePassing(error: unknown): string;
  /** By the secret in the address; where none is given, by the app of a channel that has none. */
  admit(key: {
    secret: string | null;
    appIds: readonly string[];
  }): ChannelRef | 'unauthenticated' | 'unknown-app';
  /** Whether a request with this secret, or without one, can be admitted at all. */
  mayEnter(secret: string | null): boolean;
  open(channel: ChannelRef, news: ConversationRequested): Promise<void>;
  /** Answers once Qiscus is known to have accepted an agent; null: not within a second. */
  openAndWait(channel: ChannelRef, news: ConversationRequested): Promise<Assigned | null>;
  resolve(channel: ChannelRef, news: ConversationResolved): Promise<void>;
  /** The room that the freed place received; `nothing-waits`; null: not known within a second. */
  resolveAndWait(
    channel: ChannelRef,
    news: ConversationResolved,
  ): Promise<Assigned | 'nothing-waits' | null>;
  authorize(
    authorization: string | undefined,
    access: 'read' | 'write',
  ): Promise<{ workspaceId: string } | 'unauthenticated' | 'forbidden'>;
  getMaxCustomers(workspaceId: string): Promise<number>;
  setMaxCustomers(workspaceId: string, value: number): Promise<void>;
  registerResolveWebhook(
    workspaceId: string,
    args: { url: string; enabled: boolean },
  ): Promise<
    { ok: true; url: string; isAllocateAgentWebhookEnabled: boolean } | { ok: false; error: string }
  >;
}
