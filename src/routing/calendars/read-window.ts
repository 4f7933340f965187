// Works out once when a calendar is open within some weeks, so that questions about them are look-ups.
import type { Instant } from '../types.ts';
import { DAY, type Span } from './spans-of-day.ts';
import { firstMoment, readStretches, type Stretch } from './zone-time.ts';

/** Of UTC, so that windows follow one another in every zone. */
export const WINDOW = 32 * DAY;

export interface Window {
  from: Instant;
  until: Instant;
  /** In turn opening and closing; what reaches beyond the window is cut at its ends. */
  bounds: readonly Instant[];
  openMs: number;
}

/** No zone is a day ahead of UTC or behind it, and no span is longer than two days of the clock. */
const MARGIN = 4 * DAY;

/** The window with this number; that of 0 begins with 1970. */
export function readWindow(
  { timeZone, spansOf }: { timeZone: string; spansOf: (day: number) => readonly Span[] },
  number: number,
): Window {
  const from = number * WINDOW;
  const until = from + WINDOW;
  const stretches = readStretches(timeZone, from - MARGIN, until + MARGIN);
  const pieces: Piece[] = [];
  for (let day = from / DAY - 3; day <= until / DAY + 1; day += 1) {
    for (const span of spansOf(day)) {
      const piece = place(span, day, stretches);
      const cut = { from: Math.max(piece.from, from), until: Math.min(piece.until, until) };
      // A span that lies within the hour that the clocks leave out has no length.
      if (cut.from < cut.until) pieces.push(cut);
    }
  }
  return { from, until, ...merge(pieces) };
}

interface Piece {
  from: Instant;
  until: Instant;
}

function place({ from, to }: Span, day: number, stretches: readonly Stretch[]): Piece {
  return {
    from: firstMoment(stretches, day * DAY + from),
    until: firstMoment(stretches, day * DAY + to),
  };
}

function merge(pieces: Piece[]): Pick<Window, 'bounds' | 'openMs'> {
  const merged: Piece[] = [];
  for (const piece of pieces.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && piece.from <= last.until) {
      last.until = Math.max(last.until, piece.until);
    } else {
      merged.push(piece);
    }
  }
  return {
    bounds: merged.flatMap((piece) => [piece.from, piece.until]),
    openMs: merged.reduce((sum, piece) => sum + piece.until - piece.from, 0),
  };
}

/** How many bounds lie at this moment or before it; if they are odd in number, it is open. */
export function countBounds({ bounds }: Window, at: Instant): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const bound = bounds[middle] as Instant;
    if (bound <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
