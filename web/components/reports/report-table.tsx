// The figures of a report row by row, with their totals.
import { useTranslation } from 'react-i18next';
import type { Report, ReportQuery } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Card } from '../../ui/page.tsx';
import classes from '../../ui/table.module.css';
import { type Column, Table } from '../../ui/table.tsx';
import { nameRow } from './name-row.ts';

type By = NonNullable<ReportQuery['by']>;
type Row = Report['rows'][number];

export function ReportTable({ report, by }: { report: Report | undefined; by: By }) {
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
    { head: t(`report.${by}`), cell: ({ label }) => nameRow(label, by, format) },
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
        wide
        label={t('report.table')}
        columns={columns}
        rows={report?.rows}
        rowKey={({ key }) => key}
        foot={
          totals && (
            <tfoot>
              <tr style={{ fontWeight: 600 }}>
                {columns.map(({ head, cell, right }) => (
                  <td key={head} className={right ? classes.right : undefined}>
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
