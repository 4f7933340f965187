// The route that says which setting of Rocket.Chat is not as the bridge needs it.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { DeskCheck } from '../../contract/channels.ts';
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
  app.post(
    '/api/v1/channels/:id/check-desk',
    {
      onRequest: allow(desk, 'channels.check'),
      schema: { tags: ['channels'], params: IdParams, response: { 200: DeskCheck } },
    },
    async ({ actor, params: { id } }) => {
      const channel = directory.byId(id);
      if (channel === null || channel.workspaceId !== actor.workspaceId) {
        throw new Refused('channel.not-found');
      }
      const means = channel.kind === 'rocketchat' ? meansOf(id) : null;
      if (means === null) throw new Refused('channel.no-desk');
      const { config, secrets } = means.channel;
      const items = await checkDesk(means.client, {
        webhookUrl: `${publicUrl()}/channels/rocketchat/${id}/webhook`,
        externalUrl: `${publicUrl()}/channels/rocketchat/${id}/external-queue`,
        wasAsked: wasAsked(id),
        webhookSecret: secrets.webhookSecret ?? null,
        userId: config.userId,
        callsPerMinute: config.callsPerMinute ?? null,
      });
      return { items };
    },
  );
};
