// Holds the line to the broker for one conversation and turns news into changes.
import { keepConnected, type LinkState, NotNow } from '../../browser/keep-connected.ts';
import { hindranceOf } from '../../browser/retry-delay.ts';
import { askPresence } from './ask-presence.ts';
import { catchUp } from './catch-up.ts';
import { type Chat, sessionFilters, withBase } from './context.ts';
import { hangUp } from './hang-up.ts';
import { makeClientId } from './make-client-id.ts';
import { renewSession } from './open-session.ts';
import { readPresence } from './read-config.ts';
import { readControl } from './read-control.ts';
import { readMessage, readTyping, readViewed } from './read-message.ts';
import { asFields, readJson } from './read-value.ts';
import { isServerThere } from './rest.ts';
import type { Session } from './state.ts';

const KEEP_ALIVE_SECONDS = 45;

export function connectChat(chat: Chat): void {
  const { session } = chat.get();
  if (session === null || chat.link !== null) return;
  let [refused, lost] = [false, false];
  const tellState = makeTeller(chat);
  chat.link = keepConnected({
    keepAliveSeconds: KEEP_ALIVE_SECONDS,
    filters: [
      ...sessionFilters(session),
      withBase(session.mqtt.baseTopic, `client/sessions/${session.customerId}/+`),
      ...presenceFilters(chat, session),
    ],
    credentials: async () => {
      // By a request that costs little: a thousand pages make it when the server comes back.
      if (lost && !(await isServerThere())) throw new Error();
      // Until there is another one: a look at the line does not make it good again.
      if (refused) await renew(chat, chat.get().session ?? session);
      refused = false;
      const { url, username, password } = (chat.get().session ?? session).mqtt;
      return { url, username, password, clientId: makeClientId(username) };
    },
    // What a visitor hears while the page is hidden waits for a moment too.
    mayWait: () => document.visibilityState === 'hidden',
    onMessage: (topic, payload) => take(chat, topic, readJson(payload)),
    onState: (state) => {
      if (state.kind !== 'connecting') lost = state.kind === 'offline';
      // 4 and 5: the credentials no longer hold.
      refused ||= state.kind === 'offline' && (state.code === 4 || state.code === 5);
      tellState(state);
    },
  });
}

async function renew(chat: Chat, old: Session): Promise<void> {
  const outcome = await renewSession(chat, old);
  if (outcome === 'renewed') return;
  if (outcome === 'over') {
    chat.dispatch({ type: 'ended', reason: 'elsewhere' });
    hangUp(chat);
  }
  const isAnswered = typeof outcome === 'object' && hindranceOf(outcome.status) !== 'away';
  throw isAnswered ? new NotNow(outcome) : new Error();
}

/**
 * Online is reported once we have caught up: the outbox must not go to a conversation that ended
 * meanwhile, where it would silently open another one.
 */
function makeTeller(chat: Chat): (state: LinkState) => void {
  let latest: LinkState | undefined;
  return (state) => {
    latest = state;
    if (state.kind !== 'online') return chat.dispatch({ type: 'link', link: state.kind });
    void catchUp(chat).finally(() => {
      if (latest === state) chat.dispatch({ type: 'link', link: 'online' });
    });
    // From now on its changes arrive; its present state is asked once.
    void askPresence(chat);
  };
}

function take(chat: Chat, fullTopic: string, value: unknown): void {
  const { session } = chat.get();
  if (session === null) return;
  const ours = withBase(session.mqtt.baseTopic, `${session.sessionTopic}/`);
  const rest = fullTopic.startsWith(ours) ? fullTopic.slice(ours.length) : null;
  if (rest === 'messages') {
    const message = readMessage(asFields(value).message);
    if (message !== null) chat.dispatch({ type: 'messages', messages: [message] });
  } else if (rest === 'messages/viewed') {
    const { attendant = 0, customer = 0 } = readViewed(value, session.customerId);
    chat.dispatch({ type: 'read', by: 'attendant', upToSeq: attendant });
    chat.dispatch({ type: 'read', by: 'customer', upToSeq: customer });
  } else if (rest === 'typing') {
    const typing = readTyping(value, session.customerId);
    if (typing !== null) chat.dispatch({ type: 'typing', typing });
  } else if (presenceFilters(chat, session).includes(fullTopic)) {
    chat.dispatch({ type: 'presence', presence: readPresence(value) });
  } else if (rest === 'client/control' || isAnswer(chat, session, fullTopic, value)) {
    chat.dispatch({ type: 'control', control: readControl(value) });
  }
}

function presenceFilters(chat: Chat, { mqtt }: Session): string[] {
  const channelId = chat.get().config?.channelId ?? null;
  return channelId === null
    ? []
    : [withBase(mqtt.baseTopic, `server/channels/${channelId}/presence`)];
}

/** To any of the customer's requests: one from another channel's chat is not ours. */
function isAnswer(
  chat: Chat,
  { mqtt, customerId }: Session,
  topic: string,
  value: unknown,
): boolean {
  if (!topic.startsWith(withBase(mqtt.baseTopic, `client/sessions/${customerId}/`))) return false;
  const { channelId: theirs } = asFields(asFields(value).sessionInfo);
  const ours = chat.get().config?.channelId ?? theirs;
  return (theirs ?? ours) === ours;
}
