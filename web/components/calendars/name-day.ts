// What the days of the week and dates are called.
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../i18n/locale-of.ts';

/** 5 January 1970 was a Monday. */
const MONDAY = Date.UTC(1970, 0, 5);
const DAY_MS = 86_400_000;

export function useNameDay(): (day: number, length: 'short' | 'long' | 'narrow') => string {
  const { i18n } = useTranslation();
  return (day, length) =>
    new Intl.DateTimeFormat(localeOf(i18n.language), { weekday: length, timeZone: 'UTC' }).format(
      MONDAY + day * DAY_MS,
    );
}

/** Of a date as 2026-12-25: the day and the month, with the year where it is asked for. */
export function useNameDate(): (date: string, isLong?: boolean) => string {
  const { i18n } = useTranslation();
  return (date, isLong = false) => {
    const at = Date.parse(`${date}T00:00:00Z`);
    if (Number.isNaN(at)) return date;
    const wanted = isLong
      ? ({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const)
      : ({ day: 'numeric', month: 'short' } as const);
    return new Intl.DateTimeFormat(localeOf(i18n.language), { ...wanted, timeZone: 'UTC' }).format(
      at,
    );
  };
}
