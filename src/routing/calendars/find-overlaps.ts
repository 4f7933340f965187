// Finds weekly spans of one calendar that are open at the same time.
import type { WeeklySpan } from '../../contract/policy/calendar.ts';
import { weekdays } from '../../contract/policy/weekdays.ts';
import { DAY, readSpan } from './spans-of-day.ts';

interface Turn {
  /** Of the span in its list. */
  place: number;
  from: number;
  to: number;
}

const WEEK = 7 * DAY;

/** Each span that overlaps one before it in the list, once, with the first such. Touching is no overlap. */
export function findOverlaps(spans: readonly WeeklySpan[]): { place: number; with: number }[] {
  const turns = spans.flatMap((span, place) => readTurns(span, place));
  // A night from Sunday reaches into the Monday of the next week.
  const twice = [...turns, ...turns.map((turn) => later(turn))].sort((a, b) => a.from - b.from);
  const found = new Map<number, number>();
  for (const [index, turn] of twice.entries()) {
    for (let next = index + 1; next < twice.length; next += 1) {
      const other = twice[next] as Turn;
      if (other.from >= turn.to) break;
      const first = Math.min(turn.place, other.place);
      const second = Math.max(turn.place, other.place);
      if (first !== second) found.set(second, Math.min(first, found.get(second) ?? first));
    }
  }
  return [...found]
    .map(([place, first]) => ({ place, with: first }))
    .sort((a, b) => a.place - b.place);
}

function readTurns(span: WeeklySpan, place: number): Turn[] {
  const { from, to } = readSpan(span);
  return span.days.map((day) => {
    const midnight = weekdays.indexOf(day) * DAY;
    return { place, from: midnight + from, to: midnight + to };
  });
}

const later = ({ place, from, to }: Turn): Turn => ({ place, from: from + WEEK, to: to + WEEK });
