// How long people were what, over HTTP: as JSON and as CSV. Agents see their own times.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Actor } from '../access/can.ts';
import {
  type StatusPart,
  StatusReport,
  StatusReportQuery,
  type StatusReportRow,
} from '../contract/status-report.ts';
import { countReported, readStatusTimes } from '../store/status-report.ts';
import { listStatuses } from '../store/statuses.ts';
import { allow } from './authenticate.ts';
import { makeStatusRows } from './make-status-report.ts';
import { readWhom } from './report-of-whom.ts';
import { readSpan, refuseTooMuch } from './report-span.ts';
import type { RouteMeans } from './route-means.ts';
import { writeCsv } from './write-csv.ts';

/** Of agents and days. */
const MOST_ROWS = 20_000;

export const statusReportRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const onRequest = allow(desk, 'own-times.read');
  const tags = ['reports'];
  const description =
    'How long each agent was online, away and offline, and with which status. Whoever may not read reports sees their own alone.';

  const make = async (actor: Actor, query: StatusReportQuery): Promise<StatusReport> => {
    const { workspaceId } = actor;
    const { by = 'day', teamId = null } = query;
    const agentId = readWhom(actor, query.agentId ?? null);
    const { from, to, timeZone, days } = readSpan(query);
    const whom = { workspaceId, agentId, teamId };
    const rows = (await countReported(desk.db, whom)) * (by === 'day' ? Math.ceil(days) + 1 : 1);
    if (rows > MOST_ROWS) refuseTooMuch({ code: '57014' });
    const span = { ...whom, from, to, timeZone, byDay: by === 'day' };
    const found = await readStatusTimes(desk.db, span).catch(refuseTooMuch);
    const statuses = await listStatuses(desk.db, workspaceId);
    const names = new Map(statuses.map(({ id, name }) => [id, name]));
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      ...{ by, timeZone, rows: makeStatusRows(found, names) },
    };
  };

  app.get(
    '/api/v1/reports/statuses',
    {
      onRequest,
      schema: {
        ...{ tags, description, querystring: StatusReportQuery },
        response: { 200: StatusReport },
      },
    },
    ({ actor, query }) => make(actor, query),
  );
  app.get(
    '/api/v1/reports/statuses.csv',
    {
      onRequest,
      schema: {
        tags,
        querystring: StatusReportQuery,
        description: 'The same, with a column for each status and cause; times in milliseconds.',
      },
    },
    async ({ actor, query }, reply) => {
      const report = await make(actor, query);
      return reply
        .type('text/csv; charset=utf-8')
        .header(
          'content-disposition',
          `attachment; filename="statuses-${report.from.slice(0, 10)}.csv"`,
        )
        .header('x-content-type-options', 'nosniff')
        .send(toCsv(report.rows));
    },
  );
};

function toCsv(rows: readonly StatusReportRow[]): string {
  const columns = [...new Set(rows.flatMap(({ parts }) => parts.map(columnOf)))].sort();
  const times = ['spanMs', 'onlineMs', 'awayMs', 'offlineMs', 'unrecordedMs'] as const;
  return writeCsv([
    ['day', 'agentId', 'agent', ...times, ...columns],
    ...rows.map((row) => [
      ...[row.day, row.agentId, row.agentName],
      ...times.map((time) => row[time]),
      ...columns.map((column) => timeIn(row, column)),
    ]),
  ]);
}

function columnOf({ availability, statusId, name, cause }: StatusPart): string {
  const what = cause ?? name ?? statusId;
  return what === null ? availability : `${availability}: ${what}`;
}

function timeIn({ parts }: StatusReportRow, column: string): number {
  return parts.reduce((sum, part) => sum + (columnOf(part) === column ? part.ms : 0), 0);
}
