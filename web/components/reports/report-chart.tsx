// How much came and went, as bars.
import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { Skeleton } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { inOrder } from '../../ui/in-order.ts';
import { Card } from '../../ui/page.tsx';
import { nameRow } from './name-row.ts';

export function ReportChart({ report }: { report: Report | undefined }) {
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
        tickLine="none"
        gridAxis="x"
        barProps={{ radius: 2, maxBarSize: 28 }}
      />
    </Card>
  );
}
