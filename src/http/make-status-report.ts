// A report of statuses from what the store has summed: a row for each agent and day, and its parts.
import type { StatusPart, StatusReportRow } from '../contract/status-report.ts';
import type { StatusTimeRow } from '../store/status-report.ts';

/** `found` has the parts of a row next to each other. */
export function makeStatusRows(
  found: readonly StatusTimeRow[],
  names: ReadonlyMap<string, string>,
): StatusReportRow[] {
  const rows: StatusReportRow[] = [];
  for (const one of found) {
    const last = rows.at(-1);
    const row = last?.agentId === one.agentId && last.day === one.day ? last : begin(one);
    if (row !== last) rows.push(row);
    if (one.availability === null || one.ms === null) continue;
    const { availability, statusId, cause, ms } = one;
    const name = statusId === null ? null : (names.get(statusId) ?? null);
    add(row, { availability, statusId, name, cause, ms });
  }
  return rows;
}

function begin({ agentId, agentName, day, spanMs }: StatusTimeRow): StatusReportRow {
  const nothing = { onlineMs: 0, awayMs: 0, offlineMs: 0, unrecordedMs: spanMs };
  return { agentId, agentName, day, spanMs, ...nothing, parts: [] };
}

function add(row: StatusReportRow, part: StatusPart): void {
  row[`${part.availability}Ms`] += part.ms;
  row.unrecordedMs -= part.ms;
  if (part.ms > 0) row.parts.push(part);
}
