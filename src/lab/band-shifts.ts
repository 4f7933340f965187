// How many of a group are there by the quarter of an hour, as parts of the group with shifts. Pure.
import type { ScenarioAgents, Shift } from '../contract/scenario.ts';
import { isOfADay, QUARTER } from './cover-quarters.ts';

/** A part of a group that comes and goes together. */
export type Band = Pick<ScenarioAgents, 'shifts' | 'shiftsEvery'> & { count: number };

/** More rows than this nobody reads; large groups come and go by more than one at a time. */
const MOST_BANDS = 4;
/** As many as a scenario takes of one agent. */
const MOST_SHIFTS = 200;
const AN_HOUR = 4;

/**
 * `online`: in each quarter of a day or a week, how many were there on average. Agents are whole: what
 * is rounded off of one quarter counts in the next, so that the sum stays. Somebody is there at least
 * when most were. Who comes and goes all the time does so by the hour.
 */
export function bandShifts(online: readonly number[]): Band[] {
  const most = Math.max(...online);
  const unit = Math.max(1, Math.ceil(most / MOST_BANDS));
  const units = online.map((here) => here / unit);
  const fine = listLevels(roundOn(units));
  const levels = fine.every((one) => (one?.length ?? 0) <= MOST_SHIFTS)
    ? fine
    : listLevels(roundOn(units, AN_HOUR));
  const known = levels.length > 0 ? levels : [listShifts(online.map((here) => here === most))];
  const shiftsEvery = isOfADay(online) ? 'day' : 'week';
  return [...Map.groupBy(known, (shifts) => JSON.stringify(shifts)).values()].map((same) => {
    const [shifts = null] = same;
    return { count: same.length * unit, ...(shifts && { shifts, shiftsEvery }) };
  });
}

/** `each`: so many one after the other alike. */
function roundOn(values: readonly number[], each = 1): number[] {
  let left = 0;
  const whole: number[] = [];
  for (let at = 0; at < values.length; at += each) {
    const same = values.slice(at, at + each);
    left += same.reduce((sum, one) => sum + one, 0) / each;
    const rounded = Math.floor(left + 0.5);
    left -= rounded;
    whole.push(...same.map(() => rounded));
  }
  return whole;
}

/** When at least one is there, at least two, and so on. */
function listLevels(whole: readonly number[]): (Shift[] | null)[] {
  return Array.from({ length: Math.max(...whole) }, (_, nth) =>
    listShifts(whole.map((count) => count > nth)),
  );
}

/** null: always. */
function listShifts(isOn: readonly boolean[]): Shift[] | null {
  if (isOn.every(Boolean)) return null;
  const shifts: Shift[] = [];
  for (const [quarter, on] of isOn.entries()) {
    if (!on) continue;
    const last = shifts.at(-1);
    if (last?.until === quarter * QUARTER) last.until += QUARTER;
    else shifts.push({ from: quarter * QUARTER, until: (quarter + 1) * QUARTER });
  }
  return shifts;
}
