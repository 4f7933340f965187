// Customers over HTTP: what is known about one, and messages to one through the company's own
// system.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { deliveredId } from '../contract/delivered-id.ts';
import {
  Contact,
  ContactUpdate,
  ExternalMessage,
  ExternalMessageText,
} from '../contract/endpoints.ts';
import { IdParams } from '../contract/shapes.ts';
import { changeContact } from '../desk/change-contact.ts';
import { sendExternalMessage } from '../desk/send-external-message.ts';
import { Refused } from '../errors.ts';
import { type ExternalMessageRow, getContact, listExternalMessages } from '../store/contacts.ts';
import { isTypeBound } from '../store/endpoints.ts';
import { allow } from './authenticate.ts';
import { presentContact } from './present-contact.ts';
import type { RouteMeans } from './route-means.ts';

const TYPE = 'send_external_message';

export const contactRoutes: FastifyPluginAsyncTypebox<RouteMeans> = async (app, { desk }) => {
  const read = allow(desk, 'contacts.read');
  const write = allow(desk, 'contacts.write');
  const tags = ['contacts'];

  app.get(
    '/api/v1/contacts/:id',
    { onRequest: read, schema: { tags, params: IdParams, response: { 200: Contact } } },
    async ({ actor: { workspaceId }, params: { id: contactId } }) => {
      const row = await getContact(desk.db, { workspaceId, contactId });
      if (row === null) throw new Refused('contact.not-found');
      return presentContact(row);
    },
  );
  app.patch(
    '/api/v1/contacts/:id',
    {
      onRequest: write,
      schema: { tags, params: IdParams, body: ContactUpdate, response: { 200: Contact } },
    },
    async ({ actor: { workspaceId }, params: { id: contactId }, body }) =>
      presentContact(await changeContact(desk, { workspaceId, contactId, ...body })),
  );
  app.post(
    '/api/v1/contacts/:id/external-message',
    {
      onRequest: write,
      schema: {
        tags,
        params: IdParams,
        body: ExternalMessageText,
        response: { 202: Type.Object({ triggerId: Type.String() }) },
      },
    },
    async ({ actor, params: { id: contactId }, body: { text } }, reply) => {
      const { workspaceId, agentId, name } = actor;
      const from = { id: agentId ?? name, name };
      const eventId = await sendExternalMessage(desk, { workspaceId, contactId, text, from });
      return reply.code(202).send({ triggerId: deliveredId({ eventId, type: TYPE }) });
    },
  );
  app.get(
    '/api/v1/contacts/:id/external-messages',
    {
      onRequest: read,
      schema: {
        tags,
        params: IdParams,
        response: {
          200: Type.Object({
            available: Type.Boolean({
              description: 'An endpoint that is switched on takes external messages.',
            }),
            items: Type.Array(ExternalMessage),
          }),
        },
      },
    },
    async ({ actor: { workspaceId }, params: { id: contactId } }) => {
      const key = { workspaceId, contactId };
      if ((await getContact(desk.db, key)) === null) throw new Refused('contact.not-found');
      const available = await isTypeBound(desk.db, workspaceId, TYPE);
      const rows = await listExternalMessages(desk.db, key);
      return { available, items: rows.map(presentExternalMessage) };
    },
  );
};

/** Sent when every endpoint has it; failed when one never will. */
function presentExternalMessage({
  eventId,
  at,
  data,
  deliveries,
}: ExternalMessageRow): ExternalMessage {
  const states = deliveries.map(({ state }) => state);
  const failed = states.includes('failed');
  const sent = states.every((state) => state === 'done');
  return {
    triggerId: deliveredId({ eventId, type: TYPE }),
    text: data.text,
    from: data.from,
    at: at.toISOString(),
    state: failed ? 'failed' : sent ? 'sent' : 'sending',
    deliveries,
  };
}
