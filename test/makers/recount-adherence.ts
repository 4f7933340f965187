// How far people kept to their shifts, counted anew from plain rows.
import {
  addTo,
  among,
  calmIn,
  dayAt,
  keysOf,
  type Life,
  lastAt,
  type Rows,
  type Span,
  type World,
} from './recount-side.ts';

type Shift = Life['shifts'][number];

export function recountAdherence(world: World, span: Span, now: number): Rows {
  const rows: Rows = new Map();
  const dayOf = dayAt(span);
  for (const life of among(world, span)) {
    const shifts = life.shifts.filter(({ starts, ends }) => starts < span.to && ends > span.from);
    if (shifts.length === 0) continue;
    const kept = new Map(shifts.map((shift) => [shift, keptIn(life, shift, now)] as const));
    const turns = life.statuses.map(({ at }) => at);
    const changes = [...turns, ...shifts.flatMap(({ starts, ends }) => [starts, ends])];
    for (const { at, ms } of calmIn(span, changes)) {
      const shift = shifts.find(({ starts, ends }) => starts <= at && at < ends);
      const add = (what: string) => {
        for (const key of keysOf(life, span.by)) addTo(rows, { day: dayOf(at), key, what }, ms);
      };
      if (shift !== undefined) {
        add('plannedMs');
        add(judge(life, { at, shift, now, ...kept.get(shift) }));
      } else if (lastAt(life.statuses, at)?.is === 'online') add('unplannedMs');
    }
  }
  return rows;
}

function fits({ statuses }: Life, { expects, statusId }: Shift, at: number): boolean {
  const was = lastAt(statuses, at);
  return was?.is === expects && (statusId === null || statusId === was.statusId);
}

/** When the agent first and last was what the part expects. */
function keptIn(life: Life, shift: Shift, now: number): { first?: number; last?: number } {
  const till = Math.min(shift.ends, now);
  const turns = life.statuses.map(({ at }) => at).filter((at) => at > shift.starts && at < till);
  const moments = [...new Set([shift.starts, ...turns])];
  const good = moments.flatMap((at, index) =>
    fits(life, shift, at) ? [[at, moments[index + 1] ?? till] as const] : [],
  );
  const [first, last] = [good.at(0)?.[0], good.at(-1)?.[1]];
  return first === undefined || last === undefined ? {} : { first, last };
}

function judge(
  life: Life,
  part: { at: number; shift: Shift; now: number; first?: number; last?: number },
): string {
  const { at, shift, now, first, last } = part;
  if (first === undefined || last === undefined) return 'absentMs';
  if (at < first) return 'lateMs';
  if (at >= last && shift.ends <= now) return 'earlyMs';
  return fits(life, shift, at) ? 'adheredMs' : 'interruptedMs';
}
