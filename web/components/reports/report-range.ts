// The spans that a report may cover, as whole days of the reader's own calendar. Pure.

export const spans = ['today', 'yesterday', '7d', '30d', '90d'] as const;
export type Span = (typeof spans)[number];

const days: Record<Span, [from: number, to: number]> = {
  today: [0, 1],
  yesterday: [-1, 0],
  '7d': [-6, 1],
  '30d': [-29, 1],
  '90d': [-89, 1],
};

export function rangeOf(span: Span, now: Date): { from: string; to: string } {
  const [from, to] = days[span].map((by) => {
    const day = new Date(now);
    day.setHours(0, 0, 0, 0);
    day.setDate(day.getDate() + by);
    return day.toISOString();
  });
  return { from: from ?? '', to: to ?? '' };
}
