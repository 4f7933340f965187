// Reads a file of arrivals, counted by half hour or one by one, with each fault at its line, and says what it could not use.
import { parse } from 'csv-parse/sync';
import type { Instant } from '../routing/types.ts';
import { gatherArrivals } from './gather-arrivals.ts';
import type { History } from './history.ts';

export interface HistoryFault {
  /** null: of the whole. */
  line: number | null;
  /** What is wrong and what to do. */
  detail: string;
}

export type HistoryReading =
  | { history: History; notes: string[]; faults: readonly [] }
  | { history: null; faults: HistoryFault[] };

export const MOST_BYTES = 32 * 1024 * 1024;
export const MOST_ROWS = 500_000;
/** Longer is no value of any column. */
const LONGEST_RECORD = 200;
const MOST_FAULTS = 20;

/** A line of the file that has something in it. */
export interface Row {
  line: number;
  start: string;
  /** null: the file has a line for each arrival. */
  arrivals: string | null;
}

/** `timeZone`: IANA; of times without an offset, and of the week. `until`: nothing can have come from then on. */
export function readHistory(
  content: Uint8Array,
  { timeZone, until }: { timeZone: string; until: Instant },
): HistoryReading {
  const records = readRecords(content);
  if ('fault' in records) return { history: null, faults: [records.fault] };
  const rows = readRows(records.rows);
  if ('fault' in rows) return { history: null, faults: [rows.fault] };
  const gathered = gatherArrivals(rows.rows, { timeZone, until });
  if (gathered.history !== null) return gathered;
  const { faults } = gathered;
  const more = { line: null, detail: `There are ${faults.length - MOST_FAULTS} more faults.` };
  return {
    history: null,
    faults: faults.length > MOST_FAULTS ? [...faults.slice(0, MOST_FAULTS), more] : faults,
  };
}

interface Cells {
  record: string[];
  line: number;
}

const faultAt = (line: number | null, detail: string) => ({ fault: { line, detail } });

function readRecords(content: Uint8Array): { rows: Cells[] } | { fault: HistoryFault } {
  if (content.byteLength > MOST_BYTES) {
    return faultAt(
      null,
      `The file is longer than ${MOST_BYTES / 1024 ** 2} MiB: leave old years out.`,
    );
  }
  const text = decode(content);
  if (text === null) return faultAt(null, 'The file is no text in UTF-8: save it as CSV.');
  try {
    const found = parse(text, {
      ...{ bom: true, delimiter: [',', ';', '\t'], info: true, relax_column_count: true },
      ...{ skip_empty_lines: true, max_record_size: LONGEST_RECORD, to: MOST_ROWS + 2 },
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const rows = found
      .map(({ record, info }) => ({ record, line: info.lines }))
      .filter(({ record }) => record.some((cell) => cell.trim() !== ''));
    if (rows.length <= MOST_ROWS + 1) return { rows };
    return faultAt(null, `There are more than ${MOST_ROWS} lines: leave old years out.`);
  } catch (error) {
    // A quote without end runs over many lines; what is wrong begins below the last whole record.
    const { records = 0, empty_lines = 0 } = error as { records?: number; empty_lines?: number };
    return faultAt(
      records + empty_lines + 1,
      `This is no line of a CSV: quotes do not match, or it has more than ${LONGEST_RECORD} characters.`,
    );
  }
}

function decode(content: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return text.includes('\u0000') ? null : text;
  } catch {
    return null;
  }
}

const HEADER = 'The first line is “start,arrivals”, or “arrived” where each line is one arrival.';

function readRows([head, ...rest]: Cells[]): { rows: Row[] } | { fault: HistoryFault } {
  if (head === undefined) return faultAt(null, `The file is empty. ${HEADER}`);
  const names = head.record.map((cell) => cell.trim().toLowerCase());
  const isSingle = names.length === 1 && names[0] === 'arrived';
  const isCounted = names.length === 2 && names.includes('start') && names.includes('arrivals');
  if (!isSingle && !isCounted) return faultAt(head.line, HEADER);
  if (rest.length === 0) return faultAt(null, 'There is no line below the first one.');
  const misfit = rest.find(({ record }) => record.length !== names.length);
  if (misfit !== undefined) {
    const { length } = misfit.record;
    return faultAt(misfit.line, `It has ${length} values, and the first line ${names.length}.`);
  }
  const [start, arrivals] = [isSingle ? 0 : names.indexOf('start'), names.indexOf('arrivals')];
  return {
    rows: rest.map(({ record, line }) => ({
      line,
      start: (record[start] ?? '').trim(),
      arrivals: isSingle ? null : (record[arrivals] ?? '').trim(),
    })),
  };
}
