// Somebody uploads a file of shifts: first what would happen and what is wrong, then the change itself.
import {
  LONGEST_SHIFT_DAYS,
  MOST_SHIFT_FAULTS,
  type ShiftCsvQuery,
  type ShiftCsvResult,
} from '../contract/shifts.ts';
import { Refused } from '../errors.ts';
import { daysAround } from '../routing/calendars/moment-of.ts';
import { listNamedAgents } from '../store/shifts.ts';
import { listStatuses } from '../store/statuses.ts';
import { isTimeZone } from './change-settings.ts';
import type { Desk } from './context.ts';
import { fitShifts, type Planned } from './fit-shifts.ts';
import { refuseUnplannable, replaceShifts } from './put-shifts.ts';
import { type CsvFault, type Known, readShiftCsv } from './read-shift-csv.ts';
import { wordShiftFault } from './word-shift-fault.ts';

const SHOWN = 200;
const DAY_MS = 86_400_000;

/** `check`: nothing is changed. Otherwise refuses `shift.invalid` with the first faults, and `shift.overlapping`. */
export async function uploadShifts(
  desk: Desk,
  by: { workspaceId: string; actor: string },
  { content, ...query }: ShiftCsvQuery & { content: Uint8Array },
): Promise<ShiftCsvResult> {
  const { workspaceId } = by;
  const { timeZone, check = false } = query;
  if (!isTimeZone(timeZone)) {
    throw new Refused('request.invalid', 'timeZone is not known: name one as Asia/Jakarta or UTC.');
  }
  const [agents, statuses] = await Promise.all([
    listNamedAgents(desk.db, workspaceId),
    listStatuses(desk.db, workspaceId),
  ]);
  const { planned, faults: unread } = readShiftCsv(content, { agents, statuses, timeZone });
  const span = spanOf(planned, query);
  if (span !== null) refuseUnplannable(span);
  const { shifts, faults } =
    unread.length > 0 ? { shifts: [], faults: unread } : fitAll(planned, span);
  const told = {
    faults: faults.slice(0, MOST_SHIFT_FAULTS).map(wordShiftFault),
    shifts: planned.slice(0, SHOWN).map((one) => present(one, { agents, statuses })),
  };
  const agentIds = [...new Set(planned.map(({ agentId }) => agentId))];
  if (told.faults.length === 0 && span !== null && !check) {
    return { ...told, ...(await replaceShifts(desk, by, { ...span, agentIds, shifts })) };
  }
  if (!check) {
    const [{ line = null, text = '' } = {}] = told.faults;
    throw new Refused('shift.invalid', line === null ? text : `Line ${line}: ${text}`, told);
  }
  const [from, to] = [span?.from.toISOString() ?? null, span?.to.toISOString() ?? null];
  return { ...told, from, to, agents: agentIds.length, removed: 0, added: shifts.length };
}

type Span = { from: Date; to: Date };

/** As it is given, or the whole days of the file; null: there is nothing to go by. */
function spanOf(planned: readonly Planned[], query: ShiftCsvQuery): Span | null {
  const starts = planned.map(({ start }) => start.getTime());
  const [first, last] = [Math.min(...starts), Math.max(...starts)];
  const given = { from: Date.parse(query.from ?? ''), to: Date.parse(query.to ?? '') };
  if (starts.length === 0) return null;
  const days = daysAround({ first, last }, query.timeZone);
  return {
    from: new Date(Number.isNaN(given.from) ? days.from : given.from),
    to: new Date(Number.isNaN(given.to) ? days.to : given.to),
  };
}

function fitAll(planned: readonly Planned[], span: Span | null) {
  const whole = (code: CsvFault['code']): CsvFault[] => [{ line: null, code, value: null }];
  if (span === null) return { shifts: [], faults: whole('empty') };
  const days = (span.to.getTime() - span.from.getTime()) / DAY_MS;
  // A day may have 25 hours.
  if (days > LONGEST_SHIFT_DAYS + 1) return { shifts: [], faults: whole('span-too-long') };
  const { shifts, misfits } = fitShifts(planned, span);
  const faults = misfits.map(({ place, code }): CsvFault => ({ line: place, code, value: null }));
  return { shifts, faults: faults.sort((one, other) => (one.line ?? 0) - (other.line ?? 0)) };
}

function present(
  { place, agentId, start, end, expects, statusId }: Planned,
  { agents, statuses }: Pick<Known, 'agents' | 'statuses'>,
) {
  const agentName = agents.find((one) => one.agentId === agentId)?.name ?? '';
  const status = statuses.find(({ id }) => id === statusId)?.name ?? null;
  const times = { start: start.toISOString(), end: end.toISOString() };
  return { line: place, agentId, agentName, ...times, expects, statusId, status };
}
