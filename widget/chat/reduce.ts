// Every change of what the chat knows, as one pure function.
import type { PresenceState } from '../../src/contract/presence.ts';
import type { Control } from './read-control.ts';
import {
  type ChatConfig,
  type ChatMessage,
  type ChatState,
  type Ending,
  initialState,
  isMine,
  type Outgoing,
  type Session,
} from './state.ts';

export type Action =
  | { type: 'config'; config: ChatConfig; presence: PresenceState | null }
  | { type: 'presence'; presence: PresenceState | null }
  | { type: 'unreachable' }
  | { type: 'shown'; open: boolean; fullScreen: boolean }
  | { type: 'sound'; sound: ChatState['sound'] }
  | { type: 'link'; link: ChatState['link'] }
  | { type: 'session'; session: Session }
  /** Another session takes the place of ours: the server must say again whose it is. */
  | { type: 'adopted'; session: Session }
  | { type: 'requested' }
  | { type: 'control'; control: Control }
  /** `completeTo`: from a fetch, up to where it tells everything. */
  | { type: 'messages'; messages: ChatMessage[]; completeTo?: number }
  | { type: 'outgoing'; outgoing: Outgoing }
  | { type: 'outgoing-changed'; clientMessageId: string; change: Partial<Outgoing> }
  | { type: 'discarded'; clientMessageId: string }
  | { type: 'read'; by: 'attendant' | 'customer'; upToSeq: number }
  | { type: 'typing'; typing: boolean }
  | { type: 'ended'; reason: Ending }
  | { type: 'rated' }
  | { type: 'over' };

export function reduce(state: ChatState, action: Action): ChatState {
  switch (action.type) {
    case 'config':
      return { ...state, config: action.config, presence: action.presence, unreachable: false };
    case 'presence':
      return state.presence === action.presence ? state : { ...state, presence: action.presence };
    case 'unreachable':
      return { ...state, unreachable: true };
    case 'shown':
      return { ...state, open: action.open, fullScreen: action.fullScreen };
    case 'sound':
      return { ...state, sound: action.sound };
    case 'link':
      return { ...state, link: follow(state.link, action.link), agentTyping: false };
    case 'session':
      return { ...state, session: action.session };
    case 'adopted':
      return {
        ...startOver(state),
        // What was sent over the old line may have come too late to count: the server stores each
        // message once.
        outbox: state.outbox.map(sendAgain),
        session: action.session,
        phase: 'starting',
      };
    case 'requested':
      return state.session === null ? state : request(state, state.session);
    case 'control':
      return takeControl(state, action.control);
    case 'messages':
      return takeMessages(state, action.messages, action.completeTo ?? 0);
    case 'outgoing':
      return { ...state, outbox: [...state.outbox, action.outgoing] };
    case 'outgoing-changed':
      return { ...state, outbox: changeOutgoing(state.outbox, action) };
    case 'discarded':
      return { ...state, outbox: without(state.outbox, [action.clientMessageId]) };
    case 'read':
      return takeRead(state, { [action.by]: action.upToSeq });
    case 'typing':
      return { ...state, agentTyping: action.typing };
    case 'ended':
      return end(state, action.reason);
    case 'rated':
      return { ...state, rated: true };
    case 'over':
      return startOver(state);
  }
}

/** A try to reconnect does not mean that it is back. */
function follow(before: ChatState['link'], now: ChatState['link']): ChatState['link'] {
  return before === 'offline' && now === 'connecting' ? before : now;
}

function request(state: ChatState, session: Session): ChatState {
  const phase = state.phase === 'new' ? 'starting' : state.phase;
  return { ...state, phase, session: { ...session, requested: true } };
}

/** State of the window and the channel stays; state of the conversation goes. */
function startOver(state: ChatState): ChatState {
  const { config, presence, open, fullScreen, sound } = state;
  return { ...initialState, config, presence, open, fullScreen, sound };
}

