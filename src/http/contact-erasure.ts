// All that is kept of one person: handed out as a file, or erased.
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Erased, Erasing } from '../contract/contacts.ts';
import { IdParams } from '../contract/shapes.ts';
import { eraseContact } from '../desk/erase-contact.ts';
import { noteContactExport } from '../desk/note-export.ts';
import { Refused } from '../errors.ts';
import { listMerges } from '../store/contact-merges.ts';
import { readContactRecord, readConversationsOf, readSentTo } from '../store/contact-record.ts';
import { type ContactRow, getContact } from '../store/contacts.ts';
import { readExportedMessages } from '../store/export.ts';
import type { Db } from '../store/sql.ts';
import { allowProved } from './authenticate.ts';
import { presentContact, presentRecord } from './present-contact.ts';
import type { RouteMeans } from './route-means.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';

export const contactErasureRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, means) => {
  const { desk } = means;
  const onRequest = allowProved(desk, 'contacts.erase');
  const tags = ['contacts'];

  app.get(
    '/api/v1/contacts/:id/export',
    {
      onRequest,
      schema: {
        tags,
        description:
          'Everything that is kept of one person, as one JSON document; files are listed with their addresses. What supervisors whispered is left out. On record.',
        params: IdParams,
      },
    },
    async ({ actor: { workspaceId, name: actor }, params: { id }, server }, reply) => {
      const contact = await getContact(desk.db, { workspaceId, contactId: id });
      if (contact === null) throw new Refused('contact.not-found');
      await noteContactExport(desk, { workspaceId, actor, contactId: contact.contactId });
      const key = { workspaceId, contact, filesUnder: server.publicUrl() };
      return reply
        .type('application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="contact-${contact.contactId}.json"`)
        .send(Readable.from(writePerson(desk.db, key), { objectMode: false }));
    },
  );
  app.post(
    '/api/v1/contacts/:id/erase',
    {
      onRequest,
      schema: {
        tags,
        description:
          'Deletes everything that is kept of one person, for good. That it was done stays on record, with figures and without a name.',
        params: IdParams,
        body: Erasing,
        response: { 200: Erased },
      },
    },
    ({ actor: { workspaceId, name: actor }, params: { id: contactId }, body }) =>
      eraseContact(desk, { workspaceId, contactId, actor, ...body }),
  );
};

type Person = { workspaceId: string; contact: ContactRow; filesUnder: string };

/** Read only as fast as the client takes it. */
async function* writePerson(db: Db, { workspaceId, contact, filesUnder }: Person) {
  const key = { workspaceId, contactId: contact.contactId };
  const row = await readContactRecord(db, { ...key, seenBy: null });
  if (row === null) throw new Refused('contact.not-found');
  const merges = await listMerges(db, key);
  const { identities, visits, ratings } = presentRecord(row, {
    ...{ merges, block: null, addresses: true },
  });
  const head = {
    ...{ format: 'usher.contact', version: 1, contact: presentContact(contact) },
    ...{ identities, visits, ratings, externalMessages: await readSentTo(db, key) },
  };
  yield `${JSON.stringify(head).slice(0, -1)},"conversations":[`;
  const files: unknown[] = [];
  let isFirst = true;
  let after = FIRST;
  for (;;) {
    const page = await readConversationsOf(db, { ...key, after });
    for (const { conversationId, body } of page) {
      yield `${isFirst ? '' : ','}${JSON.stringify(body).slice(0, -1)},"messages":[`;
      yield* writeMessages(db, { workspaceId, conversationId, filesUnder, files });
      yield ']}';
      isFirst = false;
    }
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.conversationId;
  }
  yield `],"files":${JSON.stringify(files)}}\n`;
}

interface Said {
  id?: string;
  name?: string;
  type?: string;
  size?: number;
  url?: string;
}

async function* writeMessages(
  db: Db,
  args: { workspaceId: string; conversationId: string; filesUnder: string; files: unknown[] },
): AsyncGenerator<string> {
  const { conversationId, filesUnder, files } = args;
  let after = 0;
  for (;;) {
    const messages = await readExportedMessages(db, { ...args, after });
    const last = messages.at(-1);
    if (last === undefined) return;
    for (const { body } of messages) {
      for (const { id, name = 'file', url = '', ...file } of body.attachments as Said[]) {
        const own = `${filesUnder}/attachments/${id}/${encodeURIComponent(name)}`;
        files.push({ conversationId, name, ...file, url: id === undefined ? url : own });
      }
    }
    const text = messages.map(({ body }) => JSON.stringify(body)).join(',');
    yield after === 0 ? text : `,${text}`;
    after = last.seq;
  }
}
