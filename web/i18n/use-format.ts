// Times, spans and numbers in the reader's language.
import { useTranslation } from 'react-i18next';
import { localeOf } from './locale-of.ts';

const made = new Map<string, Format>();

/** The same for a language each time: formatters are dear to make, and every row of a list needs them. */
export function makeFormat(language: string): Format {
  const known = made.get(language) ?? buildFormat(localeOf(language));
  made.set(language, known);
  return known;
}

function buildFormat(language: string) {
  const number = new Intl.NumberFormat(language);
  const time = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  const longDay = new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
  const full = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const share = new Intl.NumberFormat(language, { style: 'percent' });
  const fineShare = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  const decimal = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const index = new Intl.NumberFormat(language, digits);

  return {
    number: (value: number) => number.format(value),
    share: (value: number) => share.format(value),
    /** To a tenth of a percent. */
    fineShare: (value: number) => fineShare.format(value),
    decimal: (value: number) => decimal.format(value),
    /** From 0 to 1, where the second digit counts. */
    index: (value: number) => index.format(value),
    time: (at: string) => time.format(new Date(at)),
    day: (at: string) => day.format(new Date(at)),
    full: (at: string) => full.format(new Date(at)),
    /** Today, yesterday, or the day in full: for separators between messages. */
    dayName: (at: string, now: number) => {
      const days = Math.round((startOfDay(Date.parse(at)) - startOfDay(now)) / 86_400_000);
      return days === 0 || days === -1
        ? capital(relative.format(days, 'day'))
        : longDay.format(new Date(at));
    },
    /** Short, for a row: the time today, the day before. */
    when: (at: string, now: number) =>
      startOfDay(Date.parse(at)) === startOfDay(now)
        ? time.format(new Date(at))
        : day.format(new Date(at)),
    ...makeSpans(language),
  };
}
export type Format = ReturnType<typeof buildFormat>;

function makeSpans(language: string) {
  const seconds = new Intl.NumberFormat(language, {
    ...{ style: 'unit', unit: 'second', unitDisplay: 'narrow', maximumFractionDigits: 1 },
  });
  const units = new Map<string, Intl.NumberFormat>();
  const unit = (value: number, name: string) => {
    const style = {
      style: 'unit',
      unit: name,
      unitDisplay: 'narrow',
      maximumFractionDigits: 0,
    } as const;
    const format = units.get(name) ?? new Intl.NumberFormat(language, style);
    units.set(name, format);
    return format.format(value);
  };

  return {
    /** To a tenth of a second, however many. */
    seconds: (value: number) => seconds.format(value),
    /** How long something takes: 45 s, 12 min, 3 h, 2 d. */
    span: (seconds: number) => {
      if (seconds < 60) return unit(Math.max(0, Math.floor(seconds)), 'second');
      if (seconds < 3600) return unit(Math.floor(seconds / 60), 'minute');
      if (seconds < 86_400) return unit(Math.floor(seconds / 3600), 'hour');
      return unit(Math.floor(seconds / 86_400), 'day');
    },
    /** To the second below an hour: 2m 05s. */
    longSpan: (value: number) => {
      const whole = Math.round(value);
      if (whole < 60) return unit(whole, 'second');
      const minutes = Math.floor(whole / 60);
      if (minutes < 60) {
        const rest = whole % 60;
        return rest === 0
          ? unit(minutes, 'minute')
          : `${unit(minutes, 'minute')} ${unit(rest, 'second')}`;
      }
      return `${unit(Math.floor(minutes / 60), 'hour')} ${unit(minutes % 60, 'minute')}`;
    },
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

export function useFormat(): Format {
  const { i18n } = useTranslation();
  return makeFormat(i18n.language);
}
