// What came and went, by day, hour, agent, team, channel and plan, beside the span before.
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import { reportQuery } from '../../api/queries.ts';
import type { Report, ReportQuery } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Card } from '../../ui/page.tsx';
import { CsvLink } from '../answers/csv-link.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import { FEW } from './compare-figures.ts';
import { ReportChart } from './report-chart.tsx';
import { type ReportSpan, rangeBefore } from './report-range.ts';
import { ReportTable } from './report-table.tsx';
import { ReportTotals } from './report-totals.tsx';
import classes from './reports.module.css';
import { TargetTable } from './target-table.tsx';

const bys = ['day', 'hour', 'agent', 'team', 'channel', 'plan'] as const;
type By = (typeof bys)[number];

export function VolumeSection({ span }: { span: ReportSpan }) {
  const { t } = useTranslation();
  const [by, setBy] = useState<By>('day');
  const query = useMemo<ReportQuery>(() => ({ ...span, by }), [span, by]);
  const range = useMemo(() => rangeBefore(span, new Date(serverNow())), [span]);
  const report = useQuery(reportQuery(query));
  const before = useQuery(reportQuery({ ...range, timeZone: span.timeZone, by: 'channel' }));
  const failed = report.isError && report.data === undefined;
  const hadSome = before.data !== undefined && !isEmpty(before.data);
  return (
    <>
      {failed && <ErrorNote error={report.error} onRetry={() => void report.refetch()} />}
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t('report.by')}
          data={bys.map((value) => ({ value, label: t(`report.${value}`) }))}
          value={by}
          onChange={(value) => setBy(value as By)}
        />
        <CsvLink path="/api/v1/reports.csv" query={query} />
      </div>
      {!failed && report.data && isEmpty(report.data) && (
        <Card title={t('report.volume')}>
          <p className={classes.nothing}>
            {t('report.none')}. {t('report.noneText')}
          </p>
        </Card>
      )}
      {!failed && !(report.data && isEmpty(report.data)) && (
        <>
          <ReportTotals
            totals={report.data?.totals}
            before={hadSome ? before.data?.totals : undefined}
          />
          {before.data && <Before {...range} hadSome={hadSome} />}
          <ReportChart report={report.data} />
          <ReportTable report={report.data} by={by} />
          <TargetTable report={report.data} by={by} />
        </>
      )}
    </>
  );
}

/** Nothing of what is counted, so that no table of zeros is drawn. */
function isEmpty({ totals }: Report): boolean {
  return Object.values(totals).every((value) => value === 0 || value === null);
}

function Before({ from, to, hadSome }: { from: string; to: string; hadSome: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const span = { from: format.full(from), to: format.full(to) };
  return (
    <p className={classes.note}>
      {hadSome ? t('before.span', { ...span, few: FEW }) : t('before.empty', span)}
    </p>
  );
}
