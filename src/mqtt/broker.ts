// What Usher needs from a broker, embedded or beside it.
import type { Identity } from './identity.ts';
import type { Hints, Told } from './tell-agents.ts';

export interface Broker {
  publish(workspaceId: string, topic: string, payload: string, qos: 0 | 1): void;
  /** To every agent of the workspace who may be listening and may see it. */
  tellAgents(hints: Hints): void;
  /** Those who may be listening, and whether they see everything. */
  agents(workspaceId: string): Promise<readonly Told[]>;
  /** From now on only this agent, and supervisors, may listen to the session's topic. */
  restrict(workspaceId: string, sessionTopic: string, agentId: string | null): void;
  /** Cuts the connections of clients whose right has ended. */
  cut(fits: (identity: Identity) => boolean): void;
  /**
   * As cut, for visitors whose sessions have ended in the database, where the broker does not say
   * who is connected.
   */
  cutEnded(workspaceId: string): Promise<void>;
  /** One for each client that is connected here, where they are known. */
  identities(): Identity[];
  /** Whether anybody of the workspace may be listening. */
  isHeard(workspaceId: string): boolean;
  /** false: a broker beside us that is not reached. */
  isConnected(): boolean;
  /** The clients of all nodes receive what one node publishes, so nothing has to be passed on. */
  isShared: boolean;
  /** The port of its own MQTT over TCP; null: none. */
  tcpPort: number | null;
  stop(): Promise<void>;
}
