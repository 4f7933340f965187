// The routes that look into Rocket.Chat for an admin: which setting is not as the bridge needs it, and which
// departments there are.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { DeskCheck, DeskDepartments } from '../../contract/channels.ts';
import { IdParams } from '../../contract/shapes.ts';
import { Refused } from '../../errors.ts';
import { allow } from '../../http/authenticate.ts';
import type { RouteMeans } from '../../http/route-means.ts';
import { checkDesk } from './check-desk.ts';
import type { MirrorMeans } from './mirror-means.ts';

export interface DeskCheckMeans extends RouteMeans {
  meansOf: (channelId: string) => MirrorMeans | null;
  /** Whether Rocket.Chat has asked us for agents. */
  wasAsked: (channelId: string) => boolean;
}

export const checkDeskRoute: FastifyPluginAsyncTypebox<DeskCheckMeans> = async (
  app,
  { desk, directory, publicUrl, meansOf, wasAsked },
) => {
  const meansOfOwn = (workspaceId: string, id: string): MirrorMeans => {
    if (directory.byId(id)?.workspaceId !== workspaceId) throw new Refused('channel.not-found');
    const isOurs = directory.ofKind('rocketchat').some(({ channelId }) => channelId === id);
    const means = isOurs ? meansOf(id) : null;
    if (means === null) throw new Refused('channel.no-desk');
    return means;
  };
  app.get(
    '/api/v1/channels/:id/departments',
    {
      onRequest: allow(desk, 'channels.check'),
      schema: { tags: ['channels'], params: IdParams, response: { 200: DeskDepartments } },
    },
    async ({ actor, params: { id } }) => {
      const found = await meansOfOwn(actor.workspaceId, id).client.listDepartments();
      if (!found.ok) return { items: [], trouble: found.failure.text };
      const items = found.value.map(({ departmentId, ...rest }) => ({ id: departmentId, ...rest }));
      return { items, trouble: null };
    },
  );
  app.post(
    '/api/v1/channels/:id/check-desk',
    {
      onRequest: allow(desk, 'channels.check'),
      schema: { tags: ['channels'], params: IdParams, response: { 200: DeskCheck } },
    },
    async ({ actor, params: { id } }) => {
      const means = meansOfOwn(actor.workspaceId, id);
      const { config, secrets } = means.channel;
      const items = await checkDesk(means.client, {
        webhookUrl: `${publicUrl()}/channels/rocketchat/${id}/webhook`,
        externalUrl: `${publicUrl()}/channels/rocketchat/${id}/external-queue`,
        wasAsked: wasAsked(id),
        webhookSecret: secrets.webhookSecret ?? null,
        userId: config.userId,
        callsPerMinute: config.callsPerMinute ?? null,
        handovers: config.handovers ?? [],
      });
      return { items };
    },
  );
};
