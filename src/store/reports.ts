// What happened in a span of time: in all, and by a key.
import type { Pool } from 'pg';
import { type ReportSpan, readTally } from './read-tally.ts';
import type { FigureRow, ReportGroup } from './report-facts.ts';
import { counted } from './report-portion.ts';
import { type Db, query, statement } from './sql.ts';
import { scoresOf, type Tally } from './tally-report.ts';

export type { ReportSpan } from './read-tally.ts';

/** The totals, and a row for each key that has any facts, in no order. */
export async function readReport(
  pool: Pool,
  by: ReportGroup,
  span: ReportSpan,
): Promise<FigureRow[]> {
  const tally = await readTally(pool, { by, need: 'everything' }, span);
  const times = {
    waits: tally.timesOf('waits'),
    firstAnswers: tally.timesOf('firstAnswers'),
    handlings: tally.timesOf('handlings'),
  };
  const rows = [...tally.counts].map(([key, counts]) => rowOf(key, counts, times));
  return [rowOf(null, tally.totals, times), ...rows.filter(hasAny)];
}

type AllTimes = Record<'waits' | 'firstAnswers' | 'handlings', ReturnType<Tally['timesOf']>>;

function rowOf(key: string | null, counts: Uint32Array, times: AllTimes): FigureRow {
  const figures = Object.fromEntries(
    counted.map((figure, code) => [figure, counts[code] ?? 0]),
  ) as Record<(typeof counted)[number], number>;
  const marksOf = (figure: keyof AllTimes) => {
    const [p50 = null, p90 = null] = times[figure].marks([0.5, 0.9], key ?? undefined) ?? [];
    return { p50, p90, count: times[figure].count(key ?? undefined) };
  };
  const [waits, answers, handlings] = [
    marksOf('waits'),
    marksOf('firstAnswers'),
    marksOf('handlings'),
  ];
  const scores = scoresOf(counts);
  const ratings = scores.reduce((sum, { count }) => sum + count, 0);
  const sum = scores.reduce((total, { score, count }) => total + score * count, 0);
  return {
    key,
    ...figures,
    ...{ waitSecondsP50: waits.p50, waitSecondsP90: waits.p90, waits: waits.count },
    firstAnswerSecondsP50: answers.p50,
    firstAnswerSecondsP90: answers.p90,
    firstAnswers: answers.count,
    handlingSecondsP50: handlings.p50,
    handlingSecondsP90: handlings.p90,
    handlings: handlings.count,
    ratings,
    ratingAverage: ratings === 0 ? null : sum / ratings,
  };
}

const hasAny = (row: FigureRow): boolean =>
  row.waits + row.firstAnswers + row.handlings + row.ratings > 0 ||
  counted.some((figure) => row[figure] > 0);

const names_ = {
  agent: statement<{ id: string; name: string }>(
    'report-agent-names',
    'select agent_id as id, name from agent where workspace_id = $1',
  ),
  team: statement<{ id: string; name: string }>(
    'report-team-names',
    'select team_id as id, name from team where workspace_id = $1',
  ),
  channel: statement<{ id: string; name: string }>(
    'report-channel-names',
    'select channel_id as id, name from channel where workspace_id = $1',
  ),
};

/** Also the names of those that are gone, as far as they are known. */
export async function readNames(
  db: Db,
  kind: keyof typeof names_,
  workspaceId: string,
): Promise<Map<string, string>> {
  const rows = await query(db, names_[kind], [workspaceId]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
