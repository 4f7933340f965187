// Measures the reports on a year of a busy company: the time of each, and whether its plan reads what it must and no more.
import { parseArgs } from 'node:util';
import type { Pool } from 'pg';
import { BUCKET_EDGES, type ListedFigure } from '../src/contract/report-details.ts';
import { readDistribution } from '../src/store/distribution.ts';
import { packDueDays } from '../src/store/pack-days.ts';
import { readScores } from '../src/store/rating-report.ts';
import { listReported } from '../src/store/report-list.ts';
import { readReport } from '../src/store/reports.ts';
import { readLastHour, readWallGroups } from '../src/store/wall.ts';
import { readWeek } from '../src/store/week-report.ts';
import { fillInbox } from './inbox-history.ts';
import { measureMarks } from './mark-cost.ts';
import { percentile } from './statistics.ts';
import { ms, report, say, whole } from './table.ts';
import { openWorld, withoutMarks } from './world.ts';

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '1000000' },
    open: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '3' },
  },
});
const [conversations, open, rounds] = [
  Number(values.conversations),
  Number(values.open),
  Number(values.rounds),
];
const NEEDED_MS = 2000;
const DAY = 86_400_000;
/** The targets’ figures are left out: nothing here has one. */
const LISTED: ListedFigure[] = [
  ...(['opened', 'assigned', 'closed', 'abandoned', 'waits', 'firstAnswers'] as const),
  ...(['handlings', 'messagesIn', 'messagesOut', 'ratings'] as const),
];

const world = await openWorld();
try {
  say(`Filling ${whole(conversations)} conversations`);
  const { workspaceId, agentId, teamId } = await fillInbox(world, { conversations, open });
  const { db } = world;
  await withoutMarks(db, () => rateSome(db, workspaceId));
  say('Packing its days');
  const packing = performance.now();
  await packYear(db, workspaceId);
  const packedMs = performance.now() - packing;
  const bytes = await sizeOfDays(db);
  const to = new Date();
  const spanOf = (days: number, narrowed: { agentId?: string; teamId?: string } = {}) => ({
    ...{ workspaceId, from: new Date(to.getTime() - days * DAY), to, timeZone: 'Asia/Jakarta' },
    ...{ agentId: null, teamId: null, channelId: null, ...narrowed },
  });
  const year = spanOf(365);
  const edges = BUCKET_EDGES;
  const everything = {
    ...({ by: 'day', key: null, weekday: null, hour: null } as const),
    ...{ atLeastSeconds: null, underSeconds: null, score: null, commented: null },
  };
  const list = (figure: ListedFigure, days: number) =>
    listReported(db, { ...everything, figure }, { ...spanOf(days), after: null, limit: 51 });
  const asked: [name: string, ask: () => Promise<unknown>][] = [
    ['30 days, by day', () => readReport(db, 'day', spanOf(30))],
    ['30 days, by agent', () => readReport(db, 'agent', spanOf(30))],
    ['90 days, by day', () => readReport(db, 'day', spanOf(90))],
    ['a year, by day', () => readReport(db, 'day', year)],
    ['a year, by agent', () => readReport(db, 'agent', year)],
    ['a year of one team, by day', () => readReport(db, 'day', spanOf(365, { teamId }))],
    ['a year of one agent, by day', () => readReport(db, 'day', spanOf(365, { agentId }))],
    ...(['waits', 'firstAnswers', 'handlings'] as const).flatMap((figure) =>
      [30, 365].map((days): [string, () => Promise<unknown>] => [
        `${days === 365 ? 'a year' : `${days} days`}, spread of ${figure}`,
        () => readDistribution(db, { figure, edges }, spanOf(days)),
      ]),
    ),
    ['a year, hours of the week', () => readWeek(db, year)],
    ['a year, ratings', () => readScores(db, year)],
    ...LISTED.flatMap((figure) =>
      [30, 365].map((days): [string, () => Promise<unknown>] => [
        `${days === 365 ? 'a year' : `${days} days`}, the list behind ${figure}`,
        () => list(figure, days),
      ]),
    ),
    ['the wall: groups', () => readWallGroups(db, workspaceId)],
    ['the wall: the last hour', () => readLastHour(db, workspaceId)],
  ];
  const rows: string[][] = [];
  for (const [name, ask] of asked) {
    const took = await time(ask);
    const p50 = percentile([...took], 0.5);
    rows.push([name, ms(p50), ms(percentile([...took], 1)), p50 <= NEEDED_MS ? 'met' : 'MISSED']);
    say(rows.at(-1)?.join(' | ') ?? '');
  }
  const marks = await measureMarks(world, { rounds: 10, conversations: 200 });
  await report('reports', [
    {
      title: 'Reports',
      how: `${whole(conversations)} conversations of a year, ${whole(open)} of them open; two messages and one assignment each, one in eight rated; 500 agents in 20 teams. All days that are over were packed first, in ${(packedMs / 1000).toFixed(0)} s and ${(bytes / 1e6).toFixed(0)} MB; today and the two cut days are counted from raw rows. Each is asked ${rounds} times, one after another, as the API asks it. Needed: ${ms(NEEDED_MS)} at the median.`,
      columns: ['report', 'p50', 'longest', 'verdict'],
      rows,
    },
    marks,
  ]);
} finally {
  await world.close();
}

/** As housekeeping does after an upgrade. */
async function packYear(db: Pool, workspaceId: string): Promise<void> {
  await db.query(
    `update workspace set created_at = now() - interval '366 days' where workspace_id = $1`,
    [workspaceId],
  );
  while (await packDueDays(db, workspaceId, () => true));
}

async function sizeOfDays(db: Pool): Promise<number> {
  const { rows } = await db.query<{ bytes: number }>(
    `select pg_total_relation_size('report_day')::float8 as bytes`,
  );
  return rows[0]?.bytes ?? 0;
}

async function rateSome(db: Pool, workspaceId: string): Promise<void> {
  const client = await db.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query(
      `update conversation set rating_score = 1 + abs(hashtext(external_id || 'score')) % 5, rated_at = closed_at + interval '1 minute',
        rating_comment = case when length(external_id) % 2 = 0 then 'Quick and kind' end
      where workspace_id = $1 and state = 'closed' and hashtext(external_id) % 8 = 0`,
      [workspaceId],
    );
    await client.query('vacuum analyze conversation');
  } finally {
    client.release(true);
  }
}

async function time(ask: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const from = performance.now();
    // The pool's own limit is part of what is measured: a report that it cuts has failed.
    await ask().catch(() => {
      took.push(Number.POSITIVE_INFINITY);
    });
    took.push(performance.now() - from);
  }
  return took;
}
