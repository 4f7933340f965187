// What was: volume, waits, answers, handling, by day, hour, agent, team, channel and plan, as charts, a table and CSV.
import { Button, SegmentedControl, Select } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../browser/server-clock.ts';
import { reportQuery } from '../api/queries.ts';
import type { ReportQuery } from '../api/shapes.ts';
import { ErrorNote } from '../components/answers/error-note.tsx';
import { ReportChart } from '../components/reports/report-chart.tsx';
import { rangeOf, type Span, spans } from '../components/reports/report-range.ts';
import { ReportTable } from '../components/reports/report-table.tsx';
import { ReportTotals } from '../components/reports/report-totals.tsx';
import { StatusTable } from '../components/reports/status-table.tsx';
import { TargetTable } from '../components/reports/target-table.tsx';
import { Page } from '../ui/page.tsx';

const bys = ['day', 'hour', 'agent', 'team', 'channel', 'plan'] as const;
type By = (typeof bys)[number];

export default function ReportsPage() {
  const { t } = useTranslation();
  const [span, setSpan] = useState<Span>('7d');
  const [by, setBy] = useState<By>('day');
  const query = useMemo<ReportQuery>(() => {
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return { ...rangeOf(span, new Date(serverNow())), timeZone, by };
  }, [span, by]);
  const report = useQuery(reportQuery(query));
  const failed = report.isError && report.data === undefined;
  const csv = `/api/v1/reports.csv?${new URLSearchParams(query as unknown as Record<string, string>)}`;
  return (
    <Page
      title={t('nav.reports')}
      text={t('report.text')}
      actions={
        <>
          <Select
            size="xs"
            w={170}
            aria-label={t('report.span')}
            data={spans.map((value) => ({ value, label: t(`span.${value}`) }))}
            value={span}
            onChange={(value) => value && setSpan(value as Span)}
          />
          <Button
            component="a"
            href={csv}
            download
            size="xs"
            variant="default"
            leftSection={<IconDownload size={15} />}
          >
            CSV
          </Button>
        </>
      }
    >
      {failed && <ErrorNote error={report.error} onRetry={() => void report.refetch()} />}
      {!failed && <ReportTotals totals={report.data?.totals} />}
      <SegmentedControl
        size="xs"
        mb="md"
        aria-label={t('report.by')}
        data={bys.map((value) => ({ value, label: t(`report.${value}`) }))}
        value={by}
        onChange={(value) => setBy(value as By)}
      />
      {!failed && <ReportChart report={report.data} />}
      {!failed && <ReportTable report={report.data} by={by} />}
      {!failed && <TargetTable report={report.data} by={by} />}
      <StatusTable
        query={{ from: query.from, to: query.to, timeZone: query.timeZone }}
        byDay={false}
      />
    </Page>
  );
}
