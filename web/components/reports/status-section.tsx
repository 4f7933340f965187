// How long each person was what.
import type { ReportSpan } from './report-range.ts';
import { StatusTable } from './status-table.tsx';

export function StatusSection({ span }: { span: ReportSpan }) {
  return <StatusTable query={span} byDay={false} />;
}
