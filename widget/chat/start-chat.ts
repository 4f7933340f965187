// Brings the chat to life: its state, its timers, and the conversation that was left open.
import type { BootOptions, Customer, FromFrame, Page } from '../frame-messages.ts';
import { makeSpeech } from '../words/speech.ts';
import { askPresence, makeAsking } from './ask-presence.ts';
import { isGone, lookAgain, requestConversation, sayAlive } from './catch-up.ts';
import { connectChat } from './connect-chat.ts';
import type { Chat } from './context.ts';
import { fillGaps } from './fill-gaps.ts';
import { followTabs } from './follow-tabs.ts';
import { chooseMemory, readGuest } from './memory.ts';
import { markSeen, reactToChange } from './react-to-change.ts';
import { readConfig, readPresence } from './read-config.ts';
import { readSession } from './read-control.ts';
import { isWelcome } from './read-host.ts';
import { asFields } from './read-value.ts';
import { type Action, reduce } from './reduce.ts';
import { type Answer, fetchConfig, fetchSession } from './rest.ts';
import { type ChatState, initialState, isLive, type Outgoing } from './state.ts';
import { forgetOthers, isProvedBy, nameCustomer, tellWho } from './tell-who.ts';

const LOOK_EVERY_MS = 1000;
const TYPING_ENDS_MS = 7000;
const TOLD_BACK_WITHIN_MS = 12_000;

export function makeChat(given: {
  channelId: string | undefined;
  hostOrigin: string;
  options: BootOptions;
  page: Page;
  formerGuest: Customer | null;
  kept: string | null;
  tell(message: FromFrame): void;
  onChange(state: ChatState): void;
}): Chat {
  const { channelId, hostOrigin, options, page, tell, onChange } = given;
  const memory = chooseMemory(channelId, {
    handed: typeof given.kept === 'string' ? given.kept : null,
    keep: (kept) => tell({ usher: 'keep', kept }),
    isGuest: () => !isProvedBy(chat.customer),
  });
  const sound = memory.read().sound ?? (options.sound === false ? 'off' : initialState.sound);
  let state: ChatState = { ...initialState, sound };
  const chat: Chat = {
    get: () => state,
    dispatch: (action: Action) => {
      const before = state;
      state = reduce(state, action);
      if (state === before) return;
      onChange(state);
      reactToChange(chat, before, state);
    },
    channelId,
    hostOrigin,
    options,
    page,
    memory,
    customer: nameCustomer(options.customer ?? readGuest(given.formerGuest) ?? {}),
    speech: makeSpeech([options.locale, ...navigator.languages]),
    link: null,
    draft: '',
    files: new Map(),
    tell,
  };
  return chat;
}

/** `config`: the configuration, if it was fetched already. */
export async function startChat(chat: Chat, config: Promise<Answer>): Promise<void> {
  startTimers(chat);
  await loadConfig(chat, config);
  await forgetOthers(chat);
  await resume(chat);
  followTabs(chat);
  await tellWho(chat);
  chat.tell({ usher: 'event', name: 'ready', detail: null });
}

export async function loadConfig(
  chat: Chat,
  asked: Promise<Answer> = fetchConfig(chat.channelId, chat.speech.locale),
): Promise<void> {
  const answer = await asked;
  const host = { origin: chat.hostOrigin, own: location.origin };
  if (answer.ok && isWelcome(answer, host))
    chat.dispatch({
      type: 'config',
      config: readConfig(answer.value, chat.options),
      presence: readPresence(asFields(answer.value).presence),
    });
  else if (chat.get().config === null) {
    chat.dispatch({ type: 'unreachable' });
    const status = answer.ok ? 403 : answer.status;
    chat.tell({ usher: 'event', name: 'error', detail: { status } });
  }
}

/** Continues the conversation of the page before, if it is still open. */
async function resume(chat: Chat): Promise<void> {
  const { session, outbox } = chat.memory.read();
  if (session === null) return showUnsent(chat, outbox);
  const answer = await fetchSession(session);
  // Another visitor has signed in meanwhile, or the visitor has signed out.
  if (chat.memory.read().session?.sessionId !== session.sessionId) return;
  const told = answer.ok ? readSession(answer.value) : null;
  if (isGone(answer) || told?.ended != null) {
    chat.memory.write({ session: null });
    return showUnsent(chat, outbox);
  }
  chat.dispatch({ type: 'session', session });
  if (told !== null) chat.dispatch({ type: 'control', control: told });
  for (const outgoing of outbox) chat.dispatch({ type: 'outgoing', outgoing });
  await fillGaps(chat, { always: true });
  connectChat(chat);
}

/** What could not be sent before its conversation was over: the visitor decides. */
function showUnsent(chat: Chat, outbox: Outgoing[]): void {
  for (const each of outbox) {
    const outgoing: Outgoing = { ...each, state: 'failed', error: 'failed' };
    chat.dispatch({ type: 'outgoing', outgoing });
  }
}

function startTimers(chat: Chat): void {
  let typingSince = 0;
  let beatAt = Number.NEGATIVE_INFINITY;
  const askInTime = makeAsking(chat);
  setInterval(() => {
    const state = chat.get();
    // Not the time of day, which somebody may change.
    const now = performance.now();
    typingSince = state.agentTyping ? typingSince || now : 0;
    if (typingSince > 0 && now - typingSince > TYPING_ENDS_MS) {
      chat.dispatch({ type: 'typing', typing: false });
    }
    askInTime();
    if (state.link !== 'online' || state.session === null) return;
    repeatUntold(chat, state);
    if (now - beatAt < Math.min(10_000, state.session.keepAliveMs / 2)) return;
    beatAt = now;
    void beat(chat, state);
  }, LOOK_EVERY_MS);
  document.addEventListener('visibilitychange', () => {
    markSeen(chat);
    if (document.visibilityState !== 'visible') return;
    chat.link?.hurry();
    void askPresence(chat);
  });
  addEventListener('online', () => {
    chat.link?.hurry();
    void askPresence(chat);
  });
}

async function beat(chat: Chat, state: ChatState): Promise<void> {
  if (isLive(state)) return sayAlive(chat);
  if (state.phase === 'ended') return;
  // Unanswered, or nobody was there: asked again. A visitor who only looks asks for nothing.
  return state.session?.requested ? requestConversation(chat) : lookAgain(chat);
}

/**
 * Messages that the broker took and the server has not echoed are sent once more, with the same id.
 */
function repeatUntold(chat: Chat, state: ChatState): void {
  for (const { clientMessageId, state: its, sentAt } of state.outbox) {
    if (its === 'sent' && performance.now() - sentAt > TOLD_BACK_WITHIN_MS) {
      chat.dispatch({
        type: 'outgoing-changed',
        clientMessageId,
        change: { state: 'waiting' },
      });
    }
  }
}
