// When a figure was counted: how often in each quarter of an hour of a span, and where the latest are.
import type { ListedFigure } from '../contract/report-details.ts';
import { hourOfWeek, localQuarters, QUARTER_MS, quarterOf } from './local-quarters.ts';
import { type Need, readPortions } from './read-portions.ts';
import { groupingOf, type ReportSpan } from './read-tally.ts';
import { type Measured, measured, type ReportGroup } from './report-facts.ts';
import { CODES, type Counted, codeOfRating, counted, type Portion } from './report-portion.ts';
import type { Db } from './sql.ts';
import type { Grouping } from './tally-report.ts';

export interface ReportListFilter {
  figure: ListedFigure;
  by: ReportGroup;
  key: string | null;
  weekday: number | null;
  hour: number | null;
  atLeastSeconds: number | null;
  underSeconds: number | null;
  score: number | null;
  commented: boolean | null;
}

/** Figures that count a conversation once at most. */
const once = [
  ...(['opened', 'closed', 'abandoned', 'ratings', 'waits', 'firstAnswers'] as const),
] satisfies (ListedFigure & Need)[];
export interface OnceFilter extends ReportListFilter {
  figure: (typeof once)[number];
}

export function countsOnce(filter: ReportListFilter): filter is OnceFilter {
  return once.some((figure) => figure === filter.figure);
}

interface QuarterCounts {
  /** The quarter, since 1970, with which `counts` begins. */
  first: number;
  counts: Uint32Array;
}

/** The caller's transaction sees one moment. */
export async function countByQuarter(
  tx: Db,
  filter: OnceFilter,
  span: ReportSpan,
): Promise<QuarterCounts> {
  const grouping = groupingOf(filter.by, span);
  const { first, end, ofPlace, ofQuarter } = grouping;
  const isWanted = wantedQuarters(filter, span, grouping);
  const counts = new Uint32Array(end - first);
  for await (const portion of readPortions(tx, span, { need: filter.figure })) {
    const isPlace = portion.places.map((place) => {
      const name = ofPlace(place);
      return name !== null && (filter.key === null || ofQuarter !== null || name === filter.key);
    });
    eachCount(portion, filter, (quarter, place, times) => {
      const nth = portion.base + quarter - first;
      if (isPlace[place] === true && isWanted[nth] === 1)
        counts[nth] = (counts[nth] as number) + times;
    });
  }
  return { first, counts };
}

/** 1: what happened in this quarter is listed. */
function wantedQuarters(
  { key, weekday, hour }: ReportListFilter,
  { timeZone }: ReportSpan,
  { first, end, ofQuarter }: Grouping,
): Uint8Array {
  const locals = localQuarters(timeZone, { first, end });
  return Uint8Array.from(locals, (local, nth) => {
    const at = hourOfWeek(local);
    const name = ofQuarter?.names[ofQuarter.groups[nth] ?? 0];
    const isKey = key === null || ofQuarter === null || name === key;
    const isDay = weekday === null || Math.floor(at / 24) + 1 === weekday;
    return isKey && isDay && (hour === null || at % 24 === hour) ? 1 : 0;
  });
}

type Take = (quarter: number, place: number, times: number) => void;

function eachCount({ counts, times }: Portion, filter: OnceFilter, take: Take): void {
  const { figure, atLeastSeconds, underSeconds } = filter;
  const some = times[figure as Measured];
  if (measured.some((one) => one === figure)) {
    for (let nth = 0; nth < (some?.seconds.length ?? 0); nth += 1) {
      const took = some?.seconds[nth] as number;
      if (took < (atLeastSeconds ?? took) || took >= (underSeconds ?? Infinity)) continue;
      take(some?.quarters[nth] as number, some?.places[nth] as number, 1);
    }
    return;
  }
  const isCode = wantedCodes(filter);
  for (let nth = 0; nth < counts.codes.length; nth += 1) {
    if (isCode[counts.codes[nth] as number] !== 1) continue;
    const [quarter, place] = [counts.quarters[nth] as number, counts.places[nth] as number];
    take(quarter, place, counts.times[nth] as number);
  }
}

function wantedCodes({ figure, score, commented }: OnceFilter): Uint8Array {
  const isCode = new Uint8Array(CODES);
  const code = counted.indexOf(figure as Counted);
  if (code >= 0) isCode[code] = 1;
  else {
    for (const one of score === null ? [1, 2, 3, 4, 5] : [score]) {
      for (const words of commented === null ? [true, false] : [commented]) {
        isCode[codeOfRating(one, words)] = 1;
      }
    }
  }
  return isCode;
}

/** Quarters that follow each other. */
interface Part {
  low: number;
  high: number;
}

/** More parts cost more to read than what lies between them. */
const MOST_PARTS = 40;
/** Parts that are as close are read as one. */
const CLOSE = 4;

/** The parts of a span in which the latest `limit` after the cursor are, the latest first. */
export function spansOfLatest(
  { first, counts }: QuarterCounts,
  span: Pick<ReportSpan, 'from' | 'to'> & { after: { key: string | null } | null; limit: number },
): { from: Date; to: Date }[] {
  const { after, limit } = span;
  const cursor = after?.key == null ? Number.NaN : quarterOf(new Date(after.key));
  const last = Number.isNaN(cursor) ? counts.length - 1 : cursor - first;
  const parts: Part[] = [];
  // How much of the cursor's own quarter has been listed is not known.
  for (let nth = last, found = 0; nth >= 0 && found < limit; nth -= 1) {
    const times = counts[nth] ?? 0;
    if (times === 0) continue;
    if (nth !== cursor - first) found += times;
    const open = parts.at(-1);
    if (open !== undefined && open.low - nth <= CLOSE) open.low = nth;
    else parts.push({ low: nth, high: nth });
  }
  return fewParts(parts).map(({ low, high }) => ({
    from: new Date(Math.max(span.from.getTime(), (first + low) * QUARTER_MS)),
    to: new Date(Math.min(span.to.getTime(), (first + high + 1) * QUARTER_MS)),
  }));
}

function fewParts(parts: readonly Part[]): readonly Part[] {
  const [newest, oldest] = [parts[0], parts.at(-1)];
  if (parts.length <= MOST_PARTS || newest === undefined || oldest === undefined) return parts;
  return [{ low: oldest.low, high: newest.high }];
}
