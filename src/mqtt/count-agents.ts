// Which agents have a client here: the lease ends with the last of them.
import type { Desk } from '../desk/context.ts';
import { missAgent, renewAgent } from '../desk/keep-presence.ts';
import type { Connection } from './connection.ts';
import type { AgentAtWork } from './identity.ts';

type AgentKey = Pick<AgentAtWork, 'workspaceId' | 'agentId'>;

export interface AgentsHere {
  came(connection: Connection): void;
  /** The connection has ended. */
  gone(connection: Connection): void;
  /** The connection still stands, but its client has said that it leaves; `awake`: and is a phone. */
  left(agent: AgentAtWork, how: { awake: boolean }): void;
  /** The last of the agent's clients has left another node: those here count for the agent. */
  leftElsewhere(agent: AgentKey): void;
  stop(): void;
}

/** After the grace, in which a page may be reloaded. */
export function countAgents(
  desk: Desk,
  options: {
    graceMs: number;
    ttlMs: number;
    /** Tells the other nodes that the agent has no client here any more. */
    tellLeft(agent: AgentKey): void;
    onError: (error: unknown, what: string) => void;
  },
): AgentsHere {
  const { graceMs, ttlMs, tellLeft, onError } = options;
  const here = new Map<string, Set<Connection>>();
  let stopped = false;
  const miss = ({ workspaceId, agentId }: AgentAtWork, awake: boolean): void => {
    if (stopped) return;
    missAgent(desk, { workspaceId, agentId, graceMs, awake }).then(
      () => {
        // Somebody may have come meanwhile, here or elsewhere.
        keepThoseHere({ workspaceId, agentId });
        tellLeft({ workspaceId, agentId });
      },
      (error: unknown) => onError(error, 'an agent’s going was not noted'),
    );
  };
  const keepThoseHere = ({ workspaceId, agentId }: AgentKey): void => {
    const beats = [...(here.get(agentId) ?? [])].filter(({ hasQuit }) => !hasQuit);
    const heardAt = Math.max(
      Number.NEGATIVE_INFINITY,
      ...beats.map((connection) => connection.heardAt),
    );
    const leftMs = heardAt + ttlMs - desk.clock.elapsed();
    if (leftMs <= graceMs || stopped) return;
    const until = desk.clock.now() + leftMs;
    renewAgent(desk, { workspaceId, agentId, until }).catch((error: unknown) =>
      onError(error, 'an agent’s presence was not renewed'),
    );
  };
  const left = (agent: AgentAtWork, { awake }: { awake: boolean }): void => {
    const others = [...(here.get(agent.agentId) ?? [])].filter(({ hasQuit }) => !hasQuit);
    if (others.length === 0 || awake) miss(agent, awake);
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
      // A phone whose right is gone does not sleep.
      if (!hasQuit) left(identity, { awake: connection.sleeps && connection.isCut });
    },
    left,
    leftElsewhere: keepThoseHere,
    // The other nodes learn from the leases what became of a node that stops.
    stop: () => {
      stopped = true;
    },
  };
}
