// Endpoints over HTTP: where events go, the log of deliveries, and sending them again.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { type Actor, can } from '../access/can.ts';
import {
  DeliveryDetail,
  DeliveryHours,
  DeliveryHoursQuery,
  DeliveryState,
  DeliverySummary,
  Endpoint,
  EndpointCreation,
  EndpointTest,
  EndpointTestResult,
  EndpointUpdate,
  EndpointWithSecret,
  Redeliver,
} from '../contract/endpoints.ts';
import type { BindableType } from '../contract/event-types.ts';
import { IdParams, Page, PageOf } from '../contract/shapes.ts';
import { createEndpoint, removeEndpoint, updateEndpoint } from '../desk/change-endpoint.ts';
import { noteIfOthersStream } from '../desk/note-reads.ts';
import { redeliver, redeliverSince } from '../desk/redeliver.ts';
import { Refused } from '../errors.ts';
import { listDeliveryHours } from '../store/delivery-hours.ts';
import { getDelivery, listDeliveries } from '../store/delivery-log.ts';
import { type EndpointWithSecrets, getEndpoint, listEndpoints } from '../store/endpoints.ts';
import { unsealEndpoint } from '../store/sealed-rows.ts';
import { allow } from './authenticate.ts';
import { readNumberCursor, toPage } from './page.ts';
import { beginOfHours, presentDeliveryHours } from './present-delivery-hours.ts';
import {
  presentAttempts,
  presentDelivery,
  presentEndpoint,
  withSecret,
} from './present-endpoint.ts';
import type { RouteMeans } from './route-means.ts';

export interface EndpointMeans extends RouteMeans {
  testEndpoint(args: {
    endpoint: EndpointWithSecrets;
    type: BindableType;
  }): Promise<EndpointTestResult>;
}

const DeliveryParams = Type.Object({ id: Type.String({ maxLength: 100 }) });

/** Only valid ids: others are answered like ids that do not exist. */
function readDeliveryId({ id }: { id: string }): number {
  if (!/^[1-9][0-9]{0,14}$/.test(id)) throw new Refused('delivery.not-found');
  return Number(id);
}

