// Spans of the week are drawn, moved and pulled at their ends with a pointer: shown at once, written when it is let go.
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useDrag } from '../../ui/use-drag.ts';
import { clamp, DAY, moveEnd, moveSpan, type Span } from './week.ts';

const STEP = 15;
/** Less than that is a slip of the hand. */
const LEAST_DRAWN = 15;

export type Grip = 'from' | 'to' | 'whole';

interface Drag {
  /** Of the spans; null: a new one. */
  place: number | null;
  grip: Grip | 'draw';
  start: Span;
  /** Between the pointer and the beginning of what is moved, in minutes. */
  offset: number;
  /** 1: it is held by its part after midnight. */
  later: number;
  preview: Span;
}

export interface WeekDrag {
  /** With what is being dragged where the pointer has it. */
  shown: readonly Span[];
  isDragging: boolean;
  draw(event: PointerEvent): void;
  pull(event: PointerEvent, place: number, grip: Grip): void;
  /** For the element around the rows, each of which has `data-day`. */
  grid: {
    onPointerMove(event: PointerEvent): void;
    onPointerUp(): void;
    onPointerCancel(): void;
    onKeyDown(event: KeyboardEvent): void;
  };
}

export function useWeekDrag(
  spans: readonly Span[],
  onChange: (spans: readonly Span[]) => void,
): WeekDrag {
  const { shown, read, write } = useDrag<Drag>();
  const grid = useRef<HTMLElement | null>(null);
  const begin = (event: PointerEvent, make: (at: Point) => Drag) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    const element = (event.currentTarget as HTMLElement).closest<HTMLElement>('[data-week]');
    if (element === null) return;
    grid.current = element;
    element.setPointerCapture(event.pointerId);
    write(make(findPoint(element, event)));
  };
  const apply = ({ place, preview }: Drag) =>
    place === null ? [...spans, preview] : spans.map((one, at) => (at === place ? preview : one));
  const drop = () => {
    const drag = read();
    if (drag === null) return;
    write(null);
    const isSlip = drag.grip === 'draw' && drag.preview.to - drag.preview.from < LEAST_DRAWN;
    if (!isSlip && !isSame(drag.preview, drag.start)) onChange(apply(drag));
  };
  const cancel = () => write(null);
  return {
    shown: shown === null ? spans : apply(shown),
    isDragging: shown !== null,
    draw: (event) =>
      begin(event, ({ day, minutes }) => {
        const start = { day, from: minutes, to: minutes };
        return { place: null, grip: 'draw', start, offset: 0, later: 0, preview: start };
      }),
    pull: (event, place, grip) =>
      begin(event, ({ day, minutes }) => {
        const start = spans[place] as Span;
        const later = day === start.day ? 0 : 1;
        const offset = minutes + later * DAY - start.from;
        return { place, grip, start, offset, later, preview: start };
      }),
    grid: {
      onPointerMove: (event) => {
        const drag = read();
        if (drag === null || grid.current === null) return;
        const preview = follow(drag, findPoint(grid.current, event));
        if (!isSame(preview, drag.preview)) write({ ...drag, preview });
      },
      onPointerUp: drop,
      onPointerCancel: cancel,
      onKeyDown: (event) => {
        if (event.key !== 'Escape' || read() === null) return;
        event.preventDefault();
        cancel();
      },
    },
  };
}

interface Point {
  day: number;
  /** To the quarter of an hour. */
  minutes: number;
}

function findPoint(grid: HTMLElement, { clientX, clientY }: PointerEvent): Point {
  const lanes = [...grid.querySelectorAll<HTMLElement>('[data-day]')];
  const rects = lanes.map((lane) => lane.getBoundingClientRect());
  const below = rects.findIndex(({ bottom }) => clientY < bottom);
  const day = below < 0 ? rects.length - 1 : below;
  const { left = 0, width = 1 } = rects[day] ?? {};
  const minutes = Math.round(((clientX - left) / width) * (DAY / STEP)) * STEP;
  return { day, minutes: clamp(minutes, 0, DAY) };
}

function follow({ grip, start, offset, later }: Drag, { day, minutes }: Point): Span {
  const isNextDay = day === (start.day + 1) % 7;
  const end = isNextDay ? minutes + DAY : minutes;
  if (grip === 'from') return moveEnd(start, 'from', minutes);
  if (grip === 'to') return moveEnd(start, 'to', end);
  if (grip === 'whole') {
    return moveSpan(start, { day: day - later, from: minutes + later * DAY - offset });
  }
  const [from, to] = end < start.from ? [end, start.from] : [start.from, end];
  return { ...start, from: Math.min(from, DAY - STEP), to: Math.min(to, from + DAY) };
}

const isSame = (a: Span, b: Span) => a.day === b.day && a.from === b.from && a.to === b.to;
