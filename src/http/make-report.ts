// A report with every day and hour in it, including empty ones, and a name for each row.
import type { Figures, Report, ReportBy, ReportRow } from '../contract/reports.ts';
import type { FigureRow } from '../store/report-facts.ts';

const NOTHING: Figures = {
  opened: 0,
  assigned: 0,
  closed: 0,
  abandoned: 0,
  waitSecondsP50: null,
  waitSecondsP90: null,
  firstAnswerSecondsP50: null,
  firstAnswerSecondsP90: null,
  handlingSecondsP50: null,
  handlingSecondsP90: null,
  messagesIn: 0,
  messagesOut: 0,
  ratingAverage: null,
  ratings: 0,
  firstAnswersMet: 0,
  firstAnswersMissed: 0,
  nextAnswersMet: 0,
  nextAnswersMissed: 0,
  endsMet: 0,
  endsMissed: 0,
  waits: 0,
  firstAnswers: 0,
  handlings: 0,
};

export function makeReport(
  found: readonly FigureRow[],
  span: {
    from: Date;
    to: Date;
    by: ReportBy;
    timeZone: string;
    names: ReadonlyMap<string, string>;
  },
): Report {
  const { from, to, by, timeZone, names } = span;
  const figures = new Map(found.map(({ key, ...rest }) => [key, rest]));
  const timely = by === 'day' || by === 'hour';
  const keys = timely ? timesOf(span) : [...figures.keys()].filter((key) => key !== null);
  const rows = keys.map(
    (key): ReportRow => ({
      key,
      label: timely
        ? by === 'hour'
          ? `${key}:00`
          : key
        : (names.get(key) ?? (by === 'plan' && key !== 'none' ? key : null)),
      ...(figures.get(key) ?? NOTHING),
    }),
  );
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    by,
    timeZone,
    totals: figures.get(null) ?? NOTHING,
    rows: timely ? rows : rows.sort(byName),
  };
}

/** Every day that the span touches, or every hour of a day. */
function timesOf(span: Parameters<typeof makeReport>[1]): string[] {
  if (span.by !== 'hour') return daysOf(span);
  return Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
}

/** Every day that the span touches, in order. */
export function daysOf(span: { from: Date; to: Date; timeZone: string }): string[] {
  const { from, to, timeZone } = span;
  const last = dayOf(new Date(to.getTime() - 1), timeZone);
  const days: string[] = [];
  const day = new Date(`${dayOf(from, timeZone)}T00:00:00Z`);
  for (; day.toISOString().slice(0, 10) <= last; day.setUTCDate(day.getUTCDate() + 1)) {
    days.push(day.toISOString().slice(0, 10));
  }
  return days;
}

function dayOf(at: Date, timeZone: string): string {
  // The Swedish locale writes dates as ISO does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}

/** Rows without an owner come last. */
function byName(one: ReportRow, other: ReportRow): number {
  if (one.key === 'none' || other.key === 'none') return one.key === 'none' ? 1 : -1;
  return (one.label ?? '').localeCompare(other.label ?? '') || one.key.localeCompare(other.key);
}
