// A table of a report with its note and its CSV, or why it could not be read.
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Card } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { CsvLink } from '../answers/csv-link.tsx';
import { ErrorNote } from '../answers/error-note.tsx';

export function ReportCard<Row>(props: {
  title: string;
  note: string;
  csv: { path: string; query: object };
  report: Pick<UseQueryResult<unknown, Error>, 'isError' | 'data' | 'error' | 'refetch'>;
  columns: Column<Row>[];
  /** undefined: they are still to come. */
  rows: Row[] | undefined;
  rowKey: (row: Row) => string;
  empty?: ReactNode;
}) {
  const { title, note, csv, report, ...table } = props;
  return (
    <Card
      title={title}
      note={note}
      actions={<CsvLink {...csv} label={title} size="compact-sm" />}
      flush
    >
      {report.isError && report.data === undefined ? (
        <ErrorNote error={report.error} onRetry={() => void report.refetch()} />
      ) : (
        <Table wide label={title} {...table} />
      )}
    </Card>
  );
}
