// Exports all conversations as lines of JSON, one a line, sent while they are read.
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Time } from '../contract/shapes.ts';
import type { Desk } from '../desk/context.ts';
import { noteExport } from '../desk/note-export.ts';
import { Refused } from '../errors.ts';
import { readExported, readExportedMessages } from '../store/export.ts';
import { allowProved } from './authenticate.ts';
import type { RouteMeans } from './route-means.ts';

interface Span {
  workspaceId: string;
  from: Date;
  to: Date;
}

export const exportRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  app.get(
    '/api/v1/export',
    {
      onRequest: allowProved(desk, 'export.read'),
      schema: {
        tags: ['export'],
        description:
          'The conversations that came in a span of time with their messages and notes, as NDJSON: one conversation a line. What supervisors whispered to agents is left out.',
        querystring: Type.Object({ from: Time, to: Time }),
      },
    },
    async ({ actor: { workspaceId, name: actor }, query }, reply) => {
      const [from, to] = [new Date(query.from), new Date(query.to)];
      if (from >= to) throw new Refused('request.invalid', 'to must be later than from.');
      await noteExport(desk, { workspaceId, actor, from, to });
      return reply
        .type('application/x-ndjson')
        .header('content-disposition', 'attachment; filename="conversations.ndjson"')
        .send(Readable.from(writeLines(desk.db, { workspaceId, from, to }), { objectMode: false }));
    },
  );
};

/**
 * Read only as fast as the client takes it: a hundred conversations and five hundred messages are
 * in memory.
 */
async function* writeLines(db: Desk['db'], span: Span): AsyncGenerator<string> {
  const until = idAt(span.to.getTime() + DAY_MS);
  let after = idAt(span.from.getTime() - DAY_MS);
  for (;;) {
    const page = await readExported(db, { ...span, after, until });
    for (const { conversationId, body } of page) {
      yield `${JSON.stringify(body).slice(0, -1)},"messages":[`;
      yield* writeMessages(db, { workspaceId: span.workspaceId, conversationId });
      yield ']}\n';
    }
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.conversationId;
  }
}

async function* writeMessages(
  db: Desk['db'],
  key: { workspaceId: string; conversationId: string },
): AsyncGenerator<string> {
  let after = 0;
  for (;;) {
    const messages = await readExportedMessages(db, { ...key, after });
    const last = messages.at(-1);
    if (last === undefined) return;
    const text = messages.map(({ body }) => JSON.stringify(body)).join(',');
    yield after === 0 ? text : `,${text}`;
    after = last.seq;
  }
}

const DAY_MS = 86_400_000;

/** The lowest id of a moment (RFC 9562, version 7). */
function idAt(ms: number): string {
  const hex = Math.max(0, Math.trunc(ms)).toString(16).padStart(12, '0').slice(-12);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
