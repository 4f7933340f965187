import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import {
  agents,
  channels,
  DAYS,
  instant,
  pastConversation,
  START,
  seldom,
  teams,
  writePast,
  zones,
} from '../../test/makers/random-past.ts';
import { clockOf, factsOf, type SlowFact, within } from '../../test/makers/slow-details.ts';
import type { PastConversation } from '../../test/makers/slow-report.ts';
import { BUCKET_EDGES, type ListedFigure, listedFigures } from '../contract/report-details.ts';
import type { ReportListFilter } from './count-by-quarter.ts';
import { type Measured, readDistribution } from './distribution.ts';
import { packDays } from './pack-days.ts';
import { readScores } from './rating-report.ts';
import { listReported, type ReportListRow } from './report-list.ts';
import { type ReportSpan, readReport } from './reports.ts';
import { readWeek } from './week-report.ts';
import { insertWorkspace } from './workspaces.ts';

const DAY = 86_400_000;
const FIRST = START / DAY;
const asked = fc
  .record({
    timeZone: fc.constantFrom(...zones),
    from: fc.oneof(fc.constant(START), instant),
    length: fc.oneof(fc.constant(DAYS * DAY), fc.integer({ min: 1, max: DAYS * DAY })),
    agentId: seldom(fc.constantFrom(...agents)),
    teamId: seldom(fc.constantFrom(...teams)),
    channelId: seldom(fc.constantFrom(...channels)),
  })
  .map(({ from, length, ...rest }) => ({
    ...rest,
    from: new Date(from),
    to: new Date(from + length),
  }));
type Asked = Omit<ReportSpan, 'workspaceId'>;

/** Random pasts, each with some questions. */
async function overPasts(
  check: (found: {
    pool: Awaited<ReturnType<typeof makeDatabase>>['pool'];
    span: ReportSpan;
    facts: SlowFact[];
  }) => Promise<void>,
): Promise<void> {
  const { pool } = await makeDatabase();
  const run = async (past: PastConversation[], questions: Asked[]) => {
    const workspaceId = uuid();
    await insertWorkspace(pool, { workspaceId, name: 'Past', defaultCapacity: 1 });
    await writePast(pool, workspaceId, past);
    for (const [nth, question] of questions.entries()) {
      // Raw rows at first, then packed days around what is left of them.
      if (nth === 1) await packDays(pool, { workspaceId, first: FIRST, last: FIRST + DAYS / 2 });
      if (nth === 2) await packDays(pool, { workspaceId, first: FIRST, last: FIRST + DAYS });
      const span = { workspaceId, ...question };
      await check({ pool, span, facts: within(factsOf(past), span) });
    }
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(pastConversation, { minLength: 3, maxLength: 12 }),
      fc.array(asked, { minLength: 4, maxLength: 4 }),
      run,
    ),
    { numRuns: 20 },
  );
}

/** Between the two nearest, in proportion. */
function markOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const place = share * (sorted.length - 1);
  const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (place - Math.floor(place)) * (high - low);
}

const ofFigure = (facts: readonly SlowFact[], figure: ListedFigure) =>
  facts.filter((fact) => fact.figure === figure);

/** The times of each key that the report knows. */
function timesByKey(facts: readonly SlowFact[], timeZone: string): Map<string, number[]> {
  const slow = new Map<string, number[]>([['total total', []]]);
  for (const { at, seconds } of facts) {
    const took = seconds ?? 0;
    const bucket = BUCKET_EDGES.filter((edge) => edge <= took).length;
    for (const key of ['total total', `day ${clockOf(at, timeZone).day}`, `bucket ${bucket}`]) {
      slow.set(key, [...(slow.get(key) ?? []), took]);
    }
  }
  return slow;
}

const marksOf = (values: readonly number[]) =>
  values.length === 0 ? null : [0.5, 0.9, 0.95].map((at) => expect.closeTo(markOf(values, at), 5));

test('times spread as a recount says: in all, by day of the zone, and by how long they took', async () => {
  let seen = 0;
  await overPasts(async ({ pool, span, facts }) => {
    for (const figure of ['waits', 'firstAnswers', 'handlings'] as const satisfies Measured[]) {
      const rows = await readDistribution(pool, { figure, edges: BUCKET_EDGES }, span);
      const own = ofFigure(facts, figure);
      const slow = timesByKey(own, span.timeZone);
      seen += own.length;
      const counts = rows.map(({ kind, key, count }) => [`${kind} ${key}`, count] as const);
      expect(new Map(counts)).toEqual(
        new Map([...slow].map(([key, values]) => [key, values.length])),
      );
      for (const { kind, key, marks } of rows) {
        const values = kind === 'bucket' ? [] : (slow.get(`${kind} ${key}`) ?? []);
        expect(marks).toEqual(marksOf(values));
      }
    }
  });
  expect(seen).toBeGreaterThan(100);
}, 90_000);

/** By hour of the week: how many came, and the waits that ended. */
function weekOf(facts: readonly SlowFact[], timeZone: string) {
  const cells = new Map<number, { opened: number; waits: number[] }>();
  for (const { figure, at, seconds } of facts) {
    if (figure !== 'opened' && figure !== 'waits') continue;
    const { weekday, hour } = clockOf(at, timeZone);
    const key = (weekday - 1) * 24 + hour;
    const cell = cells.get(key) ?? { opened: 0, waits: [] };
    cells.set(key, cell);
    if (figure === 'opened') cell.opened += 1;
    else cell.waits.push(seconds ?? 0);
  }
  return cells;
}

