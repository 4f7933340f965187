// How evenly load and conversations were spread, over HTTP: as JSON and as CSV.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Actor } from '../access/can.ts';
import {
  FAIRNESS_DEFINITION,
  FairnessQuery,
  FairnessReport,
  type FairnessRow,
} from '../contract/fairness.ts';
import { readFairness } from '../store/fairness.ts';
import { countReported } from '../store/status-report.ts';
import { allow } from './authenticate.ts';
import { readSpan, refuseTooMuch } from './report-span.ts';
import type { RouteMeans } from './route-means.ts';
import { writeCsv } from './write-csv.ts';

/** Of agents and days. */
const MOST_CELLS = 100_000;

export const fairnessRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const onRequest = allow(desk, 'reports.read');
  const tags = ['reports'];

  const make = async ({ workspaceId }: Actor, query: FairnessQuery): Promise<FairnessReport> => {
    const { teamId = null } = query;
    const { from, to, timeZone, days } = readSpan(query);
    const agents = await countReported(desk.db, { workspaceId, agentId: null, teamId });
    if (agents * Math.ceil(days + 1) > MOST_CELLS) refuseTooMuch({ code: '57014' });
    const span = { workspaceId, from, to, timeZone, teamId };
    const rows = await readFairness(desk.db, span).catch(refuseTooMuch);
    return { from: from.toISOString(), to: to.toISOString(), timeZone, rows };
  };

  app.get(
    '/api/v1/reports/fairness',
    {
      onRequest,
      schema: {
        tags,
        description: `How evenly load and conversations were spread, a row for each day up to now. ${FAIRNESS_DEFINITION}`,
        querystring: FairnessQuery,
        response: { 200: FairnessReport },
      },
    },
    ({ actor, query }) => make(actor, query),
  );
  app.get(
    '/api/v1/reports/fairness.csv',
    { onRequest, schema: { tags, querystring: FairnessQuery, description: 'The same.' } },
    async ({ actor, query }, reply) => {
      const report = await make(actor, query);
      const name = `fairness-${report.from.slice(0, 10)}.csv`;
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('x-content-type-options', 'nosniff')
        .send(toCsv(report.rows));
    },
  );
};

const figures = ['jain', 'lowest', 'mean', 'highest'] as const;

function toCsv(rows: readonly FairnessRow[]): string {
  const columns = (['load', 'given'] as const).flatMap((of) =>
    figures.map((figure) => ({
      name: `${of}${figure[0]?.toUpperCase()}${figure.slice(1)}`,
      read: (row: FairnessRow) => row[of]?.[figure] ?? null,
    })),
  );
  return writeCsv([
    ['day', 'agents', ...columns.map(({ name }) => name)],
    ...rows.map((row) => [row.day, row.agents, ...columns.map(({ read }) => read(row))]),
  ]);
}
