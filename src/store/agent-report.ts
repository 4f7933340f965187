// What the reports of the agent's side share: how they are grouped, cut into days, bounded and read.
import type { Pool } from 'pg';
import { reportAllowance } from './report-allowance.ts';
import { query, type Statement } from './sql.ts';
import { type StatusSpan, valuesOf } from './status-stretches.ts';
import { withSnapshot } from './tx.ts';

export const sideGroups = ['all', 'agent', 'team', 'plan', 'channel'] as const;
export type SideGroup = (typeof sideGroups)[number];

/** More rows than this are no report: one more is read, so that the caller can refuse it. */
export const MOST_SIDE_ROWS = 20_000;
export const LIMITED = `limit ${MOST_SIDE_ROWS + 1}`;

/** The figures of one key on one day. */
export type Keyed<Figures> = Figures & {
  /** As 2026-01-31; null: the whole span. */
  day: string | null;
  /** An id, a plan's name, all; none: nobody's. */
  key: string;
};

/** A statement for each way to group it. */
export function eachWay<Group extends string, Row>(
  groups: readonly Group[],
  make: (by: Group) => Statement<Row>,
): Record<Group, Statement<Row>> {
  return Object.fromEntries(groups.map((by) => [by, make(by)])) as Record<Group, Statement<Row>>;
}

/**
 * SQL: whole milliseconds since 1970, in which all of these reports count. Until 2106 a double has
 * the microseconds exactly once they are rounded, and takes a tenth of what numeric takes.
 */
export const msOf = (at: string): string =>
  `((date_part('epoch', ${at}) * 1000000)::bigint / 1000)`;

/** CTEs after SLOTS: `days`, numbered, in milliseconds; `edges`, all their beginnings and ends, by number. */
export const DAYS = `days as materialized (
    select (row_number() over (order by starts))::integer as n, day, ${msOf('starts')} as starts, ${msOf('ends')} as ends
    from slot where starts < ends
  ), edges as materialized (
    select array_agg(starts order by n) as starts, array_agg(ends order by n) as ends, min(starts) as first, max(ends) as last from days
  )`;

/** SQL: of `edges`, as a value that is known before any row is read: joining it costs a tenth of a report. */
export const edge = (name: 'starts' | 'ends' | 'first' | 'last'): string =>
  `(select ${name} from edges)`;

/** SQL: in which day a moment lies, by number. */
export const dayOf = (at: string): string => `width_bucket(${at}, ${edge('starts')})`;

/** SQL: a part of what lasts from `since` till `till`: what of it is on day `n`. */
export const sinceOn = (since: string): string => `greatest(${since}, (${edge('starts')})[n])`;
export const tillOn = (till: string): string => `least(${till}, (${edge('ends')})[n])`;

/**
 * SQL: the median and the 90th percentile of times that `array_agg` has gathered. So groups are found
 * by hashing: percentiles of the rows themselves would have all rows sorted by group first.
 */
export const spreadOf = (times: string): string =>
  `(select percentile_cont(array[0.5, 0.9]) within group (order by took) from unnest(${times}) took)`;

export function readSideReport<Row>(
  pool: Pool,
  report: Statement<Row>,
  span: StatusSpan,
  more: readonly unknown[] = [],
): Promise<Row[]> {
  return withSnapshot(pool, reportAllowance, (tx) =>
    query(tx, report, [...valuesOf(span), ...more]),
  );
}
