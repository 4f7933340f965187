// Reads a file of shifts: agent, start, end and status, with each fault at its line. Pure.
import { parse } from 'csv-parse/sync';
import {
  isPlannable,
  MOST_SHIFT_FAULTS,
  MOST_SHIFTS,
  type ShiftFault,
} from '../contract/shifts.ts';
import { momentOf } from '../routing/calendars/moment-of.ts';
import type { NamedAgent } from '../store/shifts.ts';
import type { StatusRow } from '../store/statuses.ts';
import type { Planned } from './fit-shifts.ts';

export type CsvFault = Omit<ShiftFault, 'text'>;

export interface Known {
  agents: readonly NamedAgent[];
  statuses: readonly StatusRow[];
  timeZone: string;
}

const COLUMNS = ['agent', 'start', 'end', 'status'] as const;
type Column = (typeof COLUMNS)[number];
/** Longer is no value of any column. */
const LONGEST_RECORD = 4000;

/** The place of a shift is its line. */
export function readShiftCsv(
  content: Uint8Array,
  known: Known,
): { planned: Planned[]; faults: CsvFault[] } {
  const records = readRecords(content);
  if ('fault' in records) return { planned: [], faults: [records.fault] };
  const [head, ...rows] = records.rows;
  const header = readHeader(head);
  if (header.faults.length > 0) return { planned: [], faults: header.faults };
  const whole = (code: CsvFault['code']) => ({
    planned: [],
    faults: [{ line: null, code, value: null }],
  });
  if (rows.length === 0) return whole('empty');
  if (rows.length > MOST_SHIFTS) return whole('too-many');
  const find = { agent: indexAgents(known.agents), status: indexStatuses(known.statuses) };
  const planned: Planned[] = [];
  const faults: CsvFault[] = [];
  for (const { record, line } of rows) {
    const cell = (column: Column) => record[header.places[column] ?? -1]?.trim() ?? '';
    const read = readRow(cell, { line, find, timeZone: known.timeZone });
    if ('fault' in read) faults.push(read.fault);
    else planned.push(read);
    if (faults.length === MOST_SHIFT_FAULTS) break;
  }
  return { planned, faults };
}

interface Row {
  record: string[];
  line: number;
}

function readRecords(content: Uint8Array): { rows: Row[] } | { fault: CsvFault } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    if (text.includes('\u0000')) return { fault: { line: null, code: 'unreadable', value: null } };
    const found = parse(text, {
      ...{ bom: true, delimiter: [',', ';', '\t'], info: true, relax_column_count: true },
      ...{ skip_empty_lines: true, max_record_size: LONGEST_RECORD, to: MOST_SHIFTS + 2 },
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const rows = found
      .map(({ record, info }) => ({ record, line: info.lines }))
      .filter(({ record }) => record.some((cell) => cell.trim() !== ''));
    return { rows };
  } catch (error) {
    const { lines } = error as { lines?: number };
    return { fault: { line: lines ?? null, code: 'unreadable', value: null } };
  }
}

function readHeader(head: Row | undefined): {
  places: Partial<Record<Column, number>>;
  faults: CsvFault[];
} {
  const places: Partial<Record<Column, number>> = {};
  const faults: CsvFault[] = [];
  for (const [place, cell] of (head?.record ?? []).entries()) {
    const name = cell.trim().toLowerCase();
    const column = COLUMNS.find((one) => one === name);
    const fault = (code: CsvFault['code']) =>
      faults.push({ line: head?.line ?? 1, code, value: short(cell) });
    if (column === undefined) fault('column-unknown');
    else if (places[column] !== undefined) fault('column-twice');
    else places[column] = place;
  }
  const isWhole = COLUMNS.slice(0, 3).every((column) => places[column] !== undefined);
  if (isWhole) return { places, faults: faults.slice(0, MOST_SHIFT_FAULTS) };
  return { places, faults: [{ line: head?.line ?? 1, code: 'header-missing', value: null }] };
}

const short = (text: string) => [...text].slice(0, 100).join('');

interface Finders {
  agent(text: string): string | 'agent-unknown' | 'agent-ambiguous';
  status(text: string): Pick<Planned, 'expects' | 'statusId'> | null;
}

function readRow(
  cell: (column: Column) => string,
  { line, find, timeZone }: { line: number; find: Finders; timeZone: string },
): Planned | { fault: CsvFault } {
  const fault = (code: CsvFault['code'], value: string) => ({
    fault: { line, code, value: short(value) },
  });
  const agentId = find.agent(cell('agent'));
  if (agentId === 'agent-unknown' || agentId === 'agent-ambiguous')
    return fault(agentId, cell('agent'));
  const [start, end] = [momentOf(cell('start'), timeZone), momentOf(cell('end'), timeZone)];
  if ('fault' in start) return fault(start.fault, cell('start'));
  if ('fault' in end) return fault(end.fault, cell('end'));
  if (!isPlannable(start.at)) return fault('time-unreadable', cell('start'));
  if (!isPlannable(end.at)) return fault('time-unreadable', cell('end'));
  const expected = find.status(cell('status'));
  if (expected === null) return fault('status-unknown', cell('status'));
  return { place: line, agentId, start: new Date(start.at), end: new Date(end.at), ...expected };
}

/** By id, address or name; case does not matter. */
function indexAgents(agents: readonly NamedAgent[]): Finders['agent'] {
  const unique = new Map<string, string>();
  const names = new Map<string, string | null>();
  for (const { agentId, name, email } of agents) {
    unique.set(agentId, agentId);
    if (email !== null) unique.set(email.toLowerCase(), agentId);
    const key = name.trim().toLowerCase();
    names.set(key, names.has(key) ? null : agentId);
  }
  return (text) => {
    const key = text.toLowerCase();
    const found = unique.get(key) ?? names.get(key);
    if (found === null) return 'agent-ambiguous';
    return found ?? 'agent-unknown';
  };
}

/** Nothing, or online: at work. */
function indexStatuses(statuses: readonly StatusRow[]): Finders['status'] {
  const byName = new Map(statuses.toReversed().map(({ id, name }) => [name.toLowerCase(), id]));
  return (text) => {
    const name = text.toLowerCase();
    if (name === '' || name === 'online') return { expects: 'online', statusId: null };
    const statusId = byName.get(name);
    if (statusId !== undefined) return { expects: 'away', statusId };
    return name === 'away' ? { expects: 'away', statusId: null } : null;
  };
}
