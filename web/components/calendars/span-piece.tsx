// An open span in the row of a day; both of its ends are sliders, for the pointer and for keys.
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './calendars.module.css';
import { useNameDay } from './name-day.ts';
import type { Grip } from './use-week-drag.ts';
import { DAY, moveEnd, type Piece, type Span, writeHours } from './week.ts';

const STEPS: Record<string, number> = {
  ArrowLeft: -15,
  ArrowDown: -15,
  ArrowRight: 15,
  ArrowUp: 15,
  PageDown: -60,
  PageUp: 60,
};

export function SpanPiece(props: {
  piece: Piece;
  disabled: boolean;
  onPull(event: PointerEvent, grip: Grip): void;
  onChange(span: Span): void;
  onRemove(): void;
}) {
  const { piece, disabled, onPull, onChange, onRemove } = props;
  const { span, from, to, isRest } = piece;
  const hours = writeHours(span);
  const isNight = span.to > DAY;
  return (
    <div
      className={classes.piece}
      data-rest={isRest || undefined}
      data-night={(isNight && !isRest) || undefined}
      style={{ insetInlineStart: `${(from / DAY) * 100}%`, width: `${((to - from) / DAY) * 100}%` }}
      onPointerDown={disabled ? undefined : (event) => onPull(event, 'whole')}
    >
      <span className={classes.pieceText}>
        {isRest ? `→ ${hours.to}` : `${hours.from} – ${hours.to}`}
      </span>
      {!disabled && !isRest && (
        <EndSlider end="from" span={span} {...{ onPull, onChange, onRemove }} />
      )}
      {!disabled && isRest === isNight && (
        <EndSlider end="to" span={span} {...{ onPull, onChange, onRemove }} />
      )}
    </div>
  );
}

function EndSlider(props: {
  end: 'from' | 'to';
  span: Span;
  onPull(event: PointerEvent, grip: Grip): void;
  onChange(span: Span): void;
  onRemove(): void;
}) {
  const { end, span, onPull, onChange, onRemove } = props;
  const { t } = useTranslation();
  const nameDay = useNameDay();
  const isNextDay = end === 'to' && span.to > DAY;
  const clock = writeHours(span)[end];
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Delete' || event.key === 'Backspace') onRemove();
    else {
      const step = STEPS[event.key];
      if (step === undefined) return;
      onChange(moveEnd(span, end, span[end] + step));
    }
    event.preventDefault();
  };
  return (
    <span
      className={classes.end}
      data-end={end}
      role="slider"
      tabIndex={0}
      aria-label={t(end === 'from' ? 'calendars.opensOn' : 'calendars.closesOn', {
        day: nameDay(span.day, 'long'),
      })}
      aria-valuemin={end === 'from' ? Math.max(0, span.to - DAY) : span.from + 1}
      aria-valuemax={end === 'from' ? Math.min(span.to, DAY) - 1 : span.from + DAY}
      aria-valuenow={span[end]}
      aria-valuetext={isNextDay ? t('calendars.nextDay', { time: clock }) : clock}
      onPointerDown={(event) => onPull(event, end)}
      onKeyDown={move}
    />
  );
}
