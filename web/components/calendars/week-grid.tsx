// The week of a calendar, a row a day: its open spans are drawn, dragged, and changed by keys or in the fields of a day.
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Calendar, WeeklySpan } from '../../../src/contract/policy/calendar.ts';
import classes from './calendars.module.css';
import { DayHours } from './day-hours.tsx';
import { useNameDate, useNameDay } from './name-day.ts';
import type { Opening } from './read-opening.ts';
import { SpanPiece } from './span-piece.tsx';
import { type DayOfWeek, listThisWeek } from './this-week.ts';
import { useWeekDrag } from './use-week-drag.ts';
import { copyDay, listPieces, listSpans, type Span, writeWeekly } from './week.ts';

const DAYS = [0, 1, 2, 3, 4, 5, 6];
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24];

export function WeekGrid(props: {
  calendar: Calendar;
  onChange(weekly: WeeklySpan[]): void;
  opening: Opening | null;
  disabled: boolean;
}) {
  const { calendar, onChange, opening, disabled } = props;
  const { t } = useTranslation();
  const spans = listSpans(calendar.weekly);
  const write = (next: readonly Span[]) => onChange(writeWeekly(next));
  const drag = useWeekDrag(spans, write);
  const thisWeek = listThisWeek(calendar, opening);
  const nameDay = useNameDay();
  const [opened, setOpened] = useState<number | null>(null);
  return (
    <div
      className={classes.week}
      data-week
      data-dragging={drag.isDragging || undefined}
      {...drag.grid}
    >
      <Ruler />
      {DAYS.map((day) => (
        <div key={day} className={classes.dayRow} role="group" aria-label={nameDay(day, 'long')}>
          <DayLabel
            day={day}
            today={thisWeek[day]}
            isOpen={opened === day}
            onToggle={() => setOpened(opened === day ? null : day)}
          />
          <div
            className={classes.lane}
            data-day={day}
            data-idle={disabled || undefined}
            onPointerDown={disabled ? undefined : drag.draw}
          >
            {listPieces(drag.shown, day).map((piece) => {
              const place = drag.shown.indexOf(piece.span);
              return (
                <SpanPiece
                  key={`${place} ${piece.isRest}`}
                  piece={piece}
                  disabled={disabled}
                  onPull={(event, grip) => drag.pull(event, place, grip)}
                  onChange={(span) => write(spans.map((one, at) => (at === place ? span : one)))}
                  onRemove={() => write(spans.filter((_one, at) => at !== place))}
                />
              );
            })}
            {thisWeek[day]?.now !== undefined && (
              <span className={classes.now} style={{ insetInlineStart: `${thisWeek[day].now}%` }} />
            )}
          </div>
          {opened === day && (
            <DayHours
              day={day}
              spans={spans}
              disabled={disabled}
              onChange={write}
              onCopy={(days) => write(copyDay(spans, day, days))}
            />
          )}
        </div>
      ))}
      {!disabled && <p className={classes.hint}>{t('calendars.weekHint')}</p>}
    </div>
  );
}

function Ruler() {
  return (
    <div className={classes.ruler} aria-hidden>
      <span />
      <div>
        {HOURS.map((hour) => (
          <span key={hour} style={{ insetInlineStart: `${(hour / 24) * 100}%` }}>
            {hour}
          </span>
        ))}
      </div>
    </div>
  );
}

function DayLabel(props: {
  day: number;
  today: DayOfWeek | undefined;
  isOpen: boolean;
  onToggle(): void;
}) {
  const { day, today, isOpen, onToggle } = props;
  const { t } = useTranslation();
  const nameDay = useNameDay();
  const [exception] = today?.exceptions ?? [];
  const nameDate = useNameDate();
  return (
    <button type="button" className={classes.dayLabel} aria-expanded={isOpen} onClick={onToggle}>
      <span>
        {isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        <span aria-hidden>{nameDay(day, 'short')}</span>
        <span className="spoken">{t('calendars.hoursOf', { day: nameDay(day, 'long') })}</span>
      </span>
      {exception !== undefined && (
        <span className={classes.dayNote}>
          {exception.from === undefined
            ? t('calendars.closedOn', { date: nameDate(exception.date) })
            : t('calendars.otherOn', { date: nameDate(exception.date) })}
        </span>
      )}
    </button>
  );
}
