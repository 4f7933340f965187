// The state of one connected client.

import { makeRates, type Rate, type Rates } from '../access/rates.ts';
import type { Identity } from './identity.ts';

/** The conversation that a client is in, as far as its publishes need to know. */
export interface Talk {
  conversationId: string;
  contactId: string;
  sessionTopic: string;
}

export interface Connection {
  clientId: string;
  identity: Identity;
  /** A visitor's own; read once, so that later publishes keep their order. */
  talk: Promise<Talk> | null;
  /** An agent's, by session topic. */
  talks: Map<string, Promise<Talk | null>>;
  /**
   * Resolves when the last message is ready to be stored: its files are looked up, and nothing may
   * overtake it.
   */
  said: Promise<unknown>;
  messages: Pick<Rate, 'take'>;
  others: Pick<Rate, 'take'>;
  /** Its filters, as it wrote them. */
  filters: Set<string>;
  /** It has been let in, and not only recognised. */
  isIn: boolean;
  /** When an agent's client last sent a heartbeat, by `elapsed`. */
  heardAt: number;
  /** A phone, by its last heartbeat. */
  sleeps: boolean;
  /** Ended by us: its right is gone. */
  isCut: boolean;
  /** An agent's client has said that it leaves. */
  hasQuit: boolean;
}

/** chimp-assist.md §6; agents serve many at once. */
const VISITOR_RATES = {
  messages: { most: 20, withinMs: 10_000 },
  others: { most: 30, withinMs: 10_000 },
};
const AGENT_RATES = {
  messages: { most: 600, withinMs: 10_000 },
  others: { most: 600, withinMs: 10_000 },
};

/** Each costs memory for as long as the client is connected. */
export const MOST_FILTERS: Record<Identity['kind'], number> = {
  visitor: 100,
  anonymous: 100,
  agent: 5000,
  service: 5000,
};

type Limits = Record<'visitor' | 'agent', Record<'messages' | 'others', Rates>>;

/** Whatever the number of connections that a sender opens. */
export function limitSenders(): Limits {
  const both = ({ messages, others }: typeof VISITOR_RATES) => ({
    messages: makeRates(messages),
    others: makeRates(others),
  });
  return { visitor: both(VISITOR_RATES), agent: both(AGENT_RATES) };
}

export function makeConnection(clientId: string, identity: Identity, limits: Limits): Connection {
  const of = identity.kind === 'agent' ? limits.agent : limits.visitor;
  const rate = (rates: Rates): Pick<Rate, 'take'> => ({
    take: (now) => rates.take(nameOf(connection.identity, clientId), now),
  });
  const connection: Connection = {
    clientId,
    identity,
    talk: null,
    talks: new Map(),
    said: Promise.resolve(),
    messages: rate(of.messages),
    others: rate(of.others),
    filters: new Set(),
    isIn: false,
    heardAt: Number.NEGATIVE_INFINITY,
    sleeps: false,
    isCut: false,
    hasQuit: false,
  };
  return connection;
}

function nameOf(identity: Identity, clientId: string): string {
  const { kind, workspaceId } = identity;
  if (kind === 'visitor') return `${workspaceId} ${identity.session.customerId}`;
  return kind === 'agent' ? identity.agentId : clientId;
}

/**
 * After the client's earlier publishes, so that a message without files does not overtake one with
 * files.
 */
export function inOrder<T>(connection: Connection, prepare: () => Promise<T>): Promise<T> {
  const ready = connection.said.then(prepare);
  connection.said = ready.catch(() => {});
  return ready;
}
