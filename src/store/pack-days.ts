// Packs what reports count of days that are over, and packs them again when something of them has changed.
import type { Pool } from 'pg';
import { QUARTER_MS, QUARTERS_OF_DAY } from './local-quarters.ts';
import { readRaw } from './read-portions.ts';
import { reportAllowance } from './report-allowance.ts';
import { type DayState, listDueDays, putDay, readDayStates } from './report-days.ts';
import { measured } from './report-facts.ts';
import type { Place, Portion, Times } from './report-portion.ts';
import { withSnapshot } from './tx.ts';

const DAY_MS = QUARTER_MS * QUARTERS_OF_DAY;
/** Days of one snapshot: some of a busy workspace, which are some megabytes, or many of a quiet one. */
const MOST_AT_ONCE = 16;
const MOST_LISTED = 256;

/** Packs what is due, the latest days first. true: it was told to stop before the end. */
export async function packDueDays(
  pool: Pool,
  workspaceId: string,
  goesOn: () => boolean,
): Promise<boolean> {
  const due = await listDueDays(pool, { workspaceId, limit: MOST_LISTED });
  for (const { first, last } of runsOf(due)) {
    if (!goesOn()) return true;
    await packDays(pool, { workspaceId, first, last });
  }
  return due.length === MOST_LISTED;
}

/** Days that follow each other. */
function runsOf(days: readonly number[]): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const day of days) {
    const open = runs.at(-1);
    if (open?.first === day + 1 && open.last - day < MOST_AT_ONCE) open.first = day;
    else runs.push({ first: day, last: day });
  }
  return runs;
}

/** Days since 1970, all of which are over. Answers how many it packed. */
export async function packDays(
  pool: Pool,
  run: { workspaceId: string; first: number; last: number },
): Promise<number> {
  const { workspaceId, first, last } = run;
  const [from, to] = [new Date(first * DAY_MS), new Date((last + 1) * DAY_MS)];
  const nobody = { agentId: null, teamId: null, channelId: null };
  // What stands in the snapshot is packed; a change that commits after it leaves its mark.
  const packed = await withSnapshot(pool, reportAllowance, async (tx) => {
    const states = await readDayStates(tx, run);
    const portions: Portion[] = [];
    for await (const one of readRaw(tx, { workspaceId, from, to, ...nobody }, 'everything')) {
      portions.push(one);
    }
    return states.map((state): [DayState, Portion] => [state, portionOfDay(portions, state.day)]);
  });
  let put = 0;
  for (const [state, portion] of packed) {
    if (await putDay(pool, { workspaceId, state, portion })) put += 1;
  }
  return put;
}

/** What of some portions is of a day, with the places that it needs. Raw rows are read by whole days, so one portion has it. */
function portionOfDay(portions: readonly Portion[], day: number): Portion {
  const base = day * QUARTERS_OF_DAY;
  const portion = portions.findLast((one) => one.base <= base);
  if (portion === undefined) throw new Error('A day lies before the portions of its run.');
  const shift = portion.base - base;
  const kept = new Map<number, number>();
  const places: Place[] = [];
  const placeOf = (place: number): number => {
    const known = kept.get(place) ?? places.push(portion.places[place] as Place) - 1;
    kept.set(place, known);
    return known;
  };
  /** The rows of the day. */
  const rowsOf = (quarters: ArrayLike<number>): number[] =>
    Array.from(quarters, (_, row) => row).filter((row) => {
      const quarter = (quarters[row] as number) + shift;
      return quarter >= 0 && quarter < QUARTERS_OF_DAY;
    });
  const pick = (column: ArrayLike<number>, rows: readonly number[]) =>
    rows.map((row) => column[row] as number);
  const whenAndWhose = (of: Pick<Times, 'quarters' | 'places'>, rows: readonly number[]) => ({
    quarters: pick(of.quarters, rows).map((quarter) => quarter + shift),
    places: pick(of.places, rows).map(placeOf),
  });
  const { counts } = portion;
  const rows = rowsOf(counts.quarters);
  const times: Portion['times'] = {};
  for (const figure of measured) {
    const all = portion.times[figure];
    if (all === undefined) continue;
    const some = rowsOf(all.quarters);
    times[figure] = { ...whenAndWhose(all, some), seconds: pick(all.seconds, some) };
  }
  return {
    base,
    places,
    counts: {
      ...whenAndWhose(counts, rows),
      codes: pick(counts.codes, rows),
      times: pick(counts.times, rows),
    },
    times,
  };
}
