// Reports over HTTP, as JSON and as CSV.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Actor } from '../access/can.ts';
import { Figures, Report, ReportQuery } from '../contract/reports.ts';
import { readNames, readReport } from '../store/reports.ts';
import { allow } from './authenticate.ts';
import { makeReport } from './make-report.ts';
import { readSpan, refuseTooMuch } from './report-span.ts';
import type { RouteMeans } from './route-means.ts';
import { type Cell, writeCsv } from './write-csv.ts';

export const reportRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const onRequest = allow(desk, 'reports.read');
  const tags = ['reports'];

  const make = async ({ workspaceId }: Actor, query: ReportQuery): Promise<Report> => {
    const { by = 'day', agentId = null, teamId = null, channelId = null } = query;
    const { from, to, timeZone } = readSpan(query);
    const span = { workspaceId, from, to, timeZone, agentId, teamId, channelId };
    const found = await readReport(desk.db, by, span).catch(refuseTooMuch);
    const nameless = by === 'day' || by === 'hour' || by === 'plan';
    const names = nameless ? new Map<string, string>() : await readNames(desk.db, by, workspaceId);
    return makeReport(found, { from, to, by, timeZone, names });
  };

  app.get(
    '/api/v1/reports',
    { onRequest, schema: { tags, querystring: ReportQuery, response: { 200: Report } } },
    ({ actor, query }) => make(actor, query),
  );
  app.get(
    '/api/v1/reports.csv',
    {
      onRequest,
      schema: {
        tags,
        querystring: ReportQuery,
        description: 'The same; the totals are the last row.',
      },
    },
    async ({ actor, query }, reply) => {
      const report = await make(actor, query);
      const name = `report-${report.by}-${report.from.slice(0, 10)}.csv`;
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('x-content-type-options', 'nosniff')
        .send(toCsv(report));
    },
  );
};

function toCsv({ rows, totals }: Report): string {
  const columns = Object.keys(Figures.properties) as (keyof Figures)[];
  const cells = (figures: Figures): Cell[] => columns.map((column) => figures[column]);
  return writeCsv([
    ['key', 'label', ...columns],
    ...rows.map((row) => [row.key, row.label, ...cells(row)]),
    ['total', null, ...cells(totals)],
  ]);
}
