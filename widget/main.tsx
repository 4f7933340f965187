// The chat in Usher's frame: waits for the page around it to say who it is, then runs.
import { render } from 'preact';
import { askPresence } from './chat/ask-presence.ts';
import type { Chat } from './chat/context.ts';
import { resetChat } from './chat/finish-chat.ts';
import { isWelcome, readOwnChannel } from './chat/read-host.ts';
import { fetchConfig } from './chat/rest.ts';
import { loadConfig, makeChat, startChat } from './chat/start-chat.ts';
import { identify, lookElsewhere } from './chat/tell-who.ts';
import { openHostLine } from './host-line.ts';
import { App } from './views/app.tsx';
import { paintTheme } from './views/paint-theme.ts';
import { fetchWords, makeSpeech } from './words/speech.ts';

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);

let chat: Chat | null = null;

const channelId = readOwnChannel(location.search);
// On its way while the page greets us.
const config = fetchConfig(channelId, navigator.language);
void fetchWords([...navigator.languages]);

const hear: Parameters<typeof openHostLine>[0] = {
  boot: ({ options, page, formerGuest, kept }) => {
    if (chat !== null) return;
    const host = { hostOrigin, options, page, formerGuest, kept };
    const made = makeChat({ channelId, ...host, tell, onChange: show });
    chat = made;
    void speak(made, [options.locale, ...navigator.languages]).then(() => startChat(made, config));
  },
  shown: ({ open, fullScreen }) => {
    if (chat === null) return;
    chat.dispatch({ type: 'shown', open, fullScreen });
    void lookElsewhere(chat);
    // Whether somebody is there may have changed since.
    if (open) void askPresence(chat);
  },
  // Who may chat at all can depend on it.
  identify: ({ customer }) => chat !== null && void identify(chat, customer).then(show),
  locale: ({ locale }) => {
    const spoken = chat;
    if (spoken !== null) void speak(spoken, [locale]).then(() => loadConfig(spoken));
  },
  kept: ({ kept }) => chat?.memory.hear(kept),
  reset: () => chat !== null && void resetChat(chat),
};
let hostOrigin = '';
let speaks = false;
/** Of a language: the last one counts. */
let wishes = 0;
const tell = openHostLine(hear, async (origin) => {
  hostOrigin = origin;
  return isWelcome(await config, { origin, own: location.origin });
});

async function speak(spoken: Chat, wanted: (string | undefined)[]): Promise<void> {
  wishes += 1;
  const wish = wishes;
  const isThere = await fetchWords(wanted);
  // Until then in English.
  while (!isThere && !(await fetchWords(['en']))) await pause(wordsAgainMs());
  if (wish !== wishes) return;
  spoken.speech = makeSpeech(wanted);
  speaks = true;
  show();
  if (!isThere) setTimeout(() => wish === wishes && void speak(spoken, wanted), wordsAgainMs());
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const wordsAgainMs = () => 4000 + 2000 * Math.random();

/** Nothing is shown before it can be said in the visitor’s language. */
function show(): void {
  const root = document.getElementById('chat');
  if (chat === null || root === null || !speaks) return;
  const state = chat.get();
  paintTheme(state.config, chat.speech, chat.speech.say('frame.title'));
  render(<App chat={chat} state={state} speech={chat.speech} />, root);
}
