// Makes Qiscus tell us about resolved rooms, because its dashboard has no page to set that.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ResolveRegistration } from '../../contract/channels.ts';
import { IdParams } from '../../contract/shapes.ts';
import { Refused } from '../../errors.ts';
import { allow } from '../../http/authenticate.ts';
import type { RouteMeans } from '../../http/route-means.ts';
import type { QiscusClients } from './qiscus-door.ts';

const PATH = '/api/v1/webhook/mark_as_resolved';

export const registerResolveRoutes: FastifyPluginAsyncTypebox<
  RouteMeans & { clients: QiscusClients }
> = async (app, { desk, directory, publicUrl, clients }) => {
  app.post(
    '/api/v1/channels/:id/register-resolve',
    {
      onRequest: allow(desk, 'channels.write'),
      schema: { tags: ['channels'], params: IdParams, response: { 200: ResolveRegistration } },
    },
    async ({ actor, params: { id } }) => {
      const channel = directory.byId(id);
      if (channel === null || channel.workspaceId !== actor.workspaceId) {
        throw new Refused('channel.not-found');
      }
      const client = clients(id);
      if (channel.kind !== 'qiscus' || client === null) throw new Refused('channel.not-qiscus');
      const { webhookSecret } = channel.secrets;
      const base = `${publicUrl()}${PATH}`;
      const url = webhookSecret ? `${base}/${encodeURIComponent(webhookSecret)}` : base;
      const answer = await client.registerResolveWebhook({ url, enabled: true });
      if (!answer.ok) throw new Refused('qiscus.refused', answer.failure.text);
      const allocationEnabled = answer.value.isAllocateAgentWebhookEnabled;
      return { url: webhookSecret ? `${base}/<secret>` : base, allocationEnabled };
    },
  );
};
