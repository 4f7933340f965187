// Whether what contacts were told of their waits was right: shares within, before and after, and the figures.
import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { SegmentedControl, Skeleton } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ToldWaitRow, ToldWaitsReport } from '../../api/shapes.ts';
import { toldWaitsQuery } from '../../api/side-queries.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { inOrder } from '../../ui/in-order.ts';
import { Card } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { CsvLink } from '../answers/csv-link.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import type { ReportSpan } from './report-range.ts';

const bys = ['hour', 'day', 'plan', 'length'] as const;
type By = (typeof bys)[number];

/** A tenth is to be shorter, and a tenth longer. */
const lines = [{ y: 0.1 }, { y: 0.9 }].map((line) => ({ ...line, color: 'gray.7', label: '' }));
const whole = { domain: [0, 1] as [number, number], ticks: [0, 0.1, 0.5, 0.9, 1] };

export function ToldSection({ span }: { span: ReportSpan }) {
  const { t } = useTranslation();
  const [by, setBy] = useState<By>('hour');
  const query = { ...span, by };
  const report = useQuery(toldWaitsQuery(query));
  const title = t('told.title');
  if (report.isError && report.data === undefined) {
    return <ErrorNote error={report.error} onRetry={() => void report.refetch()} />;
  }
  return (
    <>
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', marginBottom: 16 }}>
        <SegmentedControl
          size="xs"
          aria-label={t('report.by')}
          data={bys.map((value) => ({
            value,
            label: t(value === 'length' ? 'told.length' : `report.${value}`),
          }))}
          value={by}
          onChange={(value) => setBy(value as By)}
        />
        <CsvLink path="/api/v1/reports/told-waits.csv" query={query} label={title} />
      </div>
      {report.data?.rows.length === 0 ? (
        <Card title={title}>
          <EmptyState
            icon={<IconChartBar size={20} />}
            title={t('told.none')}
            text={t('told.noneText')}
          />
        </Card>
      ) : (
        <Found by={by} report={report.data} />
      )}
    </>
  );
}

function Found({ by, report }: { by: By; report: ToldWaitsReport | undefined }) {
  const { t } = useTranslation();
  const nameOf = useNames(by);
  const format = useFormat();
  return (
    <>
      <Card title={t('told.chart')} note={t('told.chartText')}>
        {report === undefined ? (
          <Skeleton height={200} />
        ) : (
          <BarChart
            h={200}
            type="stacked"
            data={report.rows
              .filter(({ known }) => known > 0)
              .slice(-92)
              .map(({ key, known, shorter, within, longer }) => ({
                label: nameOf(key),
                shorter: shorter / known,
                within: within / known,
                longer: longer / known,
              }))}
            dataKey="label"
            series={[
              { name: 'shorter', label: t('told.shorter'), color: 'gray.4' },
              { name: 'within', label: t('told.within'), color: 'iris.5' },
              { name: 'longer', label: t('told.longer'), color: 'orange.5' },
            ]}
            referenceLines={lines}
            withLegend
            legendProps={inOrder}
            tickLine="none"
            gridAxis="none"
            valueFormatter={format.share}
            yAxisProps={whole}
            barProps={{ maxBarSize: 28 }}
          />
        )}
      </Card>
      <Figures by={by} report={report} />
    </>
  );
}

function Figures({ by, report }: { by: By; report: ToldWaitsReport | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useNames(by);
  const share = (value: number | null) => (value === null ? '–' : format.share(value));
  const part = (some: number, known: number) => share(known === 0 ? null : some / known);
  const time = (seconds: number | null) => (seconds === null ? '–' : format.longSpan(seconds));
  const right = true;
  const columns: Column<ToldWaitRow>[] = [
    {
      head: t(by === 'length' ? 'told.length' : `report.${by}`),
      cell: ({ key }) => (key === '' ? t('report.total') : nameOf(key)),
    },
    { head: t('told.told'), right, cell: ({ told }) => format.number(told) },
    { head: t('told.known'), right, cell: ({ known }) => format.number(known) },
    { head: t('told.shorter'), right, cell: ({ shorter, known }) => part(shorter, known) },
    { head: t('told.within'), right, cell: ({ withinShare }) => share(withinShare) },
    { head: t('told.longer'), right, cell: ({ longer, known }) => part(longer, known) },
    { head: t('told.toldTime'), right, cell: ({ toldSecondsP50 }) => time(toldSecondsP50) },
    { head: t('told.waited'), right, cell: ({ waitedSecondsP50 }) => time(waitedSecondsP50) },
  ];
  const rows = report && [{ key: '', ...report.totals }, ...report.rows];
  return (
    <Card title={t('told.title')} note={t('told.text')} flush>
      <Table wide label={t('told.title')} columns={columns} rows={rows} rowKey={({ key }) => key} />
    </Card>
  );
}

function useNames(by: By): (key: string) => string {
  const { t } = useTranslation();
  const format = useFormat();
  if (by === 'hour') return (key) => `${key}:00`;
  if (by === 'day') return (key) => format.day(`${key}T12:00:00`);
  if (by === 'plan') return (key) => (key === 'none' ? t('side.none') : key);
  return (key) => t('told.from', { time: format.longSpan(Number(key)) });
}
