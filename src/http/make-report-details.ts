// What lies behind a report, whole: with every day, hour and score, also where there was nothing.
import {
  BUCKET_EDGES,
  type Distribution,
  type Measure,
  type RatingReport,
  type WeekReport,
} from '../contract/report-details.ts';
import type { DistributionRow } from '../store/distribution.ts';
import type { ScoreRow } from '../store/rating-report.ts';
import type { ReportSpan } from '../store/reports.ts';
import type { WeekRow } from '../store/week-report.ts';
import { daysOf } from './make-report.ts';

type Span = Pick<ReportSpan, 'from' | 'to' | 'timeZone'>;

const toldOf = ({ from, to, timeZone }: Span) => ({
  from: from.toISOString(),
  to: to.toISOString(),
  timeZone,
});

export function makeDistribution(
  rows: readonly DistributionRow[],
  span: Span & { measure: Measure },
): Distribution {
  const find = (kind: DistributionRow['kind'], key: string) =>
    rows.find((row) => row.kind === kind && row.key === key);
  const days = new Map(rows.flatMap((row) => (row.kind === 'day' ? [[row.key, row]] : [])));
  return {
    ...toldOf(span),
    measure: span.measure,
    ...spreadOf(find('total', 'total')),
    buckets: [0, ...BUCKET_EDGES].map((atLeastSeconds, nth) => ({
      atLeastSeconds,
      underSeconds: BUCKET_EDGES[nth] ?? null,
      count: find('bucket', String(nth))?.count ?? 0,
    })),
    days: daysOf(span).map((day) => ({ day, ...spreadOf(days.get(day)) })),
  };
}

function spreadOf(row: DistributionRow | undefined) {
  const [p50 = null, p90 = null, p95 = null] = row?.marks ?? [];
  return { count: row?.count ?? 0, p50, p90, p95 };
}

export function makeWeek(rows: readonly WeekRow[], span: Span): WeekReport {
  const found = new Map(rows.map((row) => [row.hourOfWeek, row]));
  return {
    ...toldOf(span),
    cells: Array.from({ length: 168 }, (_, hourOfWeek) => {
      const {
        hours = 0,
        opened = 0,
        waits = 0,
        waitSecondsP50 = null,
      } = found.get(hourOfWeek) ?? {};
      const [weekday, hour] = [Math.floor(hourOfWeek / 24) + 1, hourOfWeek % 24];
      return { weekday, hour, hours, opened, waits, waitSecondsP50 };
    }),
  };
}

export function makeRatings(rows: readonly ScoreRow[], span: Span): RatingReport {
  const scores = [5, 4, 3, 2, 1].map(
    (score) => rows.find((row) => row.score === score) ?? { score, count: 0, commented: 0 },
  );
  const sum = (of: (row: ScoreRow) => number) => scores.reduce((total, row) => total + of(row), 0);
  const ratings = sum(({ count }) => count);
  return {
    ...toldOf(span),
    ratings,
    average: ratings === 0 ? null : sum(({ score, count }) => score * count) / ratings,
    commented: sum(({ commented }) => commented),
    scores,
  };
}
