// How evenly load and conversations were spread over the agents, day by day.
import { IconChartBar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fairnessQuery } from '../../api/queries.ts';
import type { FairnessQuery, FairnessReport } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { Column } from '../../ui/table.tsx';
import { ReportCard } from './report-card.tsx';

type Row = FairnessReport['rows'][number];

export function FairnessTable({ query }: { query: FairnessQuery }) {
  const { t } = useTranslation();
  const report = useQuery(fairnessQuery(query));
  const rows = report.data?.rows.filter(({ agents }) => agents > 0);
  const columns = useColumns();
  return (
    <ReportCard
      title={t('fairness.title')}
      note={t('fairness.text')}
      csv={{ path: '/api/v1/reports/fairness.csv', query }}
      report={report}
      columns={columns}
      rows={rows}
      rowKey={({ day }) => day}
      empty={
        <EmptyState
          icon={<IconChartBar size={20} />}
          title={t('side.nobodyOnline')}
          text={t('report.noneText')}
        />
      }
    />
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const spread = (head: string, of: 'load' | 'given'): Column<Row> => ({
    head,
    right: true,
    cell: (row) => {
      const one = row[of];
      if (one === null) return '–';
      const [lowest, highest] = [format.decimal(one.lowest), format.decimal(one.highest)];
      return t('fairness.spread', { lowest, highest });
    },
  });
  const jain = (head: string, of: 'load' | 'given'): Column<Row> => ({
    head,
    right: true,
    cell: (row) => (row[of] === null ? '–' : format.index(row[of].jain)),
  });
  return [
    { head: t('report.day'), cell: ({ day }) => format.day(`${day}T12:00:00`) },
    { head: t('fairness.agents'), right: true, cell: ({ agents }) => format.number(agents) },
    jain(t('fairness.loadJain'), 'load'),
    spread(t('fairness.load'), 'load'),
    jain(t('fairness.givenJain'), 'given'),
    spread(t('fairness.given'), 'given'),
  ];
}
