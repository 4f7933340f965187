// For whom alone conversations wait, as a node knows it: so that a pass asks only about those who can take one now.

export interface AwaitedAgents {
  /** Everybody for whom something waits, and perhaps some for whom nothing does any more. */
  ids(): ReadonlySet<string>;
  /** Of these, whoever has changed since they were last found worth waiting for. */
  changed(): ReadonlySet<string>;
  learn(news: {
    awaited: readonly { agentId: string }[];
    agents: readonly { agentId: string }[];
  }): void;
  /** Nothing waits for them. */
  drop(agentId: string): void;
  /** What waits for them may go on. */
  settle(agentId: string): void;
  forget(): void;
}

/** Exact under the routing lock, as the roster: nothing begins to wait, and no agent changes, without it. */
export function makeAwaitedAgents(): AwaitedAgents {
  const ids = new Set<string>();
  const changed = new Set<string>();
  return {
    ids: () => ids,
    changed: () => changed,
    learn: ({ awaited, agents }) => {
      for (const { agentId } of awaited) ids.add(agentId);
      for (const { agentId } of agents) if (ids.has(agentId)) changed.add(agentId);
    },
    drop: (agentId) => {
      ids.delete(agentId);
      changed.delete(agentId);
    },
    settle: (agentId) => {
      changed.delete(agentId);
    },
    forget: () => {
      ids.clear();
      changed.clear();
    },
  };
}
