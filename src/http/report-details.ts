// What lies behind a report, over HTTP: how times spread, the hours of the week and the ratings, as JSON and as CSV.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../access/can.ts';
import {
  BUCKET_EDGES,
  Distribution,
  DistributionQuery,
  RatingReport,
  WeekQuery,
  WeekReport,
} from '../contract/report-details.ts';
import { type Measured, readDistribution } from '../store/distribution.ts';
import { readScores } from '../store/rating-report.ts';
import { readWeek } from '../store/week-report.ts';
import { allow } from './authenticate.ts';
import { makeDistribution, makeRatings, makeWeek } from './make-report-details.ts';
import { readReportSpan, refuseTooMuch } from './report-span.ts';
import type { RouteMeans } from './route-means.ts';
import { type Cell, writeCsv } from './write-csv.ts';

const figureOf = { wait: 'waits', firstAnswer: 'firstAnswers', handling: 'handlings' } as const;

export const reportDetailRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const onRequest = allow(desk, 'reports.read');
  const tags = ['reports'];
  const csv = { tags, description: 'The same as CSV.' };

  const distribution = async (actor: Actor, query: DistributionQuery) => {
    const { measure = 'wait' } = query;
    const span = readReportSpan(actor, query);
    const figure: Measured = figureOf[measure];
    const asked = { figure, edges: BUCKET_EDGES };
    const rows = await readDistribution(desk.db, asked, span).catch(refuseTooMuch);
    return makeDistribution(rows, { ...span, measure });
  };
  const week = async (actor: Actor, query: WeekQuery) => {
    const span = readReportSpan(actor, query);
    return makeWeek(await readWeek(desk.db, span).catch(refuseTooMuch), span);
  };
  const ratings = async (actor: Actor, query: WeekQuery) => {
    const span = readReportSpan(actor, query);
    return makeRatings(await readScores(desk.db, span).catch(refuseTooMuch), span);
  };

  app.get(
    '/api/v1/reports/distribution',
    {
      onRequest,
      schema: {
        tags,
        description: 'How long something took: percentiles by day, and how many took how long.',
        querystring: DistributionQuery,
        response: { 200: Distribution },
      },
    },
    ({ actor, query }) => distribution(actor, query),
  );
  app.get(
    '/api/v1/reports/distribution.csv',
    { onRequest, schema: { ...csv, querystring: DistributionQuery } },
    async ({ actor, query }, reply) => {
      const found = await distribution(actor, query);
      return sendCsv(reply, `${found.measure}-${found.from.slice(0, 10)}`, [
        ['kind', 'key', 'count', 'p50', 'p90', 'p95'],
        ['total', null, found.count, found.p50, found.p90, found.p95],
        ...found.days.map(({ day, count, p50, p90, p95 }) => ['day', day, count, p50, p90, p95]),
        ...found.buckets.map(({ atLeastSeconds, underSeconds, count }) => {
          return ['bucket', `${atLeastSeconds}–${underSeconds ?? ''}`, count, null, null, null];
        }),
      ]);
    },
  );
  app.get(
    '/api/v1/reports/week',
    {
      onRequest,
      schema: {
        tags,
        description: 'What each hour of the week brings, by the clocks of timeZone.',
        querystring: WeekQuery,
        response: { 200: WeekReport },
      },
    },
    ({ actor, query }) => week(actor, query),
  );
  app.get(
    '/api/v1/reports/week.csv',
    { onRequest, schema: { ...csv, querystring: WeekQuery } },
    async ({ actor, query }, reply) => {
      const { from, cells } = await week(actor, query);
      return sendCsv(reply, `week-${from.slice(0, 10)}`, tableOf(cells));
    },
  );
  app.get(
    '/api/v1/reports/ratings',
    {
      onRequest,
      schema: {
        tags,
        description:
          'How often each score was given. Who gave them, with their words: GET /api/v1/reports/conversations?figure=ratings.',
        querystring: WeekQuery,
        response: { 200: RatingReport },
      },
    },
    ({ actor, query }) => ratings(actor, query),
  );
  app.get(
    '/api/v1/reports/ratings.csv',
    { onRequest, schema: { ...csv, querystring: WeekQuery } },
    async ({ actor, query }, reply) => {
      const { from, scores } = await ratings(actor, query);
      return sendCsv(reply, `ratings-${from.slice(0, 10)}`, tableOf(scores));
    },
  );
};

function tableOf(rows: readonly Record<string, Cell>[]): Cell[][] {
  const columns = Object.keys(rows[0] ?? {});
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? null))];
}

/** As a download, which no browser takes for anything else. */
export function sendCsv(
  reply: FastifyReply,
  name: string,
  rows: readonly (readonly Cell[])[],
): FastifyReply {
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .header('x-content-type-options', 'nosniff')
    .send(writeCsv(rows));
}
