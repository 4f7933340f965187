// The conversations behind a figure of a report, over HTTP: page by page, and as CSV.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Actor, can } from '../access/can.ts';
import { displayName } from '../contract/display-name.ts';
import {
  type ListedConversation,
  ReportList,
  ReportListCsvQuery,
  ReportListQuery,
} from '../contract/report-details.ts';
import { Refused } from '../errors.ts';
import { listReported, type ReportListRow } from '../store/report-list.ts';
import { allow } from './authenticate.ts';
import { readSortCursor, toPage, writeSortCursor } from './page.ts';
import { sendCsv } from './report-details.ts';
import { readReportSpan, refuseTooMuch } from './report-span.ts';
import type { RouteMeans } from './route-means.ts';

const MOST_IN_CSV = 10_000;

export const reportListRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const onRequest = allow(desk, 'reports.read');
  const tags = ['reports'];

  const list = async (actor: Actor, query: ReportListQuery, limit: number) => {
    // It names contacts, and reports alone do not.
    if (!can(actor, 'conversations.read')) throw new Refused('role.insufficient');
    const { figure = 'opened', by = 'day', cursor, ...asked } = query;
    refuseUnfit({ ...asked, figure });
    const span = readReportSpan(actor, query);
    const filter = { figure, by, ...filterOf(asked) };
    const page = { after: readSortCursor(cursor), limit: limit + 1 };
    const found = await listReported(desk.db, filter, { ...span, ...page }).catch(refuseTooMuch);
    const { count, conversations, rows } = found;
    return {
      ...{ from: span.from.toISOString(), to: span.to.toISOString(), timeZone: span.timeZone },
      ...{ figure, count, conversations },
      ...toPage(rows, limit, {
        id: ({ sortKey: key, conversationId: id }) => writeSortCursor({ key, id }),
        present,
      }),
    };
  };

  app.get(
    '/api/v1/reports/conversations',
    {
      onRequest,
      schema: {
        tags,
        description:
          'The conversations that a figure of a report counts, the latest first. Asked with the same span, filters and row (`by`, `key`), `count` is the figure. It needs conversations.read too.',
        querystring: ReportListQuery,
        response: { 200: ReportList },
      },
    },
    ({ actor, query }) => list(actor, query, query.limit ?? 50),
  );
  app.get(
    '/api/v1/reports/conversations.csv',
    {
      onRequest,
      schema: {
        tags,
        description: `The same as CSV: the latest ${MOST_IN_CSV}.`,
        querystring: ReportListCsvQuery,
      },
    },
    async ({ actor, query }, reply) => {
      const { figure, from, items } = await list(actor, query, MOST_IN_CSV);
      return sendCsv(reply, `${figure}-${from.slice(0, 10)}`, [
        [...columns, 'score', 'comment'],
        ...items.map((item) => [
          ...columns.map((column) => item[column]),
          ...[item.rating?.score ?? null, item.rating?.comment ?? null],
        ]),
      ]);
    },
  );
};

const columns = [
  ...(['id', 'at', 'times', 'seconds', 'contactName', 'channelName', 'state'] as const),
  ...(['agentName', 'teamName', 'plan', 'queuedAt', 'closedAt'] as const),
] as const;

type Asked = Omit<ReportListQuery, 'figure' | 'by' | 'cursor'>;

function filterOf(asked: Asked) {
  const { key = null, weekday = null, hour = null, score = null, commented = null } = asked;
  const { atLeastSeconds = null, underSeconds = null } = asked;
  return { key, weekday, hour, score, commented, atLeastSeconds, underSeconds };
}

/** A filter that means nothing for the figure would find nothing, as if there were nothing. */
function refuseUnfit(asked: Asked & { figure: string }): void {
  const { figure, score, commented, atLeastSeconds, underSeconds } = asked;
  const timed = ['waits', 'firstAnswers', 'handlings'].includes(figure);
  if (!timed && (atLeastSeconds ?? underSeconds) !== undefined) {
    throw new Refused(
      'request.invalid',
      'atLeastSeconds and underSeconds go with waits, firstAnswers and handlings.',
    );
  }
  if (figure !== 'ratings' && (score !== undefined || commented !== undefined)) {
    throw new Refused('request.invalid', 'score and commented go with the figure ratings.');
  }
}

function present(row: ReportListRow): ListedConversation {
  const { contactName: name, contactEmail: email, contactPhone: phone } = row;
  const { channelId, channelName, agentId, agentName, teamId, teamName, plan } = row;
  const { ratingScore: score, ratingComment: comment, times, seconds } = row;
  return {
    id: row.conversationId,
    contactName: displayName({ name, email, phone, externalId: row.contactExternalId }),
    ...{ channelId, channelName, channelKind: row.channelKind, state: row.state },
    ...{ agentId, agentName, teamId, teamName, plan },
    queuedAt: row.queuedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    rating: score === null ? null : { score, comment },
    at: row.at.toISOString(),
    ...{ times, seconds },
  };
}
