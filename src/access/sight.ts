// Whose conversations somebody may see: all of them, or an agent's own and those of the agent's teams.
import { type Actor, can } from './can.ts';

/** The agent whose own and teams' conversations are the only ones seen; null: all are seen. */
export type Sight = string | null;

/** For a program with an agent's rights that is no agent: no conversation is its own. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

export function sightOf(actor: Pick<Actor, 'role' | 'agentId' | 'agentsSee'>): Sight {
  // The role decides: a token's scopes limit actions, not which conversations are seen.
  const byRole = { role: actor.role, scopes: null };
  if (actor.agentsSee === 'everything' || can(byRole, 'conversations.see-all')) return null;
  return actor.agentId ?? NOBODY;
}
