// Contacts as a supervisor looks at them: found, with all that is on record, merged, blocked.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { can } from '../access/can.ts';
import { sightOf } from '../access/sight.ts';
import {
  Blocking,
  ContactQuery,
  ContactRecord,
  ListedContact,
  MergeAsking,
  MergePreview,
} from '../contract/contacts.ts';
import { Id, IdParams, PageOf } from '../contract/shapes.ts';
import { blockContact, unblockContact } from '../desk/block-contact.ts';
import { mergeIntoContact, undoMerge } from '../desk/merge-into-contact.ts';
import { previewMerge } from '../desk/preview-merge.ts';
import { Refused } from '../errors.ts';
import { findBlock } from '../store/contact-blocks.ts';
import { listMerges } from '../store/contact-merges.ts';
import { readContactRecord } from '../store/contact-record.ts';
import { getContact } from '../store/contacts.ts';
import { listContacts } from '../store/list-contacts.ts';
import { allow } from './authenticate.ts';
import { contactReachRoutes } from './contact-reach.ts';
import { networkBlockRoutes } from './network-blocks.ts';
import { readCursor, toPage } from './page.ts';
import { presentContact, presentListed, presentRecord } from './present-contact.ts';
import type { RouteMeans } from './route-means.ts';

const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const noContent = { 204: Type.Null() };

export const contactRecordRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, means) => {
  const { desk } = means;
  const read = allow(desk, 'contacts.read');
  const merge = allow(desk, 'contacts.merge');
  const block = allow(desk, 'contacts.block');
  const tags = ['contacts'];
  const path = '/api/v1/contacts/:id';

  await app.register(networkBlockRoutes, means);
  await app.register(contactReachRoutes, means);
  app.get(
    '/api/v1/contacts',
    {
      onRequest: read,
      schema: {
        tags,
        description: 'The newest first; what was merged into another is listed as that one.',
        querystring: ContactQuery,
        response: { 200: PageOf(ListedContact) },
      },
    },
    async ({ actor, query: { cursor, limit = 50, attribute, value, q, tag, blocked } }) => {
      if ((attribute === undefined) !== (value === undefined)) {
        throw new Refused('request.invalid', 'Send attribute and value together.');
      }
      const after = readCursor({ ...(cursor !== undefined && { cursor }) }, NEWEST);
      const rows = await listContacts(desk.db, {
        ...{ workspaceId: actor.workspaceId, seenBy: sightOf(actor) },
        ...{ q: q?.trim(), tag, blocked },
        ...(attribute !== undefined &&
          value !== undefined && { attribute: { name: attribute, value } }),
        ...{ after: after === NEWEST ? null : after, limit: limit + 1 },
      });
      return toPage(rows, limit, { id: ({ contactId }) => contactId, present: presentListed });
    },
  );
  app.get(
    `${path}/record`,
    {
      onRequest: read,
      schema: { tags, params: IdParams, response: { 200: ContactRecord } },
    },
    async ({ actor, params: { id } }) => {
      const { workspaceId } = actor;
      const contact = await getContact(desk.db, { workspaceId, contactId: id });
      if (contact === null) throw new Refused('contact.not-found');
      const key = { workspaceId, contactId: contact.contactId };
      const [row, merges, blocked] = await Promise.all([
        readContactRecord(desk.db, { ...key, seenBy: sightOf(actor) }),
        listMerges(desk.db, key),
        findBlock(desk.db, key),
      ]);
      if (row === null) throw new Refused('contact.not-found');
      const addresses = can(actor, 'contacts.block');
      return presentRecord(row, { merges, block: blocked, addresses });
    },
  );
  app.get(
    `${path}/merge-preview`,
    {
      onRequest: merge,
      schema: {
        tags,
        description: 'What the contact would be with the other merged into it. Nothing is written.',
        params: IdParams,
        querystring: MergeAsking,
        response: { 200: MergePreview },
      },
    },
    async ({ actor: { workspaceId }, params: { id: keptId }, query: { mergedId } }) => {
      const { kept, merged, ...rest } = await previewMerge(desk, { workspaceId, keptId, mergedId });
      return { ...rest, kept: presentContact(kept), merged: presentContact(merged) };
    },
  );
  app.post(
    `${path}/merge`,
    {
      onRequest: merge,
      schema: {
        tags,
        description:
          'The other contact is the same person: this one stands for both. Each channel goes on knowing its own.',
        params: IdParams,
        body: MergeAsking,
        response: { 201: Type.Object({ mergeId: Id }) },
      },
    },
    async ({ actor: { workspaceId, name: actor }, params: { id: keptId }, body }, reply) => {
      const mergeId = await mergeIntoContact(desk, { workspaceId, keptId, ...body, actor });
      return reply.code(201).send({ mergeId });
    },
  );
  app.post(
    `${path}/merges/:mergeId/undo`,
    {
      onRequest: merge,
      schema: {
        tags,
        description:
          'They are two again. What the kept one was given and nobody has changed since is taken back.',
        params: Type.Object({ id: Id, mergeId: Id }),
        response: noContent,
      },
    },
    async ({ actor: { workspaceId, name: actor }, params: { id, mergeId } }, reply) => {
      await undoMerge(desk, { workspaceId, contactId: id, mergeId, actor });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${path}/block`,
    {
      onRequest: block,
      schema: {
        tags,
        description: 'What is open ends; what the contact sends opens nothing, on no channel.',
        params: IdParams,
        body: Blocking,
        response: noContent,
      },
    },
    async ({ actor: { workspaceId, name: actor }, params: { id: contactId }, body }, reply) => {
      await blockContact(desk, { workspaceId, contactId, actor, ...body });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${path}/unblock`,
    { onRequest: block, schema: { tags, params: IdParams, response: noContent } },
    async ({ actor: { workspaceId, name: actor }, params: { id: contactId } }, reply) => {
      await unblockContact(desk, { workspaceId, contactId, actor });
      return reply.code(204).send(null);
    },
  );
};
