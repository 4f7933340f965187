// What web chat promises to visitors' browsers: its objects, and the settings of a channel.
import { type Static, Type } from 'typebox';
import type { MessageAttachment } from './events.ts';
import { QuickReply } from './messages.ts';
import { AppCode } from './shapes.ts';
import { STORABLE } from './storable.ts';

const Text = (maxLength: number, description?: string) =>
  Type.String({ maxLength, pattern: STORABLE, ...(description && { description }) });

export const PreChatField = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 50, pattern: '^[A-Za-z][A-Za-z0-9_]*$' }),
    label: Text(100),
    required: Type.Boolean(),
  },
  { additionalProperties: false },
);

/** Within which an agent accepts what was offered, where the channel's acceptance is manual and its plan does not say. */
export const ACCEPT_SECONDS = 30;

/** How a web chat channel looks and behaves; what is absent has the default. */
export const WebChatConfig = Type.Partial(
  Type.Object({
    appCode: AppCode,
    title: Text(100, 'At the top of the chat.'),
    skills: Type.Array(Text(255, 'A skill, by name or id.'), {
      maxItems: 20,
      description: 'Each conversation of the channel needs these.',
    }),
    greeting: Text(500, 'Shown before anything was said.'),
    quickReplies: Type.Array(QuickReply, {
      maxItems: 6,
      uniqueItems: true,
      description: 'Offered under the greeting: a press sends one as the first message.',
    }),
    launcherText: Text(50, 'Beside the round button.'),
    colour: Type.String({ pattern: '^#[0-9a-fA-F]{6}$' }),
    position: Type.Enum(['right', 'left']),
    theme: Type.Enum(['auto', 'light', 'dark']),
    showPoweredBy: Type.Boolean(),
    preChat: Type.Object(
      { enabled: Type.Boolean(), fields: Type.Array(PreChatField, { maxItems: 10 }) },
      { additionalProperties: false },
    ),
    offline: Type.Object(
      { enabled: Type.Boolean(), text: Text(500) },
      { additionalProperties: false },
    ),
    allowedOrigins: Type.Array(Type.String({ pattern: '^https?://[^/?#@]+$', maxLength: 255 }), {
      maxItems: 50,
      description: 'Sites whose pages may carry the widget. Empty: any.',
    }),
    requireIdentity: Type.Boolean({ description: 'Guests are refused.' }),
    anonymousVisitors: Type.Boolean({
      description: 'Old clients may connect to the broker without credentials.',
    }),
    acceptance: Type.Enum(['auto', 'manual'], {
      description:
        'manual: an agent must accept what was assigned, within 30 s or as the plan says.',
    }),
  }),
  { additionalProperties: false },
);
export type WebChatConfig = Static<typeof WebChatConfig>;

export const WebChatSecrets = Type.Object(
  {
    widgetSecret: Type.String({
      minLength: 8,
      maxLength: 200,
      pattern: STORABLE,
      description: 'Proves logged-in customers. Once set, unproved customer ids are refused.',
    }),
  },
  { additionalProperties: false },
);

/** chimp-assist.md §3: what a control message says. */
export type Instruction =
  | 'session/queued'
  | 'session/ready'
  | 'session/update'
  | 'session/closed'
  | 'session/aborted/unavailableAttendants'
  | 'session/aborted/expired';

export interface WebPerson {
  id: string;
  name: string;
  avatarURL: string | null;
}

/** The customer as everybody is told of them: the name may be made up. */
export interface WebCustomer extends WebPerson {
  /** The company has proved it. */
  verified: boolean;
}

export interface WebAttendant extends WebPerson {
  /** Online at this moment. */
  present: boolean;
}

/** chimp-assist.md §4. Times are milliseconds since 1970. */
export interface WebSessionInfo {
  sessionTopic: string;
  sessionId: string;
  requestID: string;
  customer: WebCustomer & { lastSeenAt?: number };
  lastMessages: WebMessage[];
  keepAliveTTL: number;
  createdAt: number;
  status: 'waitingAttendantsAssignment' | 'online' | 'aborted';
  sessionTemplate: {
    customersAllowed: 1;
    attendants: { type: string; required: boolean }[];
  };
  assignedAttendants: string[];
  /** Null before there is one; ours, as all below. */
  conversationId: string | null;
  channelId: string;
  attendant: WebAttendant | null;
  position: number | null;
  estimatedWaitSeconds: number | null;
  /** How long it waits on, in seconds from now: four of five end within it, half of them before p50. */
  waitRange: { from: number; p50: number; to: number } | null;
  /** While the plan's hours are closed. */
  opensAt: number | null;
  /** Numbers are the visitor's: notes are not among them. */
  lastSeq: number;
  readSeq: { customer: number; attendant: number };
  /** Why it was closed; only then. */
  reason?: string | null;
}

/** chimp-assist.md §4. */
export interface WebMessage {
  id: string;
  seq: number;
  clientMessageId: string | null;
  from: WebPerson | WebCustomer;
  timestamp: number;
  content: string;
  readAt: number | null;
  attachments: MessageAttachment[];
  /** Answers that the visitor can give by a press. Ours. */
  quickReplies: string[];
}

/** The operator's choices for everything that clients are shown. */
export interface Shown {
  /** Milliseconds after which a silent visitor's conversation ends. */
  keepAliveTTL: number;
  /** Of agents who have no picture of their own. */
  agentAvatarUrl: string | null;
}

/** What the store knows of a conversation over the web. */
export interface WebConversationFacts {
  conversationId: string;
  channelId: string;
  state: 'waiting' | 'assigned' | 'closed';
  /** false while an agent has yet to accept it. */
  confirmed: boolean;
  /** Until when that agent may accept it; null: it is no offer. */
  offeredUntil: Date | null;
  agentId: string | null;
  agentName: string | null;
  agentAvatarUrl: string | null;
  agentPresent: boolean;
  contactId: string;
  customerId: string;
  customerName: string | null;
  customerAvatarUrl: string | null;
  customerVerified: boolean;
  sessionId: string;
  sessionTopic: string;
  requestId: string | null;
  seenAt: Date;
  queuedAt: Date;
  closeReason: string | null;
  lastSeq: number;
  contactReadSeq: number;
  contactReadAt: Date | null;
  agentReadSeq: number;
  agentReadAt: Date | null;
}

/** What it knows of a message there. */
export interface WebMessageFacts {
  messageId: string;
  seq: number;
  authorKind: 'contact' | 'agent' | 'bot' | 'user' | 'system';
  authorId: string | null;
  authorName: string | null;
  authorAvatarUrl: string | null;
  text: string;
  attachments: MessageAttachment[];
  quickReplies: string[];
  clientMessageId: string | null;
  createdAt: Date;
}
