// The whole chat: its head, what fits the state it is in, and its foot.
import { useEffect, useRef } from 'preact/hooks';
import { loadConfig } from '../chat/start-chat.ts';
import type { ChatState } from '../chat/state.ts';
import { Conversation } from './conversation.tsx';
import { Header } from './header.tsx';
import { keepFocus } from './keep-focus.ts';
import { Start } from './start.tsx';
import type { ViewProps } from './view-props.ts';

export function App(props: ViewProps) {
  const { chat, state, speech } = props;
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => keepFocus(chat), [chat]);
  const screen = nameScreen(state);
  const mayFocus = state.open && screen !== 'loading';
  useEffect(() => {
    // On a phone the keyboard would cover half of what is to be read.
    if (!mayFocus || (screen === 'start' && matchMedia('(pointer: coarse)').matches)) return;
    root.current?.querySelector<HTMLElement>('[data-focus]')?.focus();
  }, [mayFocus, screen]);
  return (
    <div class="app" ref={root}>
      <Header {...props} />
      <Screen {...props} />
      {state.config?.showPoweredBy === true && (
        <footer class="powered">{speech.say('powered', { name: 'Usher' })}</footer>
      )}
    </div>
  );
}

function nameScreen({ config, phase, outbox, unreachable }: ChatState): string {
  if (config === null) return unreachable ? 'unreachable' : 'loading';
  if (phase === 'new' && outbox.length === 0) return 'start';
  return phase === 'ended' ? 'ended' : 'conversation';
}

function Screen(props: ViewProps) {
  const { chat, state, speech } = props;
  switch (nameScreen(state)) {
    case 'loading':
      return (
        <main class="middle" aria-busy="true">
          <span class="spinner" />
        </main>
      );
    case 'unreachable':
      return (
        <main class="middle">
          <p role="alert">{speech.say('start.unreachable')}</p>
          <button type="button" class="button" data-focus onClick={() => void loadConfig(chat)}>
            {speech.say('start.retry')}
          </button>
        </main>
      );
    case 'start':
      return <Start {...props} />;
    default:
      return <Conversation {...props} />;
  }
}
