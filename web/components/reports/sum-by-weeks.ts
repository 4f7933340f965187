// Days of a report as weeks, named by their first day. Pure.

interface Day {
  opened: number;
  closed: number;
  abandoned: number;
}

export function sumByWeeks<Row extends Day>(days: readonly Row[]): Row[] {
  const weeks: Row[] = [];
  days.forEach((day, nth) => {
    const week = weeks.at(-1);
    if (week === undefined || nth % 7 === 0) weeks.push({ ...day });
    else {
      week.opened += day.opened;
      week.closed += day.closed;
      week.abandoned += day.abandoned;
    }
  });
  return weeks;
}
