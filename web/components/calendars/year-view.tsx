// A year of small months: what is special is marked, and a day is chosen by pointer or arrow keys.
import { ActionIcon, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DatedException } from '../../../src/contract/policy/calendar.ts';
import { localeOf } from '../../i18n/locale-of.ts';
import { turnArrow } from '../../ui/turn-arrow.ts';
import classes from './calendars.module.css';
import { addDays, listMonth } from './edit-exceptions.ts';
import { useNameDate, useNameDay } from './name-day.ts';

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const MONTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

export function YearView(props: {
  year: number;
  onYear(year: number): void;
  exceptions: readonly DatedException[];
  /** As 2026-12-25. */
  today: string;
  onChoose(date: string): void;
}) {
  const { year, onYear, exceptions, today, onChoose } = props;
  const { t } = useTranslation();
  const marks = markDates(exceptions);
  const grid = useRef<HTMLDivElement>(null);
  const [walked, setWalked] = useState<string | null>(null);
  const inYear = today.startsWith(`${year}-`) ? today : `${year}-01-01`;
  const reached = walked?.startsWith(`${year}-`) ? walked : inYear;
  const walk = (event: KeyboardEvent) => {
    const step = STEPS[turnArrow(event)];
    if (step === undefined) return;
    event.preventDefault();
    const next = addDays(reached, step);
    if (!next.startsWith(`${year}-`)) return;
    setWalked(next);
    grid.current?.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus();
  };
  return (
    <div>
      <Group gap={6} mb={8}>
        <ActionIcon aria-label={t('calendars.yearBefore')} onClick={() => onYear(year - 1)}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <strong className="numbers" aria-live="polite">
          {year}
        </strong>
        <ActionIcon aria-label={t('calendars.yearAfter')} onClick={() => onYear(year + 1)}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </Group>
      <div
        ref={grid}
        className={classes.year}
        role="group"
        aria-label={String(year)}
        onKeyDown={walk}
      >
        {MONTHS.map((month) => (
          <Month key={month} {...{ year, month, marks, today, reached, onChoose }} />
        ))}
      </div>
    </div>
  );
}

type Mark = 'closed' | 'hours';

function markDates(exceptions: readonly DatedException[]): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const { date, from } of exceptions) {
    if (from !== undefined) marks.set(date, 'hours');
    else if (!marks.has(date)) marks.set(date, 'closed');
  }
  return marks;
}

function Month(props: {
  year: number;
  month: number;
  marks: Map<string, Mark>;
  today: string;
  reached: string;
  onChoose(date: string): void;
}) {
  const { year, month, marks, today, reached, onChoose } = props;
  const { t, i18n } = useTranslation();
  const nameDay = useNameDay();
  const nameDate = useNameDate();
  const name = new Intl.DateTimeFormat(localeOf(i18n.language), { month: 'long', timeZone: 'UTC' });
  return (
    <table className={classes.month}>
      <caption>{name.format(Date.UTC(year, month, 1))}</caption>
      <thead>
        <tr>
          {[0, 1, 2, 3, 4, 5, 6].map((day) => (
            <th key={day} scope="col">
              <span aria-hidden>{nameDay(day, 'narrow')}</span>
              <span className="spoken">{nameDay(day, 'long')}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {listMonth(year, month).map((week, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the weeks of a month never change places
          <tr key={at}>
            {week.map((date, day) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: nor do its days
              <td key={day}>
                {date !== null && (
                  <button
                    type="button"
                    data-date={date}
                    data-mark={marks.get(date)}
                    data-today={date === today || undefined}
                    tabIndex={date === reached ? 0 : -1}
                    aria-label={
                      marks.has(date)
                        ? `${nameDate(date, true)}: ${t(`calendars.mark.${marks.get(date) ?? 'closed'}`)}`
                        : nameDate(date, true)
                    }
                    onClick={() => onChoose(date)}
                  >
                    {Number(date.slice(8))}
                  </button>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
