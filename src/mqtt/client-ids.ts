// Whose a client id is: POST /session and the back office give away ids that carry their owner.
import type { Identity } from './identity.ts';

/** Only Usher's own connections to a broker beside it are called so. */
export const OWN_PREFIX = 'usher-';

/**
 * Where a broker beside us tells the id but not who else has it: one that is not its owner's by its
 * name could be taken over by whoever learns of it.
 */
export function isOwn(clientId: string, identity: Identity): boolean {
  if (identity.kind === 'visitor')
    return clientId.startsWith(`visitor-${identity.session.sessionId}-`);
  return identity.kind === 'agent' && clientId.startsWith(`agent-${identity.agentId}-`);
}

/** true: somebody else's. */
export function isBound(clientId: string, identity: Identity): boolean {
  if (clientId.startsWith(OWN_PREFIX)) return true;
  const [, kind, owner] = /^(visitor|agent)-([0-9a-f-]{36})-/.exec(clientId) ?? [];
  if (kind === undefined) return false;
  if (identity.kind === 'visitor') {
    return kind !== 'visitor' || owner !== identity.session.sessionId;
  }
  return identity.kind !== 'agent' || kind !== 'agent' || owner !== identity.agentId;
}
