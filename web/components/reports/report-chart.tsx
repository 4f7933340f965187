// How much came and went, as bars.
import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { inOrder } from '../../ui/in-order.ts';
import { Card } from '../../ui/page.tsx';
import { nameRow } from './name-row.ts';
import { sumByWeeks } from './sum-by-weeks.ts';

export function ReportChart({ report }: { report: Report | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (report === undefined)
    return (
      <Card title={t('report.volume')}>
        <Skeleton height={220} />
      </Card>
    );
  return (
    <Card title={t('report.volume')} note={isByWeek(report) ? t('report.byWeek') : undefined}>
      <BarChart
        h={220}
        data={drawn(report).map(({ label, opened, closed, abandoned }) => ({
          label: nameRow(label, report.by, format),
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
        legendProps={inOrder}
        yAxisProps={{ allowDecimals: false }}
        tickLine="none"
        gridAxis="x"
        barProps={{ radius: 2, maxBarSize: 28 }}
      />
    </Card>
  );
}

/** As many bars as can be told apart. */
const MOST_BARS = 92;

/** More days than that are drawn week by week, from the first day on. */
function drawn(report: Report): Report['rows'] {
  return isByWeek(report) ? sumByWeeks(report.rows) : report.rows.slice(0, MOST_BARS);
}

function isByWeek({ rows, by }: Report): boolean {
  return by === 'day' && rows.length > MOST_BARS;
}
