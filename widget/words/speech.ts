// Chooses the language and speaks it: words, numbers, times of day and days.
import { type WaitRange, wordOpening, wordWait } from '../../src/contract/policy/word-wait.ts';
import type { WordKey, Words } from './en.ts';
import { formatText, type Values } from './format-text.ts';

/** Each is fetched when it is needed: a visitor needs one. */
export const languages: Record<string, { locale: string; fetch(): Promise<Words> }> = {
  ar: { locale: 'ar', fetch: async () => (await import('./ar.ts')).ar },
  en: { locale: 'en', fetch: async () => (await import('./en.ts')).en },
  id: { locale: 'id', fetch: async () => (await import('./id.ts')).id },
  ko: { locale: 'ko', fetch: async () => (await import('./ko.ts')).ko },
  pt: { locale: 'pt-BR', fetch: async () => (await import('./pt.ts')).pt },
};
const fetched = new Map<string, Words>();

export interface Speech {
  locale: string;
  /** In which it is read. */
  direction: 'ltr' | 'rtl';
  say(key: WordKey, values?: Values): string;
  time(at: number): string;
  /** Today, yesterday, or the date. */
  day(at: number, now: number): string;
  size(bytes: number): string;
  /** As long as others waited. */
  wait(range: WaitRange): string;
  /** The day and the time, where the visitor is. */
  opening(at: number): string;
}

/** The first of the wanted languages that is spoken here, else English. */
export function pickLanguage(wanted: (string | undefined | null)[]): string {
  const known = wanted
    .map((tag) => (tag ?? '').toLowerCase().split(/[-_]/)[0] ?? '')
    .find((language) => Object.hasOwn(languages, language));
  return known ?? 'en';
}

/**
 * Loads the words that `makeSpeech` needs. false: they did not come, and may when they are asked
 * for again.
 */
export async function fetchWords(wanted: (string | undefined | null)[]): Promise<boolean> {
  const language = pickLanguage(wanted);
  if (fetched.has(language)) return true;
  const words = await languages[language]?.fetch().catch(() => undefined);
  if (words !== undefined) fetched.set(language, words);
  return words !== undefined;
}

/** Speaks English where the words of the wanted language have not been fetched, and is silent where those have not either. */
export function makeSpeech(wanted: (string | undefined | null)[]): Speech {
  const wish = pickLanguage(wanted);
  const language = fetched.has(wish) ? wish : 'en';
  const words = fetched.get(language);
  const locale = keepRegion(wanted, language) ?? languages[language]?.locale ?? language;
  const times = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', weekday: 'long' });
  const { timeZone } = times.resolvedOptions();
  const say: Speech['say'] = (key, values = {}) => formatText(words?.[key] ?? '', values, locale);
  return {
    locale,
    direction: language === 'ar' ? 'rtl' : 'ltr',
    say,
    time: (at) => times.format(at),
    wait: (range) => wordWait(locale, range),
    opening: (at) => wordOpening(locale, { at, timeZone }, Date.now()),
    day: (at, now) => {
      const difference = startOfDay(now) - startOfDay(at);
      if (difference <= 0) return say('log.today');
      // A day may have 25 hours.
      return difference <= 25 * 3_600_000 ? say('log.yesterday') : days.format(at);
    },
    size: (bytes) =>
      bytes < 1_048_576
        ? measure(locale, 'kilobyte', Math.max(1, Math.round(bytes / 1024)))
        : measure(locale, 'megabyte', bytes / 1_048_576),
  };
}

function measure(locale: string, unit: 'kilobyte' | 'megabyte', size: number): string {
  const shape = { style: 'unit', unit, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, shape).format(size);
}

/** en-GB writes its times otherwise than en-US. */
function keepRegion(wanted: (string | undefined | null)[], language: string): string | undefined {
  const tag = wanted.find((each) => each?.toLowerCase().startsWith(`${language}-`));
  if (tag === undefined || tag === null || language === 'pt') return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
