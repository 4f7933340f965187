// What follows when the chat knows something new: the effects, each from a difference between two states.
import type { Look } from '../frame-messages.ts';
import { type Chat, publish, sessionFilters, topicOf } from './context.ts';
import { fillGaps } from './fill-gaps.ts';
import { flushOutbox } from './flush-outbox.ts';
import { hangUp } from './hang-up.ts';
import { playSound } from './play-sound.ts';
import {
  type ChatState,
  countUnread,
  findGap,
  isLive,
  isMine,
  type Outgoing,
  presenceOf,
  type Session,
} from './state.ts';
import { uploadWaiting } from './upload-waiting.ts';

export function reactToChange(chat: Chat, before: ChatState, now: ChatState): void {
  if (isLive(now) && !isLive(before)) uploadWaiting(chat);
  if (isLive(now) && now.link === 'online') {
    if (findGap(now) !== null) void fillGaps(chat, { always: false });
    if (now.outbox.some(({ state }) => state === 'waiting')) void flushOutbox(chat);
  }
  if (before.session !== null) followSession(chat, before.session, now.session);
  keep(chat, before, now);
  tellHost(chat, before, now);
  markSeen(chat);
  if (now.phase === 'ended' && before.phase !== 'ended') hangUpLater(chat);
}

/** An agent may take a closing back for 30 s; then this goes on where it was. */
const REOPENED_WITHIN_MS = 40_000;

function hangUpLater(chat: Chat): void {
  const { link } = chat;
  setTimeout(() => {
    if (link === null || chat.link !== link || chat.get().phase !== 'ended') return;
    hangUp(chat);
  }, REOPENED_WITHIN_MS);
}

/** We joined a conversation that was open already: its messages are now for us. */
function followSession(chat: Chat, before: Session, now: Session | null): void {
  if (now === null || now.sessionTopic === before.sessionTopic || chat.link === null) return;
  const missed = () => fillGaps(chat, { always: true });
  chat.link.subscribe(sessionFilters(now)).then(missed, () => {});
}

/** Reports what the visitor has seen as read; again after the line was down. */
export function markSeen(chat: Chat): void {
  const state = chat.get();
  const upToSeq = state.messages.at(-1)?.seq ?? 0;
  if (!isWatched(state) || countUnread(state) === 0) return;
  if (state.phase !== 'ended') {
    if (state.link !== 'online') return;
    void publish(chat, { topic: topicOf(chat, 'server/viewed'), body: { upToSeq }, qos: 1 });
  }
  chat.dispatch({ type: 'read', by: 'customer', upToSeq });
}

function isWatched(state: ChatState): boolean {
  return state.open && document.visibilityState === 'visible';
}

function keep(chat: Chat, before: ChatState, now: ChatState): void {
  if (before.sound !== now.sound) chat.memory.write({ sound: now.sound });
  if (before.outbox !== now.outbox) {
    const stored = chat.memory.read().outbox;
    const outbox = replaceOwn(stored, before.outbox, now.outbox);
    if (stored.length + outbox.length > 0) chat.memory.write({ outbox });
  }
  if (before.session === now.session && before.phase === now.phase) return;
  const isOver = now.phase === 'ended' || now.session?.requested !== true;
  // Another tab began it, so this one must not forget it.
  const isOurs = chat.memory.read().session?.sessionId === before.session?.sessionId;
  if (!isOver) chat.memory.write({ session: now.session });
  else if (isOurs && before.session !== null) chat.memory.write({ session: null });
}

/** Unsent messages of other tabs belong to them. */
function replaceOwn(stored: Outgoing[], before: Outgoing[], now: Outgoing[]): Outgoing[] {
  const own = new Set([...before, ...now].map(({ clientMessageId }) => clientMessageId));
  return [...stored.filter(({ clientMessageId }) => !own.has(clientMessageId)), ...now];
}

function tellHost(chat: Chat, before: ChatState, now: ChatState): void {
  const look = describeLook(chat, now);
  if (look !== null && JSON.stringify(look) !== JSON.stringify(describeLook(chat, before))) {
    chat.tell({ usher: 'look', look });
  }
  const event = (name: 'unread' | 'message' | 'started' | 'ended', detail: unknown) =>
    chat.tell({ usher: 'event', name, detail });
  if (countUnread(before) !== countUnread(now)) event('unread', countUnread(now));
  if (before.phase === 'new' && now.phase !== 'new') event('started', null);
  if (before.phase !== 'ended' && now.phase === 'ended') event('ended', now.ended);
  const last = now.messages.at(-1);
  const isNew = last !== undefined && last.id !== before.messages.at(-1)?.id;
  // Messages of a joined conversation made their sound elsewhere.
  const isOld = before.messages.length === 0 && before.lastSeq >= (last?.seq ?? 0);
  if (!isNew || isOld || before.link !== 'online') return;
  // Without the text: not all scripts of the page are the company's own.
  const from = isMine(now, last) ? 'customer' : 'agent';
  event('message', { id: last.id, from, at: last.at });
  if (!isMine(now, last) && !isWatched(now)) void playSound(now.sound);
}

export function describeLook({ speech }: Chat, state: ChatState): Look | null {
  const { config } = state;
  if (config === null) return null;
  const unread = countUnread(state);
  const presence = presenceOf(state);
  const open = unread > 0 ? 'launcher.unread' : 'launcher.open';
  return {
    colour: config.colour,
    position: config.position,
    presence: presence === 'lost' ? 'away' : presence,
    unread,
    launcherText: config.launcherText,
    labels: {
      open: `${speech.say(open, { count: unread })}. ${speech.say(`header.${presence}`)}`,
      close: speech.say('launcher.close'),
      frame: speech.say('frame.title'),
    },
  };
}
