// Reads a span for a report, portion by portion: packed days where they hold, and raw rows for all the rest.
import type { ListedFigure } from '../contract/report-details.ts';
import { QUARTER_MS, QUARTERS_OF_DAY, quarterOf } from './local-quarters.ts';
import { listPackedDays, readPackedDays } from './report-days.ts';
import { type Measured, measured } from './report-facts.ts';
import { CODES, codeOfTimes, type Place, type Portion } from './report-portion.ts';
import { type Db, query, type Statement, statement } from './sql.ts';
import { TooMuchToReport } from './tally-report.ts';
import { type PortionRow, writePortion } from './write-portion.ts';
import type { Narrowed } from './write-report.ts';

/** Of what a report is; the figures that it needs. */
export interface Span {
  workspaceId: string;
  from: Date;
  to: Date;
  agentId: string | null;
  teamId: string | null;
  channelId: string | null;
}

const needs = {
  everything: [
    ...(['opened', 'closed', 'abandoned', 'ratings', 'assigned', 'messagesIn'] as const),
    ...(['firstAnswersMet', 'nextAnswersMet', 'endsMet', ...measured] as const),
  ],
  week: ['opened', 'waits'],
  ratings: ['ratings'],
  ...({ opened: ['opened'], closed: ['closed'], abandoned: ['abandoned'] } as const),
  ...({ waits: ['waits'], firstAnswers: ['firstAnswers'], handlings: ['handlings'] } as const),
} as const satisfies Record<string, readonly ListedFigure[]>;
export type Need = keyof typeof needs;

const DAY_MS = QUARTER_MS * QUARTERS_OF_DAY;
/** Longer than a supervisor waits. */
const LONGEST_MS = 30_000;
/** What is read of packed days at once. */
const BYTES_AT_ONCE = 8_000_000;
/** Raw rows are read a day at a time, or more days where there are few. */
const FEW_ROWS = 5_000;
const MANY_ROWS = 40_000;
const MOST_DAYS = 400;

/** `packed: false`: raw rows alone. The caller's transaction sees one moment. */
export async function* readPortions(
  tx: Db,
  span: Span,
  { need, packed = true }: { need: Need; packed?: boolean },
): AsyncGenerator<Portion> {
  const endsAt = performance.now() + LONGEST_MS;
  const [first, last] = [dayOf(span.from), dayOf(new Date(span.to.getTime() - 1))];
  const { workspaceId } = span;
  const stored = packed ? await listPackedDays(tx, { workspaceId, first, last }) : [];
  const whole = stored.filter(({ day }) => isCutCleanly(span, day));
  const figures: readonly ListedFigure[] = needs[need];
  const times = measured.filter((figure) => figures.includes(figure));
  const counts = figures.length > times.length;
  for (const { first, last } of gather(whole)) {
    for (const portion of await readPackedDays(tx, { workspaceId, first, last, counts, times })) {
      yield portion;
      await letOthersRun();
    }
  }
  for (const gap of gapsOf(span, new Set(whole.map(({ day }) => day)))) {
    for await (const portion of readRaw(tx, { ...span, ...gap }, need)) {
      yield portion;
      await letOthersRun();
      if (performance.now() > endsAt) throw new TooMuchToReport();
    }
  }
}

/** Whoever else is served by this process goes in between. */
const letOthersRun = () => new Promise((resolve) => setImmediate(resolve));

const dayOf = (at: Date) => Math.floor(at.getTime() / DAY_MS);

/** Whether a span has the whole day, or cuts it between two quarters. */
function isCutCleanly({ from, to }: Span, day: number): boolean {
  const isAt = (edge: Date) => edge.getTime() % QUARTER_MS === 0;
  return (
    (from.getTime() <= day * DAY_MS || isAt(from)) &&
    (to.getTime() >= (day + 1) * DAY_MS || isAt(to))
  );
}

