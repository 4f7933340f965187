// What a connector's reader may hand to the desk: foreign news, told in our words.

import type { Priority } from './conversation.ts';

/** What reading foreign news came to; `error` is fit for the sender. */
export type Reading<T> = { ok: true; value: T } | { ok: false; error: string };

/** Whom a conversation asks for, by name or id, as the outside system says it. */
export interface Wants {
  /** A team; where there is none of this name, a skill. */
  team: string | null;
  skills: readonly string[];
  /** Of `skills`: what everybody over there sends, and asks for nobody where it is not known. */
  optional?: readonly string[];
}

export const noWants: Wants = { team: null, skills: [] };

/** A customer wants to talk and nobody outside has taken them yet. */
export interface ConversationRequested {
  kind: 'conversation-requested';
  /** By every name by which the outside application calls itself, for the check against the channel's own. */
  appIds: readonly string[];
  /** The id of the conversation over there (Qiscus: room id). 1–64 characters. */
  externalId: string;
  /** The medium the customer uses, in the outside system's words: `wa`, `fb`, … */
  source: string | null;
  /** The outside system's own channel, where it tells one. */
  externalChannelId: string | null;
  contact: InboundContact;
  isNewSession: boolean | null;
  /** The session of this conversation that ended before: a late end of it is no news. */
  previousSessionId: number | null;
  wants: Wants;
  /** Whatever else came along: JSON that PostgreSQL can store. */
  extras: unknown;
}

export interface InboundContact {
  /** Never empty, at most 255 characters. */
  externalId: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  avatarUrl: string | null;
  attributes: Record<string, unknown>;
}

/** RapidPro has opened a ticket for a contact. */
export interface TicketOpened {
  ticketId: string;
  token: string;
  contactUuid: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  /** A team or a skill by id or, whatever the case, by name. */
  department: string | null;
  skills: readonly string[];
  customFields: Record<string, unknown>;
  priority: Priority;
  /** What else came, for people to see. */
  meta: Record<string, unknown>;
}

/** Somebody outside ended the conversation. */
export interface ConversationResolved {
  kind: 'conversation-resolved';
  appIds: readonly string[];
  externalId: string;
  /** The session that ended; it grows over time within one conversation. */
  sessionId: number | null;
  resolvedBy: InboundPerson;
  note: string | null;
}

/** Whoever clicked, which says nothing about who held the conversation. */
export interface InboundPerson {
  externalId: string | null;
  name: string | null;
  email: string | null;
  kind: string | null;
}

/** Understood, and nothing to do. */
export interface Ignored {
  kind: 'ignored';
  why: string;
}
