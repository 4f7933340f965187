// What is asked of a broker, whether it came with Usher or stands beside it.
import type { Identity } from './identity.ts';
import type { Hints } from './tell-agents.ts';

export interface Broker {
  publish(workspaceId: string, topic: string, payload: string, qos: 0 | 1): void;
  /** To every agent of the workspace who may be listening and may see it. */
  tellAgents(hints: Hints): void;
  /** Nobody but this agent, and supervisors, goes on listening to the session's topic. */
  restrict(workspaceId: string, sessionTopic: string, agentId: string | null): void;
  /** Cuts the connections of those whose right has ended. */
  cut(fits: (identity: Identity) => boolean): void;
  /** As cut, of visitors whose sessions the database knows to be over, where the broker does not say who is connected. */
  cutEnded(workspaceId: string): Promise<void>;
  /** Of those who are connected here, one each connection; where they are known. */
  identities(): Identity[];
  /** Somebody of the workspace may be listening. */
  isHeard(workspaceId: string): boolean;
  /** The clients of all nodes hear what one node publishes: nothing has to be passed on. */
  isShared: boolean;
  /** Where it speaks MQTT over TCP itself; null: nowhere. */
  tcpPort: number | null;
  stop(): Promise<void>;
}
