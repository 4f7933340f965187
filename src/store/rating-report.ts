// How often each score was given, and how often with words.
import type { Pool } from 'pg';
import { type ReportSpan, readTally } from './read-tally.ts';
import { scoresOf } from './tally-report.ts';

export interface ScoreRow {
  score: number;
  count: number;
  commented: number;
}

/** In no order, those that somebody gave. */
export async function readScores(pool: Pool, span: ReportSpan): Promise<ScoreRow[]> {
  const { totals } = await readTally(pool, { by: 'all', need: 'ratings' }, span);
  return scoresOf(totals).filter(({ count }) => count > 0);
}
