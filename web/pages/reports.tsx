// What was: volume, waits, answers, handling, by day, hour, agent, team and channel, as charts, a table and CSV.
import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { Button, SegmentedControl, Select, Skeleton } from '@mantine/core';
import { IconChartBar, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reportQuery } from '../api/queries.ts';
import type { Report, ReportQuery } from '../api/shapes.ts';
import { ErrorNote } from '../components/error-note.tsx';
import { rangeOf, type Span, spans } from '../components/report-range.ts';
import { type Format, useFormat } from '../i18n/use-format.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Card, Page, Tile, Tiles } from '../ui/page.tsx';
import { type Column, Table } from '../ui/table.tsx';
import ui from '../ui/ui.module.css';

const bys = ['day', 'hour', 'agent', 'team', 'channel'] as const;
type By = (typeof bys)[number];
type Row = Report['rows'][number];

export default function ReportsPage() {
  const { t } = useTranslation();
  const [span, setSpan] = useState<Span>('7d');
  const [by, setBy] = useState<By>('day');
  const query = useMemo<ReportQuery>(() => {
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return { ...rangeOf(span, new Date()), timeZone, by };
  }, [span, by]);
  const report = useQuery(reportQuery(query));
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
            allowDeselect={false}
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
      {report.isError && <ErrorNote error={report.error} onRetry={() => void report.refetch()} />}
      <Totals totals={report.data?.totals} />
      <SegmentedControl
        size="xs"
        mb="md"
        aria-label={t('report.by')}
        data={bys.map((value) => ({ value, label: t(`report.${value}`) }))}
        value={by}
        onChange={(value) => setBy(value as By)}
      />
      <Volume report={report.data} />
      <Rows report={report.data} by={by} />
    </Page>
  );
}

function Totals({ totals }: { totals: Report['totals'] | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const wait = <Skeleton height={24} width={48} mt={4} />;
  const span = (seconds: number | null) => (seconds === null ? '–' : format.longSpan(seconds));
  const p90 = (seconds: number | null) =>
    seconds === null ? undefined : t('report.p90', { time: format.longSpan(seconds) });
  return (
    <Tiles>
      <Tile
        label={t('report.opened')}
        value={totals ? format.number(totals.opened) : wait}
        note={totals && t('report.closedCount', { count: totals.closed })}
      />
      <Tile
        label={t('report.wait')}
        value={totals ? span(totals.waitSecondsP50) : wait}
        note={totals && p90(totals.waitSecondsP90)}
      />
      <Tile
        label={t('report.firstAnswer')}
        value={totals ? span(totals.firstAnswerSecondsP50) : wait}
        note={totals && p90(totals.firstAnswerSecondsP90)}
      />
      <Tile
        label={t('report.handling')}
        value={totals ? span(totals.handlingSecondsP50) : wait}
        note={totals && p90(totals.handlingSecondsP90)}
      />
      <Tile
        label={t('report.abandoned')}
        value={totals ? format.number(totals.abandoned) : wait}
        note={
          totals && totals.closed > 0 ? format.share(totals.abandoned / totals.closed) : undefined
        }
      />
      <Tile
        label={t('report.rating')}
        value={
          totals
            ? totals.ratingAverage === null
              ? '–'
              : format.decimal(totals.ratingAverage)
            : wait
        }
        note={totals && t('report.ratings', { count: totals.ratings })}
      />
    </Tiles>
  );
}

/** A day as the reader writes it; everything else has a name already. */
function showKey(label: string | null, by: string, format: Format): string {
  if (label === null) return '–';
  return by === 'day' && /^\d{4}-\d\d-\d\d$/.test(label) ? format.day(`${label}T12:00:00`) : label;
}

function Volume({ report }: { report: Report | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (report === undefined)
    return (
      <Card title={t('report.volume')}>
        <Skeleton height={220} />
      </Card>
    );
  if (report.rows.every(({ opened, closed }) => opened + closed === 0)) {
    return (
      <Card title={t('report.volume')}>
        <EmptyState
          icon={<IconChartBar size={20} />}
          title={t('report.none')}
          text={t('report.noneText')}
        />
      </Card>
    );
  }
  return (
    <Card title={t('report.volume')}>
      <BarChart
        h={220}
        data={report.rows.slice(0, 92).map(({ label, opened, closed, abandoned }) => ({
          label: showKey(label, report.by, format),
          opened,
          closed,
          abandoned,
        }))}
        dataKey="label"
        series={[
          { name: 'opened', label: t('report.opened'), color: 'iris.5' },
          { name: 'closed', label: t('report.closed'), color: 'gray.5' },
          { name: 'abandoned', label: t('report.abandoned'), color: 'orange.5' },
        ]}
        withLegend
        tickLine="none"
        gridAxis="x"
        barProps={{ radius: 2, maxBarSize: 28 }}
      />
    </Card>
  );
}

function Rows({ report, by }: { report: Report | undefined; by: By }) {
  const { t } = useTranslation();
  const format = useFormat();
  const number = (name: keyof Report['totals'], head: string): Column<Row> => ({
    head,
    right: true,
    cell: (row) => format.number(row[name] ?? 0),
  });
  const span = (name: keyof Report['totals'], head: string): Column<Row> => ({
    head,
    right: true,
    cell: (row) => (row[name] === null ? '–' : format.longSpan(row[name] ?? 0)),
  });
  const columns: Column<Row>[] = [
    { head: t(`report.${by}`), cell: ({ label }) => showKey(label, by, format) },
    number('opened', t('report.opened')),
    number('assigned', t('report.assigned')),
    number('closed', t('report.closed')),
    number('abandoned', t('report.abandoned')),
    span('waitSecondsP50', t('report.wait')),
    span('firstAnswerSecondsP50', t('report.firstAnswer')),
    span('handlingSecondsP50', t('report.handling')),
    number('messagesIn', t('report.in')),
    number('messagesOut', t('report.out')),
  ];
  const totals = report && ({ key: '', label: t('report.total'), ...report.totals } as Row);
  return (
    <Card title={t('report.table')} flush>
      <Table
        label={t('report.table')}
        columns={columns}
        rows={report?.rows}
        rowKey={({ key }) => key}
        foot={
          totals && (
            <tfoot>
              <tr style={{ fontWeight: 600 }}>
                {columns.map(({ head, cell, right }) => (
                  <td key={head} className={right ? ui.right : undefined}>
                    {cell(totals)}
                  </td>
                ))}
              </tr>
            </tfoot>
          )
        }
      />
    </Card>
  );
}