test('the hours of the week are the span, hour by hour of the zone, with what came in each', async () => {
  let seen = 0;
  await overPasts(async ({ pool, span, facts }) => {
    const rows = await readWeek(pool, span);
    const total = rows.reduce((sum, { hours }) => sum + hours, 0);
    expect(total).toBeCloseTo((span.to.getTime() - span.from.getTime()) / 3_600_000, 6);
    const some = rows.filter(({ opened, waits }) => opened + waits > 0);
    const byHour = some.toSorted((one, other) => one.hourOfWeek - other.hourOfWeek);
    const slow = [...weekOf(facts, span.timeZone)].toSorted(([one], [other]) => one - other);
    seen += slow.length;
    expect(byHour).toEqual(
      slow.map(([hourOfWeek, { opened, waits }]) => ({
        ...{ hourOfWeek, hours: expect.any(Number), opened, waits: waits.length },
        waitSecondsP50: waits.length === 0 ? null : expect.closeTo(markOf(waits, 0.5), 5),
      })),
    );
  });
  expect(seen).toBeGreaterThan(100);
}, 90_000);

test('an hour that clocks repeat counts twice, one that they skip not at all', async () => {
  const { pool } = await makeDatabase();
  const workspaceId = uuid();
  await insertWorkspace(pool, { workspaceId, name: 'Past', defaultCapacity: 1 });
  const hoursOf = async (day: string, next: string) => {
    const narrowed = { agentId: null, teamId: null, channelId: null };
    const span = { from: new Date(day), to: new Date(next), timeZone: 'Europe/Lisbon' };
    const rows = await readWeek(pool, { workspaceId, ...span, ...narrowed });
    return new Map(rows.map(({ hourOfWeek, hours }) => [hourOfWeek - 144, hours]));
  };
  const spring = await hoursOf('2026-03-29T00:00:00Z', '2026-03-29T23:00:00Z');
  expect([spring.get(0), spring.get(1), spring.get(2), spring.size]).toEqual([1, undefined, 1, 23]);
  const autumn = await hoursOf('2026-10-24T23:00:00Z', '2026-10-26T00:00:00Z');
  expect([autumn.get(0), autumn.get(1), autumn.get(2), autumn.size]).toEqual([1, 2, 1, 24]);
});

const everything = {
  ...{ key: null, weekday: null, hour: null, atLeastSeconds: null, underSeconds: null },
  ...{ score: null, commented: null },
};

/** All pages of a list, three conversations at a time. */
async function readAll(
  pool: Parameters<typeof listReported>[0],
  filter: ReportListFilter,
  span: ReportSpan,
): Promise<{ count: number; rows: ReportListRow[] }> {
  const rows: ReportListRow[] = [];
  for (let after: { key: string; id: string } | null = null; ; ) {
    const page = await listReported(pool, filter, { ...span, after, limit: 3 });
    rows.push(...page.rows);
    const last = page.rows.at(-1);
    if (page.rows.length < 3 || last === undefined) return { count: page.count, rows };
    after = { key: last.sortKey, id: last.conversationId };
  }
}

test('the list behind each figure of each row counts what the row says', async () => {
  let compared = 0;
  let nth = 0;
  await overPasts(async ({ pool, span }) => {
    const bys = ['day', 'hour', 'agent', 'team', 'channel', 'plan'] as const;
    nth += 1;
    const by = bys[nth % bys.length] ?? 'day';
    const figure = listedFigures[nth % listedFigures.length] ?? 'opened';
    for (const row of await readReport(pool, by, span)) {
      const filter = { ...everything, figure, by, key: row.key };
      const { count, rows } = await readAll(pool, filter, span);
      expect([row.key, count]).toEqual([row.key, row[figure]]);
      expect(rows.reduce((sum, { times }) => sum + times, 0)).toBe(row[figure]);
      expect(new Set(rows.map(({ conversationId }) => conversationId)).size).toBe(rows.length);
      compared += row[figure] > 0 ? 1 : 0;
    }
  });
  expect(compared).toBeGreaterThan(30);
}, 90_000);

test('the list behind a bucket, an hour of the week and a score counts what a recount says', async () => {
  await overPasts(async ({ pool, span, facts }) => {
    const countOf = async (filter: Partial<ReportListFilter>) => {
      const whole = { ...everything, figure: 'opened' as const, by: 'day' as const, ...filter };
      return (await readAll(pool, whole, span)).count;
    };
    const waited = ofFigure(facts, 'waits').filter(({ seconds }) => {
      return (seconds ?? 0) >= 60 && (seconds ?? 0) < 28_800;
    });
    const long = { figure: 'waits' as const, atLeastSeconds: 60, underSeconds: 28_800 };
    expect(await countOf(long)).toBe(waited.length);
    const [first] = ofFigure(facts, 'opened');
    if (first !== undefined) {
      const { weekday, hour } = clockOf(first.at, span.timeZone);
      const same = ofFigure(facts, 'opened').filter(({ at }) => {
        const clock = clockOf(at, span.timeZone);
        return clock.weekday === weekday && clock.hour === hour;
      });
      expect(await countOf({ weekday, hour })).toBe(same.length);
    }
    const rated = ofFigure(facts, 'ratings');
    const scores = await readScores(pool, span);
    for (const score of [1, 2, 3, 4, 5]) {
      const count = rated.filter((fact) => fact.score === score).length;
      expect(scores.find((row) => row.score === score)?.count ?? 0).toBe(count);
      expect(await countOf({ figure: 'ratings', score })).toBe(count);
    }
  });
}, 90_000);
