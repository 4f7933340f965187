// Decides whether a conversation with these needs would find an agent, by the rules that assign it. Pure.
import type { PresenceState } from '../contract/presence.ts';
import { findMismatch, findWant } from './eligible.ts';
import type { AgentState, Needs } from './types.ts';

/**
 * `agents`: those who are online, or the one with the most room of each kind. Whoever has just been given one is here:
 * the next may come in a moment.
 */
export function judgePresence(agents: readonly AgentState[], needs: Needs): PresenceState {
  const fit = agents.filter((agent) => findMismatch(agent, needs) === null);
  if (fit.length === 0) return 'away';
  return fit.some((agent) => findWant(agent, needs) === null) ? 'here' : 'busy';
}
