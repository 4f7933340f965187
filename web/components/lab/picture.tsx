// A picture of one figure, of one run or two, with its table.
import { BarChart, LineChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { inOrder } from '../../ui/in-order.ts';
import { Card } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import type { Estimate } from './compare.ts';
import { Figure } from './figure.tsx';
import type { Row } from './rows-of.ts';

export function Picture(props: {
  title: string;
  note: string;
  head: string;
  rows: readonly Row[];
  line?: boolean;
  /** A share by itself. */
  say?: (value: number) => string;
  /** Of the axis; undefined: as much as there is. */
  most?: number | undefined;
  /** What is looked at, to choose. */
  children?: React.ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { title, note, head, rows, say = format.share } = props;
  const most = 'most' in props ? props.most : 1;
  const two = rows.some(({ changed }) => changed !== null);
  const Chart = props.line ? LineChart : BarChart;
  const series = [
    { name: 'first', label: t('lab.first'), color: 'gray.5' },
    ...(two ? [{ name: 'changed', label: t('lab.changed'), color: 'iris.5' }] : []),
  ];
  const told = (estimate: Estimate | null) => (
    <Figure
      estimate={estimate}
      say={say}
      {...(say === format.share && { sayCi: format.fineShare })}
    />
  );
  const columns: Column<Row>[] = [
    { head, cell: ({ label }) => label },
    { head: t('lab.first'), right: true, cell: (row) => told(row.first) },
    ...(two
      ? [{ head: t('lab.changed'), right: true, cell: (row: Row) => told(row.changed) }]
      : []),
  ];
  return (
    <Card title={title} note={note}>
      {props.children}
      <Chart
        h={220}
        data={rows.map(({ label, ...row }) => ({
          ...{ label, first: row.first?.value ?? null, changed: row.changed?.value ?? null },
        }))}
        dataKey="label"
        series={series}
        valueFormatter={say}
        yAxisProps={{ domain: [0, most ?? 'auto'] }}
        withLegend
        legendProps={inOrder}
        tickLine="none"
        gridAxis="x"
        {...(props.line && { curveType: 'linear' as const })}
      />
      <Folded when={rows.length > MOST_UNFOLDED}>
        <Table label={title} columns={columns} rows={rows} rowKey={({ label }) => label} />
      </Folded>
    </Card>
  );
}

/** A longer table would push the next picture out of sight. */
const MOST_UNFOLDED = 10;

function Folded({ when, children }: { when: boolean; children: React.ReactNode }) {
  const { t } = useTranslation();
  if (!when) return children;
  return (
    <details>
      <summary>{t('lab.asTable')}</summary>
      {children}
    </details>
  );
}
