// One date with other hours than usual: closed, or open from and to.
import { ActionIcon, Checkbox, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DatedException } from '../../../src/contract/policy/calendar.ts';
import { ClockField } from '../../forms/clock-field.tsx';
import entries from '../../forms/entries.module.css';
import classes from './calendars.module.css';
import { useNameDate } from './name-day.ts';
import { readClock } from './week.ts';

export function ExceptionRow(props: {
  value: DatedException;
  isPast: boolean;
  disabled: boolean;
  error: string | null;
  warning: string | null;
  onChange(exception: DatedException): void;
  onRemove(): void;
}) {
  const { value, isPast, disabled, error, warning, onChange, onRemove } = props;
  const { t } = useTranslation();
  const nameDate = useNameDate();
  const { date, from = '09:00', to = '17:00' } = value;
  const isClosed = value.from === undefined && value.to === undefined;
  const name = nameDate(date, true);
  return (
    <li className={classes.exception} data-row={date} data-past={isPast || undefined}>
      <div className={classes.exceptionFields}>
        <DateField
          date={date}
          disabled={disabled}
          onCommit={(next) => onChange({ ...value, date: next })}
        />
        <Checkbox
          label={t('calendars.closedAllDay')}
          aria-label={t('calendars.closedAllDayOf', { date: name })}
          size="sm"
          disabled={disabled}
          checked={isClosed}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? { date } : { date, from, to })
          }
        />
        {!isClosed && (
          <span className={classes.exceptionHours}>
            <ClockField
              aria-label={t('calendars.opensOn', { day: name })}
              value={from}
              disabled={disabled}
              onCommit={(time) => onChange({ date, from: time, to })}
            />
            <span className={classes.dash}>–</span>
            <ClockField
              aria-label={t('calendars.closesOn', { day: name })}
              endsDay
              value={to}
              disabled={disabled}
              onCommit={(time) => onChange({ date, from, to: time })}
            />
            {readClock(to) <= readClock(from) && (
              <small className={classes.stateNote}>{t('calendars.endsNextDay')}</small>
            )}
          </span>
        )}
        {!disabled && (
          <ActionIcon aria-label={t('entries.remove', { name })} onClick={onRemove} ms="auto">
            <IconX size={16} />
          </ActionIcon>
        )}
      </div>
      {error && <p className={entries.fault}>{error}</p>}
      {warning && <p className={entries.warning}>{warning}</p>}
    </li>
  );
}

/** Taken when it is left: while a year is typed, its first digits are years too. */
function DateField(props: { date: string; disabled: boolean; onCommit(date: string): void }) {
  const { date, disabled, onCommit } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState(date);
  useEffect(() => setTyped(date), [date]);
  const commit = () => {
    if (typed === '' || typed < '1970') setTyped(date);
    else if (typed !== date) onCommit(typed);
  };
  return (
    <TextInput
      type="date"
      w={150}
      aria-label={t('calendars.date')}
      min="1970-01-01"
      max="9999-12-31"
      disabled={disabled}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
