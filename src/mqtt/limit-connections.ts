// Limits the connections of one person, so that their tabs cannot crowd out the others.
import type { Client } from 'aedes';
import { networkOf } from '../access/network-of.ts';
import type { Identity } from './identity.ts';

/** A visitor's tabs share a session; agents and services run programs as well as tabs. */
const MOST: Record<Identity['kind'], number> = {
  visitor: 50,
  anonymous: 1000,
  agent: 100,
  service: 1000,
};
/** A tenth of the total, because anybody can get sessions. */
const MOST_VISITORS_FROM = 2000;

export interface Holdings {
  /** false: the session, or its address, has as many as it may. */
  take(client: Client, identity: Identity, address: string): boolean;
  giveBack(client: Client): void;
  /** Whether anybody of the workspace is connected. */
  isAnybodyOf(workspaceId: string): boolean;
}

export function limitConnections(): Holdings {
  const counts = new Map<string, number>();
  const owners = new WeakMap<Client, string[]>();
  return {
    take: (client, identity, address) => {
      const limits = limitsOf(identity, address);
      if (limits.some(({ owner, most }) => (counts.get(owner) ?? 0) >= most)) return false;
      for (const { owner } of limits) counts.set(owner, (counts.get(owner) ?? 0) + 1);
      owners.set(
        client,
        limits.map(({ owner }) => owner),
      );
      return true;
    },
    giveBack: (client) => {
      for (const owner of owners.get(client) ?? []) {
        const left = (counts.get(owner) ?? 1) - 1;
        if (left === 0) counts.delete(owner);
        else counts.set(owner, left);
      }
      owners.delete(client);
    },
    isAnybodyOf: (workspaceId) => counts.has(`of ${workspaceId}`),
  };
}

function limitsOf(identity: Identity, address: string): { owner: string; most: number }[] {
  const own = [
    { owner: ownerOf(identity), most: MOST[identity.kind] },
    { owner: `of ${identity.workspaceId}`, most: Number.POSITIVE_INFINITY },
  ];
  const isVisitor = identity.kind === 'visitor' || identity.kind === 'anonymous';
  // Connections from this machine are its owner's programs, or a proxy that does not name its
  // clients.
  if (!isVisitor || /^(::ffff:)?127\.|^::1$/.test(address)) return own;
  return [...own, { owner: `from ${networkOf(address)}`, most: MOST_VISITORS_FROM }];
}

/** Not by the customer, whose name may change while the connection stands. */
function ownerOf(identity: Identity): string {
  const { kind, workspaceId } = identity;
  if (kind === 'visitor') return `${kind} ${identity.session.sessionId}`;
  if (kind === 'agent') return `${kind} ${identity.agentId}`;
  return kind === 'service' ? `${kind} ${identity.proof.tokenId}` : `${kind} ${workspaceId}`;
}
