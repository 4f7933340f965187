// How evenly work was spread.
import { FairnessTable } from './fairness-table.tsx';
import type { ReportSpan } from './report-range.ts';

export function FairnessSection({ span }: { span: ReportSpan }) {
  return <FairnessTable query={span} />;
}