function end(state: ChatState, reason: Ending): ChatState {
  const outbox = state.outbox.map((each) => ({ ...each, state: 'failed' as const }));
  // The next visitor may be somebody else: earlier messages are not for them, and unsent ones
  // belong to the first.
  const messages = reason === 'elsewhere' ? [] : state.messages;
  const over = { agentTyping: false, position: null, messages, outbox };
  return { ...state, phase: 'ended', ended: reason, ...over };
}

function takeControl(state: ChatState, control: Control): ChatState {
  const { session } = state;
  if (session === null) return state;
  const isOurs = control.sessionId === null || control.sessionId === session.sessionId;
  // News of an earlier conversation's end; anything else about another one means that we join it.
  if (!isOurs && control.ended !== null) return state;
  const joined = isOurs ? state : join(state, session, control);
  if (control.ended !== null) return end(joined, control.ended);
  const known: ChatState = {
    ...joined,
    phase: control.phase ?? joined.phase,
    // A closing can be taken back.
    ended: control.phase === null ? joined.ended : null,
    position: control.phase === 'active' ? null : (control.position ?? joined.position),
    // Both come with the place.
    ...(control.position !== null && { waitRange: control.waitRange, opensAt: control.opensAt }),
    attendant: control.phase === 'waiting' ? null : (control.attendant ?? joined.attendant),
    lastSeq: Math.max(joined.lastSeq, control.lastSeq ?? 0),
  };
  return takeMessages(takeRead(known, control.readSeq), control.messages, 0);
}

/** The customer's conversation that was open already, with numbers of its own. */
function join(state: ChatState, session: Session, control: Control): ChatState {
  const { sessionId, sessionTopic } = control;
  return {
    ...state,
    messages: [],
    completeTo: 0,
    lastSeq: 0,
    readSeq: initialState.readSeq,
    session: {
      ...session,
      sessionId: sessionId ?? session.sessionId,
      sessionTopic: sessionTopic ?? session.sessionTopic,
      requested: true,
    },
  };
}

function takeRead(state: ChatState, read: Partial<ChatState['readSeq']>): ChatState {
  const attendant = Math.max(state.readSeq.attendant, read.attendant ?? 0);
  const customer = Math.max(state.readSeq.customer, read.customer ?? 0);
  return { ...state, readSeq: { attendant, customer } };
}

function takeMessages(state: ChatState, more: ChatMessage[], fetchedTo: number): ChatState {
  const known = new Set(state.messages.map(({ id }) => id));
  const fresh = more.filter(({ id }, at) => {
    return !known.has(id) && more.findIndex((other) => other.id === id) === at;
  });
  const messages = [...state.messages, ...fresh].sort((a, b) => a.seq - b.seq);
  const lastSeq = Math.max(state.lastSeq, fetchedTo, ...fresh.map(({ seq }) => seq));
  const completeTo = extend(Math.max(state.completeTo, fetchedTo), messages);
  const confirmed = fresh.flatMap(({ clientMessageId }) => clientMessageId ?? []);
  const agentTyping = state.agentTyping && !fresh.some((message) => !isMine(state, message));
  const outbox = without(state.outbox, confirmed);
  return { ...state, messages, lastSeq, completeTo, agentTyping, outbox };
}

const sendAgain = (each: Outgoing): Outgoing =>
  each.state === 'sent' ? { ...each, state: 'waiting' } : each;

/** The last number before the first gap. */
function extend(from: number, ascending: ChatMessage[]): number {
  return ascending.reduce((to, { seq }) => (seq === to + 1 ? seq : to), from);
}

function without(outbox: Outgoing[], ids: string[]): Outgoing[] {
  return outbox.filter(({ clientMessageId }) => !ids.includes(clientMessageId));
}

function changeOutgoing(
  outbox: Outgoing[],
  { clientMessageId, change }: { clientMessageId: string; change: Partial<Outgoing> },
): Outgoing[] {
  return outbox.map((each) =>
    each.clientMessageId === clientMessageId ? { ...each, ...change } : each,
  );
}