export const endpointRoutes: FastifyPluginAsyncTypebox<EndpointMeans> = async (
  app,
  { desk, noteRead, testEndpoint },
) => {
  const read = allow(desk, 'endpoints.read');
  const write = allow(desk, 'endpoints.write');
  const tags = ['endpoints'];
  const find = async (actor: Actor, endpointId: string): Promise<EndpointWithSecrets> => {
    const row = await getEndpoint(desk.db, { workspaceId: actor.workspaceId, endpointId });
    if (row === null) throw new Refused('endpoint.not-found');
    return unsealEndpoint(desk.secrets, row);
  };

  app.get(
    '/api/v1/endpoints',
    {
      onRequest: read,
      schema: { tags, response: { 200: Type.Object({ items: Type.Array(Endpoint) }) } },
    },
    async ({ actor }) => ({
      items: (await listEndpoints(desk.db, actor.workspaceId)).map(presentEndpoint),
    }),
  );
  app.post(
    '/api/v1/endpoints',
    {
      onRequest: write,
      schema: { tags, body: EndpointCreation, response: { 201: EndpointWithSecret } },
    },
    async ({ actor, body }, reply) => {
      const { workspaceId, name } = actor;
      const id = await createEndpoint(desk, { workspaceId, actor: name }, body);
      return reply.code(201).send(withSecret(await find(actor, id), body.secret));
    },
  );
  app.get(
    '/api/v1/endpoints/:id',
    { onRequest: read, schema: { tags, params: IdParams, response: { 200: Endpoint } } },
    async ({ actor, params }) => presentEndpoint(await find(actor, params.id)),
  );
  app.patch(
    '/api/v1/endpoints/:id',
    {
      onRequest: write,
      schema: {
        tags,
        params: IdParams,
        body: EndpointUpdate,
        response: { 200: EndpointWithSecret },
      },
    },
    async ({ actor, params: { id: endpointId }, body }) => {
      const { workspaceId, name } = actor;
      await updateEndpoint(desk, { workspaceId, endpointId, actor: name }, body);
      return withSecret(await find(actor, endpointId), body.secret);
    },
  );
  app.delete(
    '/api/v1/endpoints/:id',
    { onRequest: write, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async ({ actor: { workspaceId, name }, params: { id: endpointId } }, reply) => {
      await removeEndpoint(desk, { workspaceId, endpointId, actor: name });
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/endpoints/:id/test',
    {
      onRequest: write,
      schema: {
        tags,
        params: IdParams,
        body: Type.Optional(Type.Union([EndpointTest, Type.Null()])),
        response: { 200: EndpointTestResult },
      },
    },
    async ({ actor, params, body }) => {
      const endpoint = await find(actor, params.id);
      const type = body?.type ?? endpoint.events[0];
      if (type === undefined || !endpoint.events.includes(type)) {
        throw new Refused('endpoint.not-bound');
      }
      return testEndpoint({ endpoint, type: type as BindableType });
    },
  );
  app.get(
    '/api/v1/endpoints/:id/deliveries',
    {
      onRequest: read,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({ ...Page.properties, state: Type.Optional(DeliveryState) }),
        response: { 200: PageOf(DeliverySummary) },
      },
    },
    async ({ actor, params: { id: endpointId }, query: { cursor, limit = 50, state } }) => {
      await find(actor, endpointId);
      const rows = await listDeliveries(desk.db, {
        workspaceId: actor.workspaceId,
        endpointId,
        before: readNumberCursor(cursor),
        state,
        limit: limit + 1,
      });
      return toPage(rows, limit, {
        id: (row) => String(row.deliveryId),
        present: presentDelivery,
      });
    },
  );
  app.get(
    '/api/v1/endpoints/:id/hours',
    {
      onRequest: read,
      schema: {
        tags,
        params: IdParams,
        querystring: DeliveryHoursQuery,
        response: { 200: DeliveryHours },
      },
    },
    async ({ actor, params: { id: endpointId }, query: { hours = 24 } }) => {
      const { workspaceId } = actor;
      await find(actor, endpointId);
      const now = desk.clock.now();
      const from = new Date(beginOfHours(hours, now));
      const rows = await listDeliveryHours(desk.db, { workspaceId, endpointId, from });
      return presentDeliveryHours(rows, { hours, now });
    },
  );
  app.post(
    '/api/v1/endpoints/:id/redeliver',
    {
      onRequest: write,
      schema: {
        tags,
        params: IdParams,
        body: Redeliver,
        response: { 202: Type.Object({ redelivered: Type.Integer() }) },
      },
    },
    async ({ actor: { workspaceId, name: actor }, params: { id: endpointId }, body }, reply) => {
      const since = new Date(body.since);
      const all = body.states === 'all';
      const redelivered = await redeliverSince(desk, {
        workspaceId,
        endpointId,
        since,
        all,
        actor,
      });
      return reply.code(202).send({ redelivered });
    },
  );
  app.get(
    '/api/v1/deliveries/:id',
    {
      onRequest: read,
      schema: { tags, params: DeliveryParams, response: { 200: DeliveryDetail } },
    },
    async ({ actor, params }) => {
      const { workspaceId } = actor;
      const row = await getDelivery(desk.db, { workspaceId, deliveryId: readDeliveryId(params) });
      if (row === null) throw new Refused('delivery.not-found');
      await noteIfOthersStream({ desk, noteRead }, actor, row.streamId);
      return { ...presentDelivery(row), body: row.body, log: presentAttempts(row.log) };
    },
  );
  app.post(
    '/api/v1/deliveries/:id/redeliver',
    {
      onRequest: allow(desk, 'deliveries.retry'),
      schema: {
        tags,
        params: DeliveryParams,
        response: { 202: Type.Object({ id: Type.String() }) },
      },
    },
    async ({ actor, params }, reply) => {
      const { workspaceId, name } = actor;
      const deliveryId = await redeliver(desk, {
        workspaceId,
        deliveryId: readDeliveryId(params),
        actor: name,
        onlyExternalMessages: !can(actor, 'endpoints.write'),
      });
      return reply.code(202).send({ id: String(deliveryId) });
    },
  );
};
