// The share that was within its target, row by row, for each kind of target.
import { useTranslation } from 'react-i18next';
import type { Report, ReportQuery } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Card } from '../../ui/page.tsx';
import classes from '../../ui/table.module.css';
import { type Column, Table } from '../../ui/table.tsx';
import { nameRow } from './name-row.ts';

type By = NonNullable<ReportQuery['by']>;
type Row = Report['rows'][number];
const kinds = ['firstAnswer', 'nextAnswer', 'end'] as const;
type Kind = (typeof kinds)[number];

const countOf = (row: Report['totals'], kind: Kind) => row[`${kind}sMet`] + row[`${kind}sMissed`];

/** Nothing where no plan has had any targets. */
export function TargetTable({ report, by }: { report: Report | undefined; by: By }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (report === undefined) return null;
  const shown = kinds.filter((kind) => countOf(report.totals, kind) > 0);
  if (shown.length === 0) return null;
  const share = (kind: Kind): Column<Row> => ({
    head: t(`target.${kind}`),
    right: true,
    cell: (row) => {
      const count = countOf(row, kind);
      if (count === 0) return '–';
      return t('side.shareOf', {
        share: format.share(row[`${kind}sMet`] / count),
        count: format.number(count),
      });
    },
  });
  const columns: Column<Row>[] = [
    { head: t(`report.${by}`), cell: ({ label }) => nameRow(label, by, format) },
    ...shown.map(share),
  ];
  const totals = { key: '', label: t('report.total'), ...report.totals } as Row;
  return (
    <Card title={t('report.targets')} note={t('report.targetsText')} flush>
      <Table
        wide
        label={t('report.targets')}
        columns={columns}
        rows={report.rows.filter((row) => kinds.some((kind) => countOf(row, kind) > 0))}
        rowKey={({ key }) => key}
        foot={
          <tfoot>
            <tr style={{ fontWeight: 600 }}>
              {columns.map(({ head, cell, right }) => (
                <td key={head} className={right ? classes.right : undefined}>
                  {cell(totals)}
                </td>
              ))}
            </tr>
          </tfoot>
        }
      />
    </Card>
  );
}
