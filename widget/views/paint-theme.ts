// Gives the document the channel's colours, theme and language, in ways that a strict policy allows.
import { makeAccent, SURFACES } from '../../browser/make-accent.ts';
import type { ChatConfig } from '../chat/state.ts';
import type { Speech } from '../words/speech.ts';

const DEFAULT_COLOUR = '#1d63ed';

let painted = '';

export function paintTheme(
  config: ChatConfig | null,
  { locale, direction }: Pick<Speech, 'locale' | 'direction'>,
  title: string,
): void {
  const isDark =
    config?.theme === 'dark' ||
    (config?.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const theme = isDark ? 'dark' : 'light';
  const colour = config?.colour ?? DEFAULT_COLOUR;
  const wanted = [theme, colour, locale, title].join();
  if (wanted === painted) return;
  painted = wanted;
  const root = document.documentElement;
  const accent = makeAccent(colour, SURFACES[theme]);
  root.lang = locale;
  root.dir = direction;
  root.dataset.theme = theme;
  root.style.setProperty('--accent', accent.fill);
  root.style.setProperty('--on-accent', accent.onFill);
  root.style.setProperty('--accent-text', accent.text);
  document.title = title;
}
