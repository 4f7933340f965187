// The audit over HTTP: who did what to what, looked through by any of these, as JSON and as CSV.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { displayName } from '../contract/display-name.ts';
import { AuditCsvQuery, AuditEntry, AuditQuery } from '../contract/endpoints.ts';
import { PageOf } from '../contract/shapes.ts';
import { type AuditFilter, type AuditRow, listAuditEntries } from '../store/audit.ts';
import { allow } from './authenticate.ts';
import { readNumberCursor, toPage } from './page.ts';
import type { RouteMeans } from './route-means.ts';
import { writeCsv } from './write-csv.ts';

/** More than a spreadsheet is read through; whoever needs more asks for a shorter span, or for pages. */
const MOST_ROWS = 10_000;

export const auditRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (
  app,
  { desk, noteRead },
) => {
  const onRequest = allow(desk, 'audit.read');
  const tags = ['audit'];
  app.get(
    '/api/v1/audit',
    { onRequest, schema: { tags, querystring: AuditQuery, response: { 200: PageOf(AuditEntry) } } },
    async ({ actor: reader, query: { cursor, limit = 50, ...filter } }) => {
      const { workspaceId } = reader;
      const before = readNumberCursor(cursor);
      const wanted = { ...readFilter(filter), workspaceId, before, limit: limit + 1 };
      const rows = await listAuditEntries(desk.db, wanted);
      await noteRead(reader, 'audit.read', workspaceId);
      return toPage(rows, limit, { id: (row) => String(row.entryId), present: presentEntry });
    },
  );
  app.get(
    '/api/v1/audit.csv',
    {
      onRequest,
      schema: {
        tags,
        querystring: AuditCsvQuery,
        description: `The same, the newest ${MOST_ROWS} at most.`,
      },
    },
    async ({ actor: reader, query }, reply) => {
      const { workspaceId } = reader;
      const before = readNumberCursor(undefined);
      const wanted = { ...readFilter(query), workspaceId, before, limit: MOST_ROWS };
      const entries = (await listAuditEntries(desk.db, wanted)).map(presentEntry);
      await noteRead(reader, 'audit.read', workspaceId);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="audit.csv"')
        .send(toCsv(entries));
    },
  );
};

function readFilter({
  from,
  to,
  ...filter
}: Omit<AuditFilter, 'from' | 'to'> & { from?: string; to?: string }): AuditFilter {
  return {
    ...filter,
    ...(from !== undefined && { from: new Date(from) }),
    ...(to !== undefined && { to: new Date(to) }),
  };
}

function presentEntry(row: AuditRow): AuditEntry {
  const { entryId, at, actor, action, objectId, objectName, contact, change } = row;
  return {
    id: String(entryId),
    at: at.toISOString(),
    ...{ actor, action, objectId, change },
    objectKind: action.split('.', 1)[0] ?? '',
    objectName: objectName ?? (contact && displayName(contact)),
  };
}

function toCsv(entries: readonly AuditEntry[]): string {
  const head = ['at', 'actor', 'action', 'object id', 'object', 'change'];
  const rows = entries.map(({ at, actor, action, objectId, objectName, change }) => [
    ...[at, actor, action, objectId, objectName],
    JSON.stringify(change),
  ]);
  return writeCsv([head, ...rows]);
}
