// What came and went, by day, hour, agent, team, channel and plan.
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reportQuery } from '../../api/queries.ts';
import type { ReportQuery } from '../../api/shapes.ts';
import { ErrorNote } from '../answers/error-note.tsx';
import { CsvLink } from './csv-link.tsx';
import { ReportChart } from './report-chart.tsx';
import type { ReportSpan } from './report-range.ts';
import { ReportTable } from './report-table.tsx';
import { ReportTotals } from './report-totals.tsx';
import { TargetTable } from './target-table.tsx';

const bys = ['day', 'hour', 'agent', 'team', 'channel', 'plan'] as const;
type By = (typeof bys)[number];

export function VolumeSection({ span }: { span: ReportSpan }) {
  const { t } = useTranslation();
  const [by, setBy] = useState<By>('day');
  const query = useMemo<ReportQuery>(() => ({ ...span, by }), [span, by]);
  const report = useQuery(reportQuery(query));
  const failed = report.isError && report.data === undefined;
  return (
    <>
      {failed && <ErrorNote error={report.error} onRetry={() => void report.refetch()} />}
      {!failed && <ReportTotals totals={report.data?.totals} />}
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', marginBottom: 16 }}>
        <SegmentedControl
          size="xs"
          aria-label={t('report.by')}
          data={bys.map((value) => ({ value, label: t(`report.${value}`) }))}
          value={by}
          onChange={(value) => setBy(value as By)}
        />
        <CsvLink path="/api/v1/reports.csv" query={query} />
      </div>
      {!failed && <ReportChart report={report.data} />}
      {!failed && <ReportTable report={report.data} by={by} />}
      {!failed && <TargetTable report={report.data} by={by} />}
    </>
  );
}
