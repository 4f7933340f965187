// What the clocks of a zone show at each quarter of an hour: in every zone, days and hours begin, and clocks change, only then.
export const QUARTER_MS = 900_000;
export const QUARTERS_OF_DAY = 96;

export const quarterOf = (at: Date): number => Math.floor(at.getTime() / QUARTER_MS);

/** For each quarter from `first` on, until before `end`, counted from 1970 in UTC: the quarter since 1970 that the clocks show. */
export function localQuarters(
  timeZone: string,
  { first, end }: { first: number; end: number },
): Int32Array {
  const shift = shiftOf(timeZone);
  const local = new Int32Array(Math.max(0, end - first));
  // Where two days of UTC begin with the same shift, the clocks have not changed between them.
  for (let day = Math.floor(first / QUARTERS_OF_DAY); day * QUARTERS_OF_DAY < end; day += 1) {
    const [begin, next] = [day * QUARTERS_OF_DAY, (day + 1) * QUARTERS_OF_DAY];
    const steady = shift(begin);
    const changes = shift(next) !== steady;
    for (let quarter = Math.max(begin, first); quarter < Math.min(next, end); quarter += 1) {
      local[quarter - first] = quarter + (changes ? shift(quarter) : steady);
    }
  }
  return local;
}

/** By how many quarters the clocks are ahead of UTC. */
function shiftOf(timeZone: string): (quarter: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    ...({ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric' } as const),
    ...({ day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const),
  });
  return (quarter) => {
    const parts = Object.fromEntries(
      format.formatToParts(quarter * QUARTER_MS).map(({ type, value }) => [type, Number(value)]),
    ) as Record<string, number>;
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    const shown = Date.UTC(year, month - 1, day, hour, minute, second);
    return Math.floor((shown - quarter * QUARTER_MS) / QUARTER_MS);
  };
}

/** As 2026-01-31. */
export function dayOf(localQuarter: number): string {
  const day = Math.floor(localQuarter / QUARTERS_OF_DAY);
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** 0 to 23. */
export function hourOf(localQuarter: number): number {
  return Math.floor(localQuarter / 4) - Math.floor(localQuarter / QUARTERS_OF_DAY) * 24;
}

/** 0: Monday, midnight … 167: Sunday, 23 o'clock. The first of January 1970 was a Thursday. */
export function hourOfWeek(localQuarter: number): number {
  const weekday = (((Math.floor(localQuarter / QUARTERS_OF_DAY) + 3) % 7) + 7) % 7;
  return weekday * 24 + hourOf(localQuarter);
}
