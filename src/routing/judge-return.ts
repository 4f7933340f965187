// Whether what comes back from parking waits for nobody but its agent, and until when. Pure.
import { findObstacle, isReachable } from './eligible.ts';
import type { AgentState, Instant, Needs } from './types.ts';

/** What is kept of it until it is given to somebody, or no longer waits for its agent. */
export interface Returning {
  agentId: string;
  /** When it came back. */
  at: Instant;
  /** Until then nobody else may have it; absent: it was not looked at yet. */
  until?: Instant;
}

/** An agent who has room at the first look is given it by the same pass, or by the next one. */
const TRY_MS = 100;

/**
 * Until when nobody else may have it; null: everybody may. Its agent has `waitSeconds` from the return on, while they
 * can be reached; without any they get it only if they have room at once. `agent`: null: they are gone.
 */
export function judgeReturn(
  { at, until }: Returning,
  situation: { agent: AgentState | null; needs: Needs; waitSeconds: number; now: Instant },
): Instant | null {
  const { agent, needs, waitSeconds, now } = situation;
  if (agent === null || !isReachable(agent, needs, { now })) return null;
  const end = at + waitSeconds * 1000;
  if (end > now) return end;
  if (until !== undefined) return until > now ? until : null;
  return findObstacle(agent, needs, { now }) === null ? now + TRY_MS : null;
}
