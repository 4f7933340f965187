// Whose conversations somebody may see: all of them, or an agent's own and those of the agent's teams.
import { type Actor, can } from './can.ts';

/** The agent whose own and teams' conversations are all that is seen; null: everything is. */
export type Sight = string | null;

/** Of a program with an agent's rights that is no agent: nothing is its own. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

export function sightOf(actor: Pick<Actor, 'role' | 'agentId' | 'agentsSee'>): Sight {
  // A matter of the role: a token's scopes say what it may do, not of which conversations.
  const byRole = { role: actor.role, scopes: null };
  if (actor.agentsSee === 'everything' || can(byRole, 'conversations.see-all')) return null;
  return actor.agentId ?? NOBODY;
}
