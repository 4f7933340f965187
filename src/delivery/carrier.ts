// What a carrier answers: one attempt to bring one delivery to its subscriber.
import type { Delivery } from '../store/delivery-claims.ts';

export interface Carried {
  /** done: nothing more to do. failed: given up. retry: try again after `afterMs`. */
  state: 'done' | 'failed' | 'retry';
  /** A word or two for the log of attempts. */
  result: string;
  afterMs?: number;
  /** Of a retry: it no longer holds back those behind it. */
  parked?: boolean;
  /** Answers so far that said it will never be taken. */
  refusals?: number;
  /** We did not learn whether it took effect. */
  uncertain?: boolean;
  status?: number | null;
  /** What the subscriber said, cut to a length worth keeping. */
  answer?: string | null;
  /** Of endpoints: what went where. */
  sent?: { body: string; headers: Record<string, string>; address: string | null };
  /** The subscriber wants nothing more (410). */
  gone?: boolean;
}

/**
 * Must not throw for what a subscriber does; what it throws counts as an uncertain attempt. null: nothing was tried,
 * because its subscriber has been switched off since it was taken.
 */
export type Carrier = (delivery: Delivery) => Promise<Carried | null>;
