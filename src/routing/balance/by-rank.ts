// The conversations that could move, in the order in which they came.
import type { Instant } from '../types.ts';

export function byRank(a: Movable, b: Movable): number {
  return a.rankAt - b.rankAt || (a.conversationId < b.conversationId ? -1 : 1);
}

/** A conversation that may be given to somebody else: it has an agent, who has not answered it. */
export interface Movable {
  conversationId: string;
  agentId: string;
  /** Conversations with equal needs carry equal keys. */
  needsKey: string;
  weight: number;
  rankAt: Instant;
}

export interface BalanceMove {
  conversationId: string;
  from: string;
  to: string;
}
