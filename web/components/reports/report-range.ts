// The spans that a report may cover, as whole days of the reader's own calendar. Pure.

export const spans = ['today', 'yesterday', '7d', '30d', '90d', '365d'] as const;
export type Span = (typeof spans)[number];

const days: Record<Span, [from: number, to: number]> = {
  today: [0, 1],
  yesterday: [-1, 0],
  '7d': [-6, 1],
  '30d': [-29, 1],
  '90d': [-89, 1],
  '365d': [-364, 1],
};

/** What every section of the page reports on. */
export interface ReportSpan {
  from: string;
  to: string;
  timeZone: string;
}

export function rangeOf(span: Span, now: Date): { from: string; to: string } {
  const [from, to] = days[span].map((by) => {
    const day = new Date(now);
    day.setHours(0, 0, 0, 0);
    day.setDate(day.getDate() + by);
    return day.toISOString();
  });
  return { from: from ?? '', to: to ?? '' };
}

/** As many days before, by the calendar; of a span that is not over, up to the same time of day. */
export function rangeBefore(
  { from, to }: Pick<ReportSpan, 'from' | 'to'>,
  now: Date,
): { from: string; to: string } {
  const length = daysOf({ from, to }).length;
  const until = new Date(Math.min(Date.parse(to), now.getTime()));
  const [since, till] = [new Date(from), until].map((at) => {
    const day = new Date(at);
    day.setDate(day.getDate() - length);
    return day.toISOString();
  });
  return { from: since ?? '', to: till ?? '' };
}

/** Each day of a span, as the reports name it: also those of which they have nothing to say. */
export function daysOf({ from, to }: Pick<ReportSpan, 'from' | 'to'>): string[] {
  const two = (value: number) => String(value).padStart(2, '0');
  const days: string[] = [];
  const day = new Date(from);
  for (const end = new Date(to); day < end; day.setDate(day.getDate() + 1)) {
    days.push(`${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`);
  }
  return days;
}
