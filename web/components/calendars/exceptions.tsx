// The dates on which a calendar has other hours than its week says: a year to look at, and a list to change.
import { Button, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DatedException } from '../../../src/contract/policy/calendar.ts';
import type { FaultsAt } from '../../forms/faults-at.ts';
import classes from './calendars.module.css';
import {
  addException,
  changeException,
  compareExceptions,
  isoDate,
  nextFreeDate,
  removeException,
} from './edit-exceptions.ts';
import { ExceptionRow } from './exception-row.tsx';
import { YearView } from './year-view.tsx';

export function Exceptions(props: {
  value: readonly DatedException[];
  onChange(exceptions: DatedException[]): void;
  /** What the clocks of its zone show, as if it were UTC. */
  reading: number;
  disabled: boolean;
  faults: FaultsAt;
  warnings: FaultsAt;
}) {
  const { value, onChange, reading, disabled, faults, warnings } = props;
  const { t } = useTranslation();
  const today = isoDate(reading);
  const [year, setYear] = useState(Number(today.slice(0, 4)));
  const list = useRef<HTMLUListElement>(null);
  const show = (date: string) => {
    setYear(Number(date.slice(0, 4)));
    // The row may only be drawn by what was just changed.
    requestAnimationFrame(() => {
      const row = list.current?.querySelector<HTMLElement>(`[data-row="${date}"]`);
      row?.scrollIntoView({ block: 'nearest' });
      row?.querySelector<HTMLElement>('input')?.focus({ preventScroll: true });
    });
  };
  const choose = (date: string) => {
    if (!disabled && value.every((one) => one.date !== date))
      onChange(addException(value, { date }));
    show(date);
  };
  const add = () => {
    const first = today.startsWith(String(year)) ? today : `${year}-01-01`;
    choose(nextFreeDate(value, first));
  };
  const rows = value
    .map((exception, place) => ({ exception, place }))
    .filter(({ exception }) => exception.date.startsWith(`${year}-`) || isNoDate(exception))
    .sort((a, b) => compareExceptions(a.exception, b.exception));
  return (
    <div className={classes.exceptions}>
      <div>
        {rows.length === 0 && (
          <Text size="sm" c="dimmed" mb="xs">
            {t('calendars.noExceptions', { year })}
          </Text>
        )}
        <ul ref={list} className={classes.exceptionList}>
          {rows.map(({ exception, place }) => (
            <ExceptionRow
              key={place}
              value={exception}
              isPast={exception.date < today}
              disabled={disabled}
              error={faults.say(`/${place}`)}
              warning={warnings.say(`/${place}`)}
              onChange={(next) => {
                onChange(changeException(value, place, next));
                if (next.date !== exception.date) show(next.date);
              }}
              onRemove={() => onChange(removeException(value, place))}
            />
          ))}
        </ul>
        {!disabled && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={add}
          >
            {t('calendars.addException')}
          </Button>
        )}
      </div>
      <YearView year={year} onYear={setYear} exceptions={value} today={today} onChoose={choose} />
    </div>
  );
}

const isNoDate = ({ date }: DatedException) => !/^\d{4}-\d{2}-\d{2}$/.test(date);
