// How agents worked, over HTTP: four reports of one form, as JSON and as CSV. Agents see their own figures.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { TObject } from 'typebox';
import type { Actor } from '../access/can.ts';
import {
  AdherenceFigures,
  AdherenceReport,
  AdherenceReportQuery,
  AnswerFigures,
  AnswerReport,
  AnswerReportQuery,
  OccupancyFigures,
  OccupancyReport,
  OfferFigures,
  OfferReport,
  SideReportQuery,
} from '../contract/side-reports.ts';
import { reportOffers } from '../desk/report-offers.ts';
import { readAdherence } from '../store/adherence-report.ts';
import { type Keyed, MOST_SIDE_ROWS, type SideGroup } from '../store/agent-report.ts';
import { readAnswers } from '../store/answer-report.ts';
import { readOccupancy } from '../store/occupancy-report.ts';
import { readNames } from '../store/reports.ts';
import type { StatusSpan } from '../store/status-stretches.ts';
import { allow } from './authenticate.ts';
import { readWhom } from './report-of-whom.ts';
import { readSpan, refuseTooMuch } from './report-span.ts';
import type { RouteMeans } from './route-means.ts';
import { writeCsv } from './write-csv.ts';

/** One report: what it is called, what it takes and gives, and how its rows are read. */
interface Side {
  name: string;
  description: string;
  querystring: TObject;
  figures: TObject;
  response: TObject;
  read(span: StatusSpan, by: SideGroup, query: Asked): Promise<Row[]>;
}
type Asked = AnswerReportQuery;
type Row = Keyed<object>;

const DEFAULT_WITHIN_SECONDS = 60;

export const sideReportRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const onRequest = allow(desk, 'own-times.read');
  const tags = ['reports'];

  const make = async (actor: Actor, query: Asked, { read }: Side) => {
    const { workspaceId } = actor;
    const { by = 'agent', per = 'span', withinSeconds = DEFAULT_WITHIN_SECONDS } = query;
    const agentId = readWhom(actor, query.agentId ?? null);
    const { from, to, timeZone } = readSpan(query);
    const whom = { agentId, teamId: query.teamId ?? null };
    const span = { workspaceId, ...whom, from, to, timeZone, byDay: per === 'day' };
    const found = await read(span, by, query).catch(refuseTooMuch);
    if (found.length > MOST_SIDE_ROWS) refuseTooMuch({ code: '57014' });
    const isNamed = by === 'all' || by === 'plan';
    const names = isNamed ? null : await readNames(desk.db, by, workspaceId);
    const nameOf = (key: string) => (names === null ? key : (names.get(key) ?? null));
    const rows = found.map((row) => ({
      ...row,
      label: row.key === 'none' || row.key === 'all' ? null : nameOf(row.key),
    }));
    const [since, till] = [from.toISOString(), to.toISOString()];
    return { from: since, to: till, timeZone, by, withinSeconds, rows };
  };

  for (const side of sidesOf(desk)) {
    const { name, description, querystring, figures, response } = side;
    const path = `/api/v1/reports/${name}`;
    app.get(
      path,
      { onRequest, schema: { tags, description, querystring, response: { 200: response } } },
      ({ actor, query }) => make(actor, query as Asked, side) as never,
    );
    const csv = { tags, description: 'The same as CSV.', querystring };
    app.get(`${path}.csv`, { onRequest, schema: csv }, async ({ actor, query }, reply) => {
      const { from, rows } = await make(actor, query as Asked, side);
      const file = `attachment; filename="${name}-${from.slice(0, 10)}.csv"`;
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', file)
        .header('x-content-type-options', 'nosniff')
        .send(toCsv(rows, Object.keys(figures.properties)));
    });
  }
};

function sidesOf(desk: RouteMeans['desk']): Side[] {
  const { db } = desk;
  return [
    {
      name: 'occupancy',
      description:
        'How full agents were while they were online. By plan or channel: which part of the capacity of all agents went into it. Whoever may not read reports sees their own figures alone; this holds for all reports of agents.',
      ...{ querystring: SideReportQuery, figures: OccupancyFigures, response: OccupancyReport },
      read: async (span, by) =>
        (await readOccupancy(db, by, span)).map((row) => ({
          ...row,
          occupancy: row.capacityMs === 0 ? null : row.heldMs / row.capacityMs,
        })),
    },
    {
      name: 'offers',
      description:
        'What agents were given and offered, by when that was. Team, plan and channel are the conversation’s.',
      ...{ querystring: SideReportQuery, figures: OfferFigures, response: OfferReport },
      read: (span, by) => reportOffers(desk, by, span),
    },
    {
      name: 'answers',
      description:
        'How soon contacts were answered, by when that was and by whom. Team, plan and channel are the conversation’s; the row none has what programs answered.',
      ...{ querystring: AnswerReportQuery, figures: AnswerFigures, response: AnswerReport },
      read: (span, by, { withinSeconds = DEFAULT_WITHIN_SECONDS }) =>
        readAnswers(db, { by, withinMs: withinSeconds * 1000 }, span),
    },
    {
      name: 'adherence',
      description:
        'How far agents kept to their shifts; agents without a shift in the span are not in it.',
      querystring: AdherenceReportQuery,
      ...{ figures: AdherenceFigures, response: AdherenceReport },
      read: async (span, by) =>
        (await readAdherence(db, by as 'all' | 'agent' | 'team', span)).map((row) => ({
          ...row,
          adherence: row.plannedMs === 0 ? null : row.adheredMs / row.plannedMs,
        })),
    },
  ];
}

function toCsv(rows: readonly (Row & { label: string | null })[], figures: string[]): string {
  return writeCsv([
    ['day', 'key', 'label', ...figures],
    ...rows.map((row) => {
      const values = row as Record<string, unknown>;
      return [row.day, row.key, row.label, ...figures.map((name) => values[name] as number | null)];
    }),
  ]);
}
