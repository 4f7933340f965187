// Which agents have a client here: the lease ends with the last of them.
import type { Desk } from '../desk/context.ts';
import { hearOfAgent, missAgent } from '../desk/keep-presence.ts';
import type { Connection } from './connection.ts';
import type { AgentAtWork } from './identity.ts';

export interface AgentsHere {
  came(connection: Connection): void;
  /** The connection has ended. */
  gone(connection: Connection): void;
  /** The connection still stands, but its client has said that it leaves. */
  left(agent: AgentAtWork): void;
  /** The last of the agent's clients has left another node: those here count for the agent. */
  leftElsewhere(agent: Pick<AgentAtWork, 'workspaceId' | 'agentId'>): void;
  stop(): void;
}

/** After the grace, in which a page may be reloaded. */
export function countAgents(
  desk: Desk,
  options: {
    graceMs: number;
    ttlMs: number;
    /** Tells the other nodes that the agent has no client here any more. */
    tellLeft(agent: Pick<AgentAtWork, 'workspaceId' | 'agentId'>): void;
    onError: (error: unknown, what: string) => void;
  },
): AgentsHere {
  const { graceMs, ttlMs, tellLeft, onError } = options;
  const here = new Map<string, Set<Connection>>();
  let stopped = false;
  const miss = ({ workspaceId, agentId }: AgentAtWork): void => {
    if (stopped) return;
    missAgent(desk, { workspaceId, agentId, graceMs }).then(
      () => tellLeft({ workspaceId, agentId }),
      (error: unknown) => onError(error, 'an agent’s going was not noted'),
    );
  };
  const left = (agent: AgentAtWork): void => {
    const others = [...(here.get(agent.agentId) ?? [])].filter(({ hasQuit }) => !hasQuit);
    if (others.length === 0) miss(agent);
  };
  return {
    came: (connection: Connection): void => {
      const { identity } = connection;
      if (identity.kind !== 'agent') return;
      const connections = here.get(identity.agentId) ?? new Set();
      here.set(identity.agentId, connections.add(connection));
    },
    gone: (connection: Connection): void => {
      const { identity, hasQuit } = connection;
      if (identity.kind !== 'agent') return;
      const connections = here.get(identity.agentId);
      connections?.delete(connection);
      if (connections?.size === 0) here.delete(identity.agentId);
      if (!hasQuit) left(identity);
    },
    left,
    leftElsewhere: ({ workspaceId, agentId }) => {
      const beats = [...(here.get(agentId) ?? [])].filter(({ hasQuit }) => !hasQuit);
      const heardAt = Math.max(
        Number.NEGATIVE_INFINITY,
        ...beats.map((connection) => connection.heardAt),
      );
      const leftMs = heardAt + ttlMs - desk.clock.elapsed();
      if (leftMs <= graceMs || stopped) return;
      hearOfAgent(desk, { workspaceId, agentId, ttlMs: leftMs, onlyRenews: true }).catch(
        (error: unknown) => onError(error, 'an agent’s presence was not renewed'),
      );
    },
    // The other nodes learn from the leases what became of a node that stops.
    stop: () => {
      stopped = true;
    },
  };
}
