// How many came in each half hour, over HTTP: as JSON, and as the CSV that a forecast reads.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Actor } from '../access/can.ts';
import { ArrivalsQuery, ArrivalsReport } from '../contract/arrivals.ts';
import { readArrivals } from '../store/arrivals-report.ts';
import { allow } from './authenticate.ts';
import { readSpan, refuseTooMuch } from './report-span.ts';
import type { RouteMeans } from './route-means.ts';
import { writeCsv } from './write-csv.ts';

export const arrivalsReportRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (
  app,
  { desk },
) => {
  const onRequest = allow(desk, 'reports.read');
  const tags = ['reports'];

  const make = async ({ workspaceId }: Actor, query: ArrivalsQuery): Promise<ArrivalsReport> => {
    const { teamId = null, channelId = null } = query;
    const { from, to, timeZone } = readSpan(query);
    const span = { workspaceId, from, to, timeZone, teamId, channelId };
    const rows = await readArrivals(desk.db, span).catch(refuseTooMuch);
    return {
      ...{ from: from.toISOString(), to: to.toISOString(), timeZone },
      rows: rows.map(({ start, arrivals }) => ({ start: start.toISOString(), arrivals })),
    };
  };

  app.get(
    '/api/v1/reports/arrivals',
    {
      onRequest,
      schema: {
        tags,
        description: 'How many conversations came in each half hour: what a forecast is made from.',
        querystring: ArrivalsQuery,
        response: { 200: ArrivalsReport },
      },
    },
    ({ actor, query }) => make(actor, query),
  );
  app.get(
    '/api/v1/reports/arrivals.csv',
    { onRequest, schema: { tags, querystring: ArrivalsQuery, description: 'The same.' } },
    async ({ actor, query }, reply) => {
      const { rows, from } = await make(actor, query);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="arrivals-${from.slice(0, 10)}.csv"`)
        .header('x-content-type-options', 'nosniff')
        .send(writeCsv([['start', 'arrivals'], ...rows.map((row) => [row.start, row.arrivals])]));
    },
  );
};
