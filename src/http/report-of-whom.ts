// Whose figures a caller may see: supervisors everybody's, agents their own.
import { type Actor, can } from '../access/can.ts';
import { Refused } from '../errors.ts';

/** null: everybody. */
export function readWhom(actor: Actor, agentId: string | null): string | null {
  if (can(actor, 'reports.read')) return agentId;
  if (actor.agentId === null) throw new Refused('role.insufficient');
  if (agentId !== null && agentId !== actor.agentId) throw new Refused('role.insufficient');
  return actor.agentId;
}
