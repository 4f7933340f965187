// How long each person was online, away and why, and offline, in a span of time.
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { statusReportQuery } from '../../api/queries.ts';
import type { StatusReport, StatusReportQuery } from '../../api/shapes.ts';
import { type Format, useFormat } from '../../i18n/use-format.ts';
import type { Column } from '../../ui/table.tsx';
import { wordCause } from '../faces/name-status.ts';
import { ReportCard } from './report-card.tsx';

type Row = StatusReport['rows'][number];
type Part = Row['parts'][number];

/** `byDay`: of one person, a row for each day. */
export function StatusTable({ query, byDay }: { query: StatusReportQuery; byDay: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const wanted: StatusReportQuery = { ...query, by: byDay ? 'day' : 'agent' };
  const report = useQuery(statusReportQuery(wanted));
  const time = (head: string, of: (row: Row) => number): Column<Row> => ({
    head,
    right: true,
    cell: (row) => (of(row) === 0 ? '–' : format.longSpan(of(row) / 1000)),
  });
  const columns: Column<Row>[] = [
    {
      head: byDay ? t('report.day') : t('report.agent'),
      cell: ({ day, agentName }) => (day === null ? agentName : format.day(`${day}T12:00:00`)),
    },
    time(t('availability.online'), ({ onlineMs }) => onlineMs),
    time(t('availability.away'), ({ awayMs }) => awayMs),
    { head: t('status.awayWith'), cell: ({ parts }) => wordParts(parts, { t, format }) || '–' },
    time(t('availability.offline'), ({ offlineMs }) => offlineMs),
  ];
  return (
    <ReportCard
      title={t('status.times')}
      note={t('status.timesText')}
      csv={{ path: '/api/v1/reports/statuses.csv', query: wanted }}
      report={report}
      columns={columns}
      rows={report.data?.rows}
      rowKey={({ agentId, day }) => `${agentId} ${day}`}
    />
  );
}

function wordParts(
  parts: readonly Part[],
  { t, format }: { t: TFunction; format: Format },
): string {
  return parts
    .filter(({ availability }) => availability === 'away')
    .flatMap(({ name, cause, ms }) => {
      const what = cause === null ? name : wordCause(cause, t);
      return what === null ? [] : [`${what} ${format.longSpan(ms / 1000)}`];
    })
    .join(t('common.comma'));
}
