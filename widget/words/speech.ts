// Chooses the language and speaks it: words, numbers, times of day and days.
import { en } from './en.ts';
import { formatText, type Values } from './format-text.ts';
import { id } from './id.ts';
import { ko } from './ko.ts';
import { pt } from './pt.ts';

export type WordKey = keyof typeof en;
export type Words = Record<WordKey, string>;

export const languages: Record<string, { locale: string; words: Words }> = {
  en: { locale: 'en', words: en },
  id: { locale: 'id', words: id },
  ko: { locale: 'ko', words: ko },
  pt: { locale: 'pt-BR', words: pt },
};

export interface Speech {
  locale: string;
  say(key: WordKey, values?: Values): string;
  time(at: number): string;
  /** Today, yesterday, or the date. */
  day(at: number, now: number): string;
  size(bytes: number): string;
}

/** The first of the wanted languages that is spoken here, else English. */
export function pickLanguage(wanted: (string | undefined | null)[]): string {
  const known = wanted
    .map((tag) => (tag ?? '').toLowerCase().split(/[-_]/)[0] ?? '')
    .find((language) => Object.hasOwn(languages, language));
  return known ?? 'en';
}

export function makeSpeech(wanted: (string | undefined | null)[]): Speech {
  const language = pickLanguage(wanted);
  const { words, locale: plain } = languages[language] ?? { words: en, locale: 'en' };
  const locale = keepRegion(wanted, language) ?? plain;
  const times = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', weekday: 'long' });
  const say: Speech['say'] = (key, values = {}) => formatText(words[key], values, locale);
  return {
    locale,
    say,
    time: (at) => times.format(at),
    day: (at, now) => {
      const difference = startOfDay(now) - startOfDay(at);
      if (difference <= 0) return say('log.today');
      // A day may have 25 hours.
      return difference <= 25 * 3_600_000 ? say('log.yesterday') : days.format(at);
    },
    size: (bytes) =>
      bytes < 1_048_576
        ? `${Math.max(1, Math.round(bytes / 1024)).toLocaleString(locale)} KB`
        : `${(bytes / 1_048_576).toLocaleString(locale, { maximumFractionDigits: 1 })} MB`,
  };
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
