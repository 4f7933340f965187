// The words of a plan as the contact reads them: in their language, with what is known filled in. Pure.
import { type Instant, type Opening, type WaitRange, wordOpening, wordWait } from './word-wait.ts';
import { isLanguage, type Texts, type WordPlaceholder, wordPlaceholders } from './words.ts';

/** What is not known is null. */
export interface WordValues {
  name: string | null;
  position: number | null;
  wait: WaitRange | null;
  /** The next opening, and the zone of its calendar. */
  opensAt: Opening | null;
  agent: string | null;
  now: Instant;
}

/** In the contact's language, also its base language; then in the fallback; then in the first. */
export function chooseText(
  texts: Texts,
  languages: readonly (string | null | undefined)[],
): { language: string; text: string } | null {
  for (const wanted of languages) {
    const found = wanted ? findText(texts, wanted) : undefined;
    if (found !== undefined) return { language: found[0], text: found[1] };
  }
  const [first] = Object.entries(texts);
  return first === undefined ? null : { language: first[0], text: first[1] };
}

export function hasText(texts: Texts, language: string): boolean {
  return findText(texts, language) !== undefined;
}

/** Also in its base language, or in another of the same base. */
function findText(texts: Texts, wanted: string): [string, string] | undefined {
  const written = Object.entries(texts);
  const [exact, base] = [fold(wanted), baseOf(wanted)];
  return (
    written.find(([tag]) => fold(tag) === exact) ??
    written.find(([tag]) => fold(tag) === base) ??
    written.find(([tag]) => baseOf(tag) === base)
  );
}

/** Three letters become two where there are two: ind is id. */
function fold(written: string): string {
  const tag = written.trim().replaceAll('_', '-');
  return (isLanguage(tag) ? (Intl.getCanonicalLocales(tag)[0] ?? tag) : tag).toLowerCase();
}
const baseOf = (tag: string) => fold(tag).split('-')[0] as string;

const PLACEHOLDER = /\{\{\s*([^{}|]*?)\s*(?:\|([^{}]*))?\}\}/gu;
/** A sentence with its end and the space after it. */
const SENTENCE = /[^.!?…。!?\n]*(?:[.!?…。!?]+(?=\s|$)["”’)]*|[.!?…。!?](?!\s|$)|\n|$)\s*/gu;

/** As they are written, each once. */
export function listUnknownWords(text: string): string[] {
  const names = [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  return [...new Set(names.filter((name) => !isPlaceholder(name)))];
}

export function listUsedWords(text: string): WordPlaceholder[] {
  const names = [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  return [...new Set(names.filter(isPlaceholder))];
}

/** Braces that belong to no placeholder. */
export function hasLooseBraces(text: string): boolean {
  return /\{\{|\}\}/u.test(text.replaceAll(PLACEHOLDER, ''));
}

/**
 * A sentence with something that is not known is left out, unless it says what stands there
 * instead: `{{wait|a while}}`. If nothing is left and only the name is not known, the name alone is
 * left out. An empty text: nothing can be said.
 */
export function fillWords(text: string, language: string, values: WordValues): string {
  const told = wordValues(language, values);
  const fill = (part: string) =>
    part.replaceAll(PLACEHOLDER, (_, name: string, instead = '') => told(name) ?? instead.trim());
  const isTold = (part: string) =>
    [...part.matchAll(PLACEHOLDER)].every(([, name = '', instead = '']) => {
      return told(name) !== null || instead.trim() !== '';
    });
  const kept = splitSentences(text).filter(isTold).map(fill).join('').trim();
  if (kept !== '') return kept;
  const isNamed = listUsedWords(text).every((name) => name === 'name' || told(name) !== null);
  return isNamed ? tidy(fill(text)) : '';
}

function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  // A placeholder is never cut in two: its own signs end no sentence.
  const masked = text.replaceAll(PLACEHOLDER, (whole) => 'x'.repeat(whole.length));
  let begin = 0;
  for (const [part] of masked.matchAll(SENTENCE)) {
    if (part === '') continue;
    sentences.push(text.slice(begin, begin + part.length));
    begin += part.length;
  }
  return sentences;
}

const tidy = (text: string) =>
  text
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/[ ,]+([.!?,。])/g, '$1')
    .trim();

function wordValues(language: string, values: WordValues): (name: string) => string | null {
  const locale = isLanguage(language) ? language : 'en';
  const { name, position, wait, opensAt, agent, now } = values;
  const told: Record<WordPlaceholder, () => string | null> = {
    name: () => cut(name),
    agent: () => cut(agent),
    position: () => (position === null ? null : new Intl.NumberFormat(locale).format(position)),
    wait: () => (wait === null ? null : wordWait(locale, wait)),
    opensAt: () => (opensAt === null ? null : wordOpening(locale, opensAt, now)),
  };
  return (placeholder) => (isPlaceholder(placeholder) ? told[placeholder]() : null);
}

/** Braces in a name are no placeholder, and a name fills no screen. */
function cut(name: string | null): string | null {
  const told = name?.replaceAll(/\s+/g, ' ').trim().slice(0, 100) ?? '';
  return told === '' ? null : told;
}

function isPlaceholder(name: string): name is WordPlaceholder {
  return (wordPlaceholders as readonly string[]).includes(name);
}
