// News from an outside system in our own words: what a connector's reader hands to the desk.

import type { Priority } from './conversation.ts';

/** The outcome of reading foreign news; `error` may be shown to the sender. */
export type Reading<T> = { ok: true; value: T } | { ok: false; error: string };

/** Whom a conversation asks for, by name or id, as the outside system says it. */
export interface Wants {
  /** A team; where there is none of this name, a skill. */
  team: string | null;
  skills: readonly string[];
  /** For `skills`: types that everybody there sends; unknown ones ask for nothing. */
  optional?: readonly string[];
}

export const noWants: Wants = { team: null, skills: [] };

/** A customer wants to talk and nobody outside has taken them yet. */
export interface ConversationRequested {
  kind: 'conversation-requested';
  /**
   * Every name that the outside application uses for itself, for the check against the channel's
   * own.
   */
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
  /** Everything else that came along: JSON that PostgreSQL can store. */
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
  /** As BCP 47 has it; absent: the channel cannot know. */
  language?: string | null;
  /** Added to those that it has. */
  tags?: readonly string[];
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

/** The person who clicked, which does not say who held the conversation. */
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
