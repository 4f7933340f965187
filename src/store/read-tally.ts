// Counts a span of a report by a key: the calendar of a zone, or whose it is.
import type { Pool } from 'pg';
import { inTurn } from './in-turn.ts';
import {
  dayOf,
  hourOf,
  hourOfWeek,
  localQuarters,
  QUARTER_MS,
  quarterOf,
} from './local-quarters.ts';
import { type Need, readPortions, type Span } from './read-portions.ts';
import { reportAllowance } from './report-allowance.ts';
import type { ReportGroup } from './report-facts.ts';
import type { Place } from './report-portion.ts';
import type { Db } from './sql.ts';
import { type Grouping, makeTally, type Tally } from './tally-report.ts';
import { withSnapshot } from './tx.ts';

export interface ReportSpan extends Span {
  timeZone: string;
}

const clocks = {
  day: dayOf,
  hour: (local: number) => String(hourOf(local)).padStart(2, '0'),
  hourOfWeek: (local: number) => String(hourOfWeek(local)),
};
const NAMED = { agent: 0, team: 1, channel: 2, plan: 3 } as const;
export type TallyGroup = ReportGroup | 'hourOfWeek' | 'all';

// Each holds a part of its rows in memory, so a workspace makes two at a time.
let turn = 0;
const AT_ONCE = 2;

export function readTally(
  pool: Pool,
  { by, need }: { by: TallyGroup; need: Need },
  span: ReportSpan,
): Promise<Tally> {
  return withReportSnapshot(pool, span, async (tx) => {
    const tally = makeTally(groupingOf(by, span));
    for await (const portion of readPortions(tx, span, { need })) tally.add(portion);
    return tally;
  });
}

/** Waits for its turn among the reports of the workspace. */
export function withReportSnapshot<T>(
  pool: Pool,
  { workspaceId }: Pick<ReportSpan, 'workspaceId'>,
  work: (tx: Db) => Promise<T>,
): Promise<T> {
  turn = (turn + 1) % AT_ONCE;
  return inTurn(`report ${turn} of ${workspaceId}`, () =>
    withSnapshot(pool, reportAllowance, work),
  );
}

/** The quarters of a span, as they are since 1970. */
export function quartersOf({ from, to }: Pick<ReportSpan, 'from' | 'to'>) {
  return { first: quarterOf(from), end: Math.ceil(to.getTime() / QUARTER_MS) };
}

export function groupingOf(by: TallyGroup, span: ReportSpan): Grouping {
  const { agentId, teamId, channelId } = span;
  const isIn = ([agent, team, channel]: Place) =>
    (agentId === null || agent === agentId) &&
    (teamId === null || team === teamId) &&
    (channelId === null || channel === channelId);
  const { first, end } = quartersOf(span);
  if (by === 'agent' || by === 'team' || by === 'channel' || by === 'plan') {
    const nth = NAMED[by];
    const ofPlace = (place: Place) => (isIn(place) ? (place[nth] ?? 'none') : null);
    return { first, end, ofPlace, ofQuarter: null };
  }
  const ofPlace = (place: Place) => (isIn(place) ? '' : null);
  if (by === 'all') {
    const groups = new Int32Array(end - first);
    return { first, end, ofPlace, ofQuarter: { groups, names: ['all'] } };
  }
  const numbers = new Map<string, number>();
  const nameOf = clocks[by];
  let local: number | undefined;
  let number = 0;
  const groups = localQuarters(span.timeZone, { first, end }).map((quarter) => {
    // The name changes with the hour at most.
    if (local === undefined || Math.floor(local / 4) !== Math.floor(quarter / 4)) {
      const name = nameOf(quarter);
      number = numbers.get(name) ?? numbers.size;
      numbers.set(name, number);
    }
    local = quarter;
    return number;
  });
  return { first, end, ofPlace, ofQuarter: { groups, names: [...numbers.keys()] } };
}
