// The ways by which watchers are reached, on whichever node they are.

export interface Wire {
  publish(workspaceId: string, topic: string, payload: object, qos: 0 | 1): void;
  /** To everybody at work in the workspace. */
  hint(workspaceId: string, changed: readonly { kind: string; id: string | null }[]): void;
  /** The session's topic is for this agent now, and for no other. */
  restrict(workspaceId: string, sessionTopic: string, agentId: string | null): void;
  /** false: nobody listens anywhere. */
  isHeard(workspaceId: string): boolean;
}
