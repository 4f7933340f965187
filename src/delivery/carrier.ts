// What a carrier answers: one attempt to bring one delivery to its subscriber.
import type { Delivery } from '../store/delivery-claims.ts';

export interface Carried {
  /** done: nothing more to do. failed: given up. retry: try again after `afterMs`. */
  state: 'done' | 'failed' | 'retry';
  /** A word or two for the log of attempts. */
  result: string;
  afterMs?: number;
  /** For a retry: it no longer holds up those behind it. */
  parked?: boolean;
  /** How many answers so far said that it will never be accepted. */
  refusals?: number;
  /** The outcome is unknown. */
  uncertain?: boolean;
  status?: number | null;
  /** The subscriber's answer, cut to a useful length. */
  answer?: string | null;
  /** For endpoints: what was sent where. */
  sent?: { body: string; headers: Record<string, string>; address: string | null };
  /** The subscriber wants nothing more (410). */
  gone?: boolean;
  /** The bot at which it was to arrive; null: it was none. */
  botId?: string | null;
}

/**
 * Must not throw for a subscriber's fault; a throw counts as an uncertain attempt. null: nothing
 * was tried, because the subscriber has been switched off since it was taken.
 */
export type Carrier = (delivery: Delivery) => Promise<Carried | null>;
