// Channels over HTTP. Secrets go in and never come out.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Channel, ChannelCreation, ChannelUpdate } from '../contract/channels.ts';
import { IdParams } from '../contract/shapes.ts';
import { createChannel, deleteChannel, updateChannel } from '../desk/change-channel.ts';
import { switchChannel } from '../desk/switch-channel.ts';
import { Refused } from '../errors.ts';
import { type ChannelRow, listChannels } from '../store/channels.ts';
import { allow } from './authenticate.ts';
import type { FindFace } from './channel-face.ts';
import { presentChannel } from './present.ts';
import type { RouteMeans } from './route-means.ts';

export const channelRoutes: FastifyPluginAsyncTypebox<RouteMeans & { faceOf: FindFace }> = async (
  app,
  { desk, publicUrl, faceOf },
) => {
  const present = (row: ChannelRow): Channel =>
    presentChannel(row, faceOf(row.kind).urls(row.channelId, publicUrl()));
  const read = allow(desk, 'channels.read');
  const write = allow(desk, 'channels.write');
  const tags = ['channels'];
  const getOne = async (workspaceId: string, id: string): Promise<Channel> => {
    const channels = await listChannels(desk.db, workspaceId);
    const row = channels.find(({ channelId }) => channelId === id);
    if (row === undefined) throw new Refused('channel.not-found');
    return present(row);
  };

  app.get(
    '/api/v1/channels',
    {
      onRequest: read,
      schema: { tags, response: { 200: Type.Object({ items: Type.Array(Channel) }) } },
    },
    async ({ actor }) => {
      const rows = await listChannels(desk.db, actor.workspaceId);
      return { items: rows.map(present) };
    },
  );
  app.get(
    '/api/v1/channels/:id',
    { onRequest: read, schema: { tags, params: IdParams, response: { 200: Channel } } },
    ({ actor, params }) => getOne(actor.workspaceId, params.id),
  );
  app.post(
    '/api/v1/channels',
    { onRequest: write, schema: { tags, body: ChannelCreation, response: { 201: Channel } } },
    async ({ actor: { workspaceId, name: actor }, body }, reply) => {
      const { channelId, made } = await createChannel(desk, { workspaceId, actor, ...body });
      const channel = await getOne(workspaceId, channelId);
      const shown = made === null ? undefined : faceOf(channel.kind).shownOnce?.(channel, made);
      return reply.code(201).send({ ...channel, shownOnce: shown ?? {} });
    },
  );
  app.patch(
    '/api/v1/channels/:id',
    {
      onRequest: write,
      schema: { tags, params: IdParams, body: ChannelUpdate, response: { 200: Channel } },
    },
    async ({ actor: { workspaceId, name: actor }, params: { id: channelId }, body }) => {
      const { enabled, ...change } = body;
      const by = { workspaceId, actor, channelId };
      if (Object.keys(change).length > 0) await updateChannel(desk, { ...by, ...change });
      if (enabled !== undefined) await switchChannel(desk, { ...by, enabled });
      return getOne(workspaceId, channelId);
    },
  );
  app.delete(
    '/api/v1/channels/:id',
    { onRequest: write, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async ({ actor: { workspaceId, name: actor }, params: { id: channelId } }, reply) => {
      await deleteChannel(desk, { workspaceId, actor, channelId });
      return reply.code(204).send(null);
    },
  );
};
