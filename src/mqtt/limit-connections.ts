// How many connections one may hold at a time: nobody's tabs are to take everybody's place.
import type { Client } from 'aedes';
import type { Identity } from './identity.ts';

/** Of a visitor each tab has a session of its own; agents and services run programs beside their tabs. */
const MOST: Record<Identity['kind'], number> = {
  visitor: 10,
  anonymous: 1000,
  agent: 100,
  service: 1000,
};

export interface Holdings {
  /** false: it has as many as it may. */
  take(client: Client, identity: Identity): boolean;
  giveBack(client: Client): void;
}

export function limitConnections(): Holdings {
  const counts = new Map<string, number>();
  const owners = new WeakMap<Client, string>();
  return {
    take: (client, identity) => {
      const owner = ownerOf(identity);
      const held = counts.get(owner) ?? 0;
      if (held >= MOST[identity.kind]) return false;
      counts.set(owner, held + 1);
      owners.set(client, owner);
      return true;
    },
    giveBack: (client) => {
      const owner = owners.get(client);
      if (owner === undefined) return;
      owners.delete(client);
      const left = (counts.get(owner) ?? 1) - 1;
      if (left === 0) counts.delete(owner);
      else counts.set(owner, left);
    },
  };
}

/** Not by the customer, whose name may change while the connection stands. */
function ownerOf(identity: Identity): string {
  const { kind, workspaceId } = identity;
  if (kind === 'visitor') return `${kind} ${identity.session.sessionId}`;
  if (kind === 'agent') return `${kind} ${identity.agentId}`;
  return kind === 'service' ? `${kind} ${identity.proof.tokenId}` : `${kind} ${workspaceId}`;
}