/** Days that follow each other, as many as may be read at once. */
function gather(
  days: readonly { day: number; bytes: number }[],
): { first: number; last: number }[] {
  const found: { first: number; last: number; bytes: number }[] = [];
  for (const { day, bytes } of days) {
    const open = found.at(-1);
    if (open !== undefined && open.last === day - 1 && open.bytes + bytes < BYTES_AT_ONCE) {
      open.last = day;
      open.bytes += bytes;
    } else found.push({ first: day, last: day, bytes });
  }
  return found;
}

/** The parts of the span that no packed day has. */
function gapsOf({ from, to }: Span, packed: ReadonlySet<number>): { from: Date; to: Date }[] {
  const gaps: { from: Date; to: Date }[] = [];
  for (let day = dayOf(from); day * DAY_MS < to.getTime(); day += 1) {
    if (packed.has(day)) continue;
    const begin = new Date(Math.max(day * DAY_MS, from.getTime()));
    const end = new Date(Math.min((day + 1) * DAY_MS, to.getTime()));
    const open = gaps.at(-1);
    if (open?.to.getTime() === begin.getTime()) open.to = end;
    else gaps.push({ from: begin, to: end });
  }
  return gaps;
}

const known = new Map<string, Statement<PortionRow>>();

function statementFor(need: Need, narrowed: Narrowed): Statement<PortionRow> {
  const way = `${need}${narrowed.agent ? '-of-agent' : ''}${narrowed.place ? '-of-place' : ''}`;
  const made =
    known.get(way) ??
    statement<PortionRow>(`report-portion-${way}`, writePortion(needs[need], narrowed));
  known.set(way, made);
  return made;
}
for (const need of Object.keys(needs) as Need[]) statementFor(need, { agent: false, place: false });

/** From raw rows, cut where days of UTC begin. */
export async function* readRaw(tx: Db, span: Span, need: Need): AsyncGenerator<Portion> {
  const { workspaceId, from, to, agentId, teamId, channelId } = span;
  const narrowed = { agent: agentId !== null, place: teamId !== null || channelId !== null };
  let days = 1;
  for (let begin = from.getTime(); begin < to.getTime(); ) {
    const end = Math.min((Math.floor(begin / DAY_MS) + days) * DAY_MS, to.getTime());
    const values = [workspaceId, new Date(begin), new Date(end), null, agentId, teamId, channelId];
    const rows = await query(tx, statementFor(need, narrowed), values);
    yield portionOf(rows, quarterOf(new Date(begin)));
    if (rows.length < FEW_ROWS) days = Math.min(days * 4, MOST_DAYS);
    else if (rows.length > MANY_ROWS) days = Math.max(Math.floor(days / 4), 1);
    begin = end;
  }
}

function portionOf(rows: readonly PortionRow[], base: number): Portion {
  const numbers = new Map<string, number>();
  const places: Place[] = [];
  const counts = { codes: [], quarters: [], places: [], times: [] } as Record<
    keyof Portion['counts'],
    number[]
  >;
  const lists = new Map(measured.map((figure) => [codeOfTimes(figure), emptyTimes()]));
  for (const { code, quarter, agentId, teamId, channelId, plan, times, seconds } of rows) {
    const key = `${agentId} ${teamId} ${channelId} ${plan === null ? '' : `:${plan}`}`;
    const place = numbers.get(key) ?? places.push([agentId, teamId, channelId, plan]) - 1;
    numbers.set(key, place);
    if (code < CODES) {
      counts.codes.push(code);
      counts.quarters.push(quarter - base);
      counts.places.push(place);
      counts.times.push(times);
      continue;
    }
    const list = lists.get(code);
    for (const took of seconds ?? []) {
      list?.quarters.push(quarter - base);
      list?.places.push(place);
      list?.seconds.push(took);
    }
  }
  const times: Partial<Record<Measured, ReturnType<typeof emptyTimes>>> = {};
  for (const figure of measured) times[figure] = lists.get(codeOfTimes(figure)) ?? emptyTimes();
  return { base, places, counts, times };
}

const emptyTimes = () => ({
  quarters: [] as number[],
  places: [] as number[],
  seconds: [] as number[],
});
