// A staffing for programs: as JSON, and its half hours as CSV (RFC 4180).
import { makeZoneTime } from '../staffing/half-hours.ts';
import type { StaffedHalfHour } from '../staffing/staff.ts';
import type { Staffing } from './run-staffing.ts';

export function presentStaffing({ halfHours, forecast, ...whole }: Staffing) {
  const write = makeStarts(whole.timeZone, halfHours);
  return {
    ...whole,
    forecast: { ...forecast, oddDays: forecast.oddDays.map((at) => write(at).slice(0, 10)) },
    halfHours: halfHours.map(({ at, ...one }) => ({ start: write(at), ...one })),
  };
}

/** Nothing in it is a stranger’s text, so no cell needs quotes. */
export function writeStaffingCsv(
  { timeZone, halfHours }: Staffing,
  costPerHour: number | null,
): string {
  const write = makeStarts(timeZone, halfHours);
  const rows = halfHours.map(({ at, ...one }) => [
    write(at),
    ...(one.mean === null ? ['', '', ''] : [round(one.mean, 3), one.p10, one.p90]),
    ...[one.state, one.agents, one.agentsP10, one.agentsP90, one.byFormula],
    ...[one.reached, one.oneLess, one.oneMore].map((figure) => figure && round(figure, 5)),
    costPerHour === null || one.agents === null ? null : (one.agents * costPerHour) / 2,
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map((cell) => cell ?? '').join(',')}\r\n`).join('');
}

const COLUMNS = [
  ...['start', 'arrivals', 'arrivalsP10', 'arrivalsP90', 'state', 'agents'],
  ...['agentsP10', 'agentsP90', 'agentsByFormula', 'reached', 'oneLess', 'oneMore', 'cost'],
];

const round = (value: number, digits: number) => Number(value.toFixed(digits));

/** Writes a moment as the clocks of the zone show it, with their offset, as 2026-01-31T09:00+07:00. */
export function makeStarts(
  timeZone: string,
  halfHours: readonly Pick<StaffedHalfHour, 'at'>[],
): (at: number) => string {
  const [from = 0, until = 0] = [halfHours[0]?.at, halfHours.at(-1)?.at];
  const time = makeZoneTime(timeZone, { from: from - HISTORY, until });
  return (at) => {
    const ahead = time.aheadMs(at);
    const shown = new Date(at + ahead).toISOString().slice(0, 16);
    const minutes = Math.abs(ahead) / 60_000;
    const two = (number: number) => String(number).padStart(2, '0');
    return `${shown}${ahead < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  };
}

/** Odd days lie behind; no history is longer. */
const HISTORY = 5.1 * 366 * 86_400_000;
