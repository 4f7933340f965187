// Says whether a calendar is open now, when that changes, and when the clocks there do.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Calendar } from '../../../src/contract/policy/calendar.ts';
import { localeOf } from '../../i18n/locale-of.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Pill } from '../../ui/pill.tsx';
import { useNow } from '../../ui/use-now.ts';
import classes from './calendars.module.css';
import { type ClockChange, type Opening, readOpening } from './read-opening.ts';

const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 86_400_000;

/** Looked at once a minute. */
export function useOpening(calendar: Calendar): Opening | null {
  const minute = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS;
  return useMemo(() => readOpening(calendar, minute), [calendar, minute]);
}

export function OpeningState({ opening, zone }: { opening: Opening; zone: string }) {
  const { t } = useTranslation();
  const { open, reading, clockChange } = opening;
  const nameMoment = useNameMoment(zone);
  const next = opening.changesAt === null ? null : nameMoment(opening.changesAt);
  const say = () => {
    if (next === null) return t(open ? 'calendars.alwaysOpen' : 'calendars.neverOpen');
    return t(open ? 'calendars.closesAt' : 'calendars.opensAt', { when: next });
  };
  return (
    <div className={classes.state}>
      <Pill tone={open ? 'good' : 'plain'}>{t(open ? 'calendars.open' : 'calendars.closed')}</Pill>
      <span>{say()}</span>
      <span className={classes.stateNote}>
        {t('calendars.clockThere', { time: new Date(reading).toISOString().slice(11, 16) })}
      </span>
      <span className={classes.stateNote}>
        {clockChange === null ? t('calendars.clocksStay') : <ClockWords change={clockChange} />}
      </span>
    </div>
  );
}

function ClockWords({ change }: { change: ClockChange }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const date = new Intl.DateTimeFormat(localeOf(i18n.language), {
    dateStyle: 'long',
    timeZone: 'UTC',
  });
  const seconds = Math.abs(change.byMs) / 1000;
  const size = seconds % 3600 === 0 ? format.span(seconds) : format.longSpan(seconds);
  return t(change.byMs > 0 ? 'calendars.clocksForward' : 'calendars.clocksBack', {
    date: date.format(change.reading),
    time: new Date(change.reading).toISOString().slice(11, 16),
    size,
  });
}

/** Monday 08:00 within a week, otherwise with the date; by the clocks of the zone. */
function useNameMoment(timeZone: string): (at: number) => string {
  const { i18n } = useTranslation();
  const now = useNow();
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
  const near = new Intl.DateTimeFormat(localeOf(i18n.language), { weekday: 'long', ...clock });
  const far = new Intl.DateTimeFormat(localeOf(i18n.language), {
    ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
    ...clock,
  });
  return (at) => (at - now < WEEK_MS ? near : far).format(at);
}
