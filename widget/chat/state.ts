// What the chat knows: plain values, changed by reduce alone.
import type { WaitRange } from '../../src/contract/policy/word-wait.ts';
import type { PresenceState } from '../../src/contract/presence.ts';
import { isUnseen, withoutDirections } from '../../src/contract/visible-text.ts';

export interface PreChatField {
  name: string;
  label: string;
  required: boolean;
}

export interface ChatConfig {
  channelId: string | null;
  title: string;
  greeting: string;
  /** Offered as the first message. */
  quickReplies: string[];
  colour: string;
  position: 'right' | 'left';
  theme: 'auto' | 'light' | 'dark';
  showPoweredBy: boolean;
  launcherText: string;
  preChat: { enabled: boolean; fields: PreChatField[] };
  offline: { enabled: boolean; text: string };
  requireIdentity: boolean;
  maxFileBytes: number;
  /** How one may keep what was said: by mail, where somebody sends it, or as a file. */
  transcript: 'email' | 'download';
  locale: string | null;
}

/** What POST /session gave us, and the conversation that we were told to use. */
export interface Session {
  sessionId: string;
  sessionTopic: string;
  customerId: string;
  requestId: string;
  keepAliveMs: number;
  mqtt: { url: string; clientId: string; username: string; password: string; baseTopic: string };
  /** A conversation was requested; until then there is only a place for one. */
  requested: boolean;
}

export interface Attachment {
  id: string;
  name: string;
  type: string;
  size: number | null;
  url: string;
}

export interface Person {
  id: string;
  name: string;
  avatarUrl: string | null;
}

export interface Attendant extends Person {
  /** Online, as last reported. */
  present: boolean;
}

export interface ChatMessage {
  id: string;
  seq: number;
  clientMessageId: string | null;
  from: Person;
  at: number;
  text: string;
  attachments: Attachment[];
  /** Answers that can be given by a press. */
  quickReplies: string[];
  isRead: boolean;
}

/** Messages of the visitor that the server has not echoed yet. */
export interface Outgoing {
  clientMessageId: string;
  at: number;
  text: string;
  file: { name: string; type: string; size: number; attachmentId: string | null } | null;
  /** waiting: to be sent · uploading: its file is on its way · sent: to be told back · failed. */
  state: 'waiting' | 'uploading' | 'sent' | 'failed';
  /** 0 to 1, of a file. */
  progress: number;
  error: 'too-large' | 'refused' | 'failed' | null;
  tries: number;
  /** When it was last given to the broker, by the page’s own count; 0: never. */
  sentAt: number;
}

/**
 * new: nothing said yet · starting: asked for · waiting: in the queue · active: with an agent ·
 * unavailable: nobody there, asked for again · ended.
 */
export type Phase = 'new' | 'starting' | 'waiting' | 'active' | 'unavailable' | 'ended';

/** What a new message sounds like. */
export const sounds = ['off', 'chime', 'bell', 'knock'] as const;
export type Sound = (typeof sounds)[number];

export type Ending = 'closed' | 'expired' | 'elsewhere';

export interface ChatState {
  config: ChatConfig | null;
  /** The configuration could not be fetched. */
  unreachable: boolean;
  session: Session | null;
  phase: Phase;
  /** Whether somebody is there for a new conversation; null: not known. */
  presence: PresenceState | null;
  /** offline: until it is back, also while that is tried. */
  link: 'none' | 'connecting' | 'online' | 'offline';
  position: number | null;
  /** How long others waited on, in seconds. */
  waitRange: WaitRange | null;
  /** While it is closed. */
  opensAt: number | null;
  attendant: Attendant | null;
  /** Ascending by seq, each id once. */
  messages: ChatMessage[];
  outbox: Outgoing[];
  /** Up to here every message is here, or is not for us. */
  completeTo: number;
  /** The highest number that we have heard of. */
  lastSeq: number;
  /** The agent has read up to here; we have. */
  readSeq: { attendant: number; customer: number };
  agentTyping: boolean;
  /**
   * elsewhere: our session has ended and the visitor is known by another name now, so it cannot
   * continue here.
   */
  ended: Ending | null;
  rated: boolean;
  open: boolean;
  fullScreen: boolean;
  sound: Sound;
}

export const initialState: ChatState = {
  config: null,
  unreachable: false,
  session: null,
  phase: 'new',
  presence: null,
  link: 'none',
  position: null,
  waitRange: null,
  opensAt: null,
  attendant: null,
  messages: [],
  outbox: [],
  completeTo: 0,
  lastSeq: 0,
  readSeq: { attendant: 0, customer: 0 },
  agentTyping: false,
  ended: null,
  rated: false,
  open: false,
  fullScreen: false,
  sound: 'chime',
};

/** As it is shown; empty: nothing of it is visible. */
export function nameOf(person: Person | null): string {
  const name = withoutDirections(person?.name ?? '');
  return isUnseen(name) ? '' : name;
}

export function isMine(state: ChatState, message: ChatMessage): boolean {
  return message.from.id === state.session?.customerId;
}

/** stored: the server has it · delivered: an agent has it too · read. */
export function standingOf(
  state: ChatState,
  message: ChatMessage,
): 'stored' | 'delivered' | 'read' {
  if (message.isRead || message.seq <= state.readSeq.attendant) return 'read';
  return state.attendant === null ? 'stored' : 'delivered';
}

export function countUnread(state: ChatState): number {
  return state.messages.filter(
    (message) => message.seq > state.readSeq.customer && !isMine(state, message),
  ).length;
}

/** After which number messages are missing; null: none are. */
export function findGap(state: ChatState): number | null {
  return state.lastSeq > state.completeTo ? state.completeTo : null;
}

export function isLive(state: ChatState): boolean {
  return state.phase === 'waiting' || state.phase === 'active';
}

/** What the visitor finds: the agent they talk to, else anybody. lost: we cannot know. */
export function presenceOf(state: ChatState): PresenceState | 'lost' {
  const { presence, attendant, link } = state;
  if (presence === null || link === 'offline') return 'lost';
  if (attendant === null || !isLive(state)) return presence;
  return attendant.present ? 'here' : 'away';
}

/** What can be answered by a press: to the greeting, or to what was said last. */
export function quickRepliesOf(state: ChatState): string[] {
  const { phase, outbox, config } = state;
  if (outbox.length > 0 || phase === 'ended') return [];
  const last = state.messages.at(-1);
  if (last === undefined) return phase === 'new' ? (config?.quickReplies ?? []) : [];
  return isMine(state, last) ? [] : last.quickReplies;
}
