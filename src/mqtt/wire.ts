// The ways to reach watchers, on whichever node they are.
import type { Presence } from '../contract/presence.ts';
import type { ToldPrograms } from '../contract/updates.ts';

export interface Hint {
  kind: string;
  id: string | null;
  /** A message was written or read in it, and it is otherwise unchanged. */
  unmoved: boolean;
  /** The team that it was for until now; null: the same as before. */
  leftTeamId: string | null;
}

export interface Wire {
  publish(workspaceId: string, topic: string, payload: object, qos: 0 | 1): void;
  /** To all agents of the workspace. */
  hint(workspaceId: string, changed: readonly Hint[]): void;
  /** To everybody who chats on the channel; the other nodes learn that they have been told. */
  tellPresence(workspaceId: string, channelId: string, presence: Presence): void;
  /** To the programs that wait for news of their channel. */
  tellPrograms(workspaceId: string, told: ToldPrograms): void;
  /** The session's topic is for this agent now, and for no other. */
  restrict(workspaceId: string, sessionTopic: string, agentId: string | null): void;
  /** false: nobody of the workspace listens, at any node. */
  isHeard(workspaceId: string): boolean;
}
