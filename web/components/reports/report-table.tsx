// The figures of a report row by row, with their totals.
import { useTranslation } from 'react-i18next';
import type { Report, ReportListQuery, ReportQuery } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Card } from '../../ui/page.tsx';
import classes from '../../ui/table.module.css';
import { type Column, Table } from '../../ui/table.tsx';
import { Figure } from './behind-figures.tsx';
import { nameRow } from './name-row.ts';

type By = NonNullable<ReportQuery['by']>;
type Row = Report['rows'][number];
type Listed = NonNullable<ReportListQuery['figure']>;

export function ReportTable({ report, by }: { report: Report | undefined; by: By }) {
  const { t } = useTranslation();
  const format = useFormat();
  // The row of the totals is of no key.
  const behind = (row: Row, figure: Listed) => ({
    of: row.key === '' ? { figure } : { figure, by, key: row.key },
    count: row[figure],
  });
  const titleOf = (row: Row, head: string) => `${head}, ${nameRow(row.label, by, format)}`;
  const number = (name: Listed, head: string): Column<Row> => ({
    head,
    right: true,
    cell: (row) => (
      <Figure {...behind(row, name)} title={titleOf(row, head)}>
        {format.number(row[name])}
      </Figure>
    ),
  });
  const span = (name: 'wait' | 'firstAnswer' | 'handling', head: string): Column<Row> => ({
    head,
    right: true,
    cell: (row) => (
      <Figure {...behind(row, `${name}s`)} title={titleOf(row, head)}>
        {told(row[`${name}SecondsP50`])}
      </Figure>
    ),
  });
  const told = (seconds: number | null) => (seconds === null ? '–' : format.longSpan(seconds));
  const columns: Column<Row>[] = [
    { head: t(`report.${by}`), cell: ({ label }) => nameRow(label, by, format) },
    number('opened', t('report.opened')),
    number('assigned', t('report.assigned')),
    number('closed', t('report.closed')),
    number('abandoned', t('report.abandoned')),
    span('wait', t('report.wait')),
    span('firstAnswer', t('report.firstAnswer')),
    span('handling', t('report.handling')),
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
