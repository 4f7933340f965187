// Whose a client id is: POST /session and the back office hand out ids that name their owner.
import type { Identity } from './identity.ts';

/** Only Usher's own connections to a broker beside it have such names. */
export const OWN_PREFIX = 'usher-';

/**
 * A broker beside us tells the id but not who else has it: an id that does not name its owner could
 * be taken over by anybody who learns it.
 */
export function isOwn(clientId: string, identity: Identity): boolean {
  if (identity.kind === 'visitor')
    return clientId.startsWith(`visitor-${identity.session.sessionId}-`);
  return identity.kind === 'agent' && clientId.startsWith(`agent-${identity.agentId}-`);
}

/** true: it belongs to another client. */
export function isBound(clientId: string, identity: Identity): boolean {
  if (clientId.startsWith(OWN_PREFIX)) return true;
  const [, kind, owner] = /^(visitor|agent)-([0-9a-f-]{36})-/.exec(clientId) ?? [];
  if (kind === undefined) return false;
  if (identity.kind === 'visitor') {
    return kind !== 'visitor' || owner !== identity.session.sessionId;
  }
  return identity.kind !== 'agent' || kind !== 'agent' || owner !== identity.agentId;
}
