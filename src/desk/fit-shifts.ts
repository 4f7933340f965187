// Whether planned shifts fit together; a break within a shift cuts it in two. Pure.
import { LONGEST_SHIFT_HOURS, type ShiftFault } from '../contract/shifts.ts';
import type { ShiftRow } from '../store/shifts.ts';

export type Planned = ShiftRow & {
  /** Where it was given: the line of a file, the place in a list. */
  place: number;
};

export interface Misfit {
  place: number;
  code: ShiftFault['code'];
}

const LONGEST_MS = LONGEST_SHIFT_HOURS * 3_600_000;

/** In the order of their agents and times; with any misfit, nothing is to be kept. */
export function fitShifts(
  given: readonly Planned[],
  span: { from: Date; to: Date },
): { shifts: ShiftRow[]; misfits: Misfit[] } {
  const wrong = given.flatMap((one) => {
    const code = judge(one, span);
    return code === null ? [] : [{ place: one.place, code }];
  });
  if (wrong.length > 0) return { shifts: [], misfits: wrong };
  const byAgent = new Map<string, Planned[]>();
  for (const one of given) {
    const own = byAgent.get(one.agentId);
    if (own === undefined) byAgent.set(one.agentId, [one]);
    else own.push(one);
  }
  const fitted = [...byAgent.values()].map(fitThose);
  return {
    shifts: fitted.flatMap(({ shifts }) => shifts),
    misfits: fitted.flatMap(({ misfits }) => misfits),
  };
}

function judge({ start, end }: Planned, { from, to }: { from: Date; to: Date }) {
  const lasts = end.getTime() - start.getTime();
  if (lasts <= 0) return 'end-before-start' as const;
  if (lasts > LONGEST_MS) return 'too-long' as const;
  return start < from || start >= to ? ('outside-span' as const) : null;
}

/** Of one agent. */
function fitThose(given: readonly Planned[]): { shifts: ShiftRow[]; misfits: Misfit[] } {
  const sorted = given.toSorted((one, other) => one.start.getTime() - other.start.getTime());
  const breaks = sorted.filter(({ expects }) => expects === 'away');
  const work = sorted.filter(({ expects }) => expects === 'online');
  const misfits = [...overlapsIn(breaks), ...overlapsIn(work)];
  if (misfits.length > 0) return { shifts: [], misfits };
  const shifts = [...breaks.map(bare), ...cutOut(work, breaks)];
  shifts.sort((one, other) => one.start.getTime() - other.start.getTime());
  return { shifts, misfits };
}

const overlapsIn = (sorted: readonly Planned[]): Misfit[] =>
  sorted.flatMap(({ start, place }, index) => {
    const before = sorted[index - 1];
    return before !== undefined && before.end > start ? [{ place, code: 'overlaps' }] : [];
  });

function bare({ place: _, ...shift }: Planned): ShiftRow {
  return shift;
}

/** Both in order of time, and none overlaps its like: each is walked once. One that a break covers wholly is gone. */
function cutOut(work: readonly Planned[], breaks: readonly Planned[]): ShiftRow[] {
  let first = 0;
  return work.flatMap((one) => {
    while (first < breaks.length && (breaks[first] as Planned).end <= one.start) first += 1;
    let last = first;
    while (last < breaks.length && (breaks[last] as Planned).start < one.end) last += 1;
    const within = breaks.slice(first, last);
    const starts = [one.start, ...within.map(({ end }) => end)];
    const ends = [...within.map(({ start }) => start), one.end];
    return starts.flatMap((start, index) => {
      const end = ends[index] ?? one.end;
      return start < end ? [{ ...bare(one), start, end }] : [];
    });
  });
}
