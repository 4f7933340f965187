// How an attempt to deliver is traced: the joint that telemetry fills where traces are on.
import type { Delivery } from '../store/delivery-claims.ts';
import type { Trace } from '../trace.ts';
import type { Carried } from './carrier.ts';

export interface DeliveryTraces {
  /** Before they are attempted: of which traces they are. Never rejects. */
  learn(workspaceId: string, deliveries: readonly Delivery[]): Promise<void>;
  /** Carries it, in its trace if it is of one. */
  attempt(delivery: Delivery, carry: () => Promise<Carried | null>): Promise<Carried | null>;
  /** Of its last attempt; null: it is of none. */
  of(delivery: Delivery): Trace | null;
}
