// What a torture writes down while it goes on, and what it reads from the database afterwards: the judge knows nothing else.

/** What a client did with one conversation, on an API channel, and what it was answered. */
export interface Operation {
  /** Also the note or reason that comes with it, by which its event is found again. */
  id: string;
  /** The conversation's name in its channel. */
  conversation: string;
  verb: 'open' | 'read' | 'transfer' | 'requeue' | 'close' | 'accept' | 'decline';
  /** To whom it is transferred, or who accepts or declines. */
  agentId: string | null;
  /** In milliseconds of one clock that nobody turns, as all times here that are not the database's. */
  invokedAt: number;
  /** null: it was never answered, so it may have been done, or may still be done. */
  returnedAt: number | null;
  answer: 'done' | 'refused' | 'unknown';
  /**
   * An attempt of it may have been cut off in the commit by a fault of the database: what is asked for once more under
   * the same key may then be done a second time (decision 24), and this answer may be of that.
   */
  isDoubtful: boolean;
  /** Why it was refused. */
  code: string | null;
  /** What a read saw. */
  seen: Seen | null;
}

export interface Seen {
  state: 'waiting' | 'assigned' | 'closed';
  agentId: string | null;
  /** The agent is only asked to take it. */
  isOffered: boolean;
}

/** A message that a client sent. */
export interface Said {
  conversation: string;
  externalId: string;
  invokedAt: number;
  returnedAt: number | null;
  answer: 'done' | 'refused' | 'unknown';
}

/** A webhook that was sent, perhaps several times, until it was answered 200. */
export interface Acknowledged {
  room: string;
  about: 'waiting' | 'resolved';
}

/** A request that reached a receiver with its whole body. */
export interface Received {
  endpointId: string;
  id: string;
  /** Of the body. */
  hash: string;
  isSigned: boolean;
  /** It was answered 200. */
  isTaken: boolean;
}

/** An agent's rooms in the outside system, when they had more than they may. */
export interface Overfull {
  agentId: string;
  rooms: readonly string[];
  capacity: number;
}

/** All of one round. */
export interface Acts {
  operations: Operation[];
  said: Said[];
  acknowledged: Acknowledged[];
  received: Received[];
  overfull: Overfull[];
  /** Rooms that got a second agent who replaced nobody. */
  doubled: string[];
}

export function makeActs(): Acts {
  return {
    operations: [],
    said: [],
    acknowledged: [],
    received: [],
    overfull: [],
    doubled: [],
  };
}

export interface KeptConversation {
  id: string;
  /** Its name in its channel. */
  name: string;
  channelId: string;
  state: string;
}

export interface KeptEvent {
  id: string;
  conversationId: string;
  seq: number;
  type: string;
  data: Record<string, unknown>;
}

export interface KeptAssignment {
  id: string;
  conversationId: string;
  agentId: string;
  /** In milliseconds of the database's clock; `to` null: it lasts. */
  from: number;
  to: number | null;
}

/** A state in which an agent was committed, as the database noted it. */
export interface KeptLoad {
  agentId: string;
  loadBefore: number;
  load: number;
  capacity: number;
  /** They were given something in that moment. */
  isClaim: boolean;
  /** By a person who exceeded the capacity on purpose. */
  isForced: boolean;
  /** What they were given; null: nothing. */
  assignmentId: string | null;
}

export interface KeptMessage {
  conversationId: string;
  externalId: string | null;
  seq: number;
}

/** What an endpoint has to be told. */
export interface KeptTelling {
  endpointId: string;
  /** Under which the receiver knows it. */
  id: string;
  conversationId: string;
  seq: number;
  type: string;
}

export interface Kept {
  conversations: KeptConversation[];
  events: KeptEvent[];
  assignments: KeptAssignment[];
  loads: KeptLoad[];
  messages: KeptMessage[];
  tellings: KeptTelling[];
}
