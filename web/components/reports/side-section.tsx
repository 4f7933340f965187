// What the sections on agents share: by whom it is told, a picture of the days, a table and CSV.
import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { SegmentedControl, Skeleton } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { inOrder } from '../../ui/in-order.ts';
import { Card } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { CsvLink } from '../answers/csv-link.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import { daysOf, type ReportSpan } from './report-range.ts';

export type SideBy = 'agent' | 'team' | 'plan' | 'channel';
export const sideBys = ['agent', 'team', 'plan', 'channel'] as const;

interface Keyed {
  day: string | null;
  key: string;
  label: string | null;
}
type Rows<Row> = UseQueryResult<{ rows: Row[] }, Error>;

export interface Bar {
  name: string;
  label: string;
  color: string;
}

export function SideSection<Row extends Keyed>(props: {
  title: string;
  note: string;
  span: ReportSpan;
  by: SideBy;
  bys: readonly SideBy[];
  onBy: (by: SideBy) => void;
  rows: Rows<Row>;
  days: Rows<Row>;
  columns: Column<Row>[];
  bars: Bar[];
  barsOf: (row: Row) => Record<string, number>;
  /** A bar's value in words. */
  wordOf?: (value: number) => string;
  /** The bars are shares of a whole, which stands on top. */
  shares?: boolean;
  csv: { path: string; query: object };
  isEmpty: (row: Row) => boolean;
  empty: { title: string; text: string; action?: ReactNode };
  actions?: ReactNode;
}) {
  const { t } = useTranslation();
  const { title, rows, by, empty } = props;
  const failed = [rows, props.days].find(({ isError, data }) => isError && data === undefined);
  if (failed !== undefined) {
    return <ErrorNote error={failed.error} onRetry={() => void failed.refetch()} />;
  }
  const some = rows.data?.rows.filter((row) => !props.isEmpty(row));
  const nameOf = ({ key, label }: Row) => label ?? (key === 'none' ? t('side.none') : '–');
  const head: Column<Row> = { head: t(`report.${by}`), cell: nameOf };
  return (
    <>
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', marginBottom: 16 }}>
        <SegmentedControl
          size="xs"
          aria-label={t('report.by')}
          data={props.bys.map((value) => ({ value, label: t(`report.${value}`) }))}
          value={by}
          onChange={(value) => props.onBy(value as SideBy)}
        />
        <CsvLink {...props.csv} label={title} />
        {props.actions}
      </div>
      {some?.length === 0 ? (
        <Card title={title}>
          <EmptyState icon={<IconChartBar size={20} />} title={empty.title} text={empty.text}>
            {empty.action}
          </EmptyState>
        </Card>
      ) : (
        <>
          <Days {...props} />
          <Card title={title} note={props.note} flush>
            <Table
              wide
              label={title}
              columns={[head, ...props.columns]}
              rows={some}
              rowKey={({ key }) => key}
            />
          </Card>
        </>
      )}
    </>
  );
}

const wholeOnTop = { domain: [0, (most: number) => Math.max(1, most)] as [number, () => number] };

/** Nothing for a single day, whose figures are in the table. */
function Days<Row extends Keyed>(props: {
  span: ReportSpan;
  days: Rows<Row>;
  bars: Bar[];
  barsOf: (row: Row) => Record<string, number>;
  wordOf?: (value: number) => string;
  shares?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = props.days.data?.rows;
  const days = daysOf(props.span);
  if (days.length < 2) return null;
  const wordOf = props.shares ? format.share : props.wordOf;
  const ofDay = new Map(rows?.map((row) => [row.day, row]));
  const barsOn = (day: string) => {
    const row = ofDay.get(day);
    return row === undefined ? {} : props.barsOf(row);
  };
  return (
    <Card title={t('side.byDay')}>
      {rows === undefined ? (
        <Skeleton height={180} />
      ) : (
        <BarChart
          h={180}
          type="stacked"
          data={days.map((day) => ({ label: format.day(`${day}T12:00:00`), ...barsOn(day) }))}
          dataKey="label"
          series={props.bars}
          withLegend={props.bars.length > 1}
          legendProps={inOrder}
          tickLine="none"
          gridAxis="x"
          {...(wordOf && { valueFormatter: wordOf })}
          yAxisProps={props.shares ? wholeOnTop : { allowDecimals: false }}
          barProps={{ maxBarSize: 28 }}
        />
      )}
    </Card>
  );
}
