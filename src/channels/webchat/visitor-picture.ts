// The picture of the agent whom a visitor speaks with.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { UUID } from '../../contract/uuid.ts';
import type { Shown } from '../../contract/webchat.ts';
import { type PictureMeans, sendPicture } from '../../http/pictures.ts';
import { findAgentPicture } from '../../store/users.ts';
import { findWebChat } from './webchat-channel.ts';

export const visitorPictureRoute: FastifyPluginAsyncTypebox<
  PictureMeans & { shown: Shown }
> = async (app, { desk, directory, shown: { agentAvatarUrl }, fetchPicture }) => {
  app.get(
    '/widget/picture',
    {
      schema: {
        hide: true,
        querystring: Type.Object({
          channelId: Type.String({ maxLength: 36 }),
          agentId: Type.String({ maxLength: 36 }),
        }),
      },
    },
    async ({ query: { channelId, agentId } }, reply) => {
      const channel = findWebChat({ directory }, channelId);
      if (channel === null || !UUID.test(agentId)) return sendPicture(reply, null);
      const { workspaceId } = channel;
      const url = (await findAgentPicture(desk.db, { workspaceId, agentId })) ?? agentAvatarUrl;
      return sendPicture(reply, url === null ? null : await fetchPicture(url));
    },
  );
};
