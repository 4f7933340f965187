// How often what contacts were told of their waits was right, over HTTP: as JSON and as CSV.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Actor } from '../access/can.ts';
import { ToldWaitFigures, ToldWaitsQuery, ToldWaitsReport } from '../contract/told-waits.ts';
import { readToldWaits } from '../store/told-report.ts';
import { allow } from './authenticate.ts';
import { readSpan, refuseTooMuch } from './report-span.ts';
import type { RouteMeans } from './route-means.ts';
import { writeCsv } from './write-csv.ts';

const columns = Object.keys(ToldWaitFigures.properties) as (keyof ToldWaitFigures)[];

export const toldWaitsReportRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (
  app,
  { desk },
) => {
  const onRequest = allow(desk, 'reports.read');
  const tags = ['reports'];

  const make = async ({ workspaceId }: Actor, query: ToldWaitsQuery): Promise<ToldWaitsReport> => {
    const { by = 'hour', which = 'first', channelId = null } = query;
    const { from, to, timeZone } = readSpan(query);
    const span = { workspaceId, from, to, timeZone, all: which === 'all', channelId };
    const found = await readToldWaits(desk.db, by, span).catch(refuseTooMuch);
    const rows = found.flatMap(({ key, ...figures }) =>
      key === null ? [] : [{ key, ...figures }],
    );
    const [totals] = found.filter(({ key }) => key === null);
    if (totals === undefined) throw new Error('A report without totals.');
    return {
      ...{ from: from.toISOString(), to: to.toISOString(), timeZone, by, which },
      totals: figuresOf(totals),
      rows: by === 'length' ? rows.sort((a, b) => Number(a.key) - Number(b.key)) : rows,
    };
  };

  app.get(
    '/api/v1/reports/told-waits',
    {
      onRequest,
      schema: {
        tags,
        description:
          'What contacts were told of their waits, held against what came. A range should hold four waits of five.',
        querystring: ToldWaitsQuery,
        response: { 200: ToldWaitsReport },
      },
    },
    ({ actor, query }) => make(actor, query),
  );
  app.get(
    '/api/v1/reports/told-waits.csv',
    {
      onRequest,
      schema: {
        tags,
        querystring: ToldWaitsQuery,
        description: 'The same; the totals are the last row.',
      },
    },
    async ({ actor, query }, reply) => {
      const { rows, totals, from } = await make(actor, query);
      const cells = (figures: ToldWaitFigures) => columns.map((column) => figures[column]);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="told-waits-${from.slice(0, 10)}.csv"`)
        .header('x-content-type-options', 'nosniff')
        .send(
          writeCsv([
            ['key', ...columns],
            ...rows.map((row) => [row.key, ...cells(row)]),
            ['total', ...cells(totals)],
          ]),
        );
    },
  );
};

function figuresOf({ key: _, ...figures }: ToldWaitFigures & { key: string | null }) {
  return figures;
}
