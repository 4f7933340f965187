// Tells admins what is wrong with the server, while it lasts.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Notice } from '../contract/notices.ts';
import { listAlarms } from '../store/alarms.ts';
import { allow } from './authenticate.ts';
import type { FileMeans } from './file-means.ts';
import type { RouteMeans } from './route-means.ts';

const MOST_LOOKED_AT = 500;

export const noticeRoutes: FastifyPluginAsyncTypebox<
  RouteMeans & { fileMeans: Pick<FileMeans, 'isDiskLow'> }
> = async (app, { desk, fileMeans }) => {
  app.get(
    '/api/v1/notices',
    {
      onRequest: allow(desk, 'notices.read'),
      schema: {
        tags: ['settings'],
        response: { 200: Type.Object({ items: Type.Array(Notice) }) },
      },
    },
    async ({ actor: { workspaceId } }) => {
      const items: Notice[] = fileMeans.isDiskLow() ? [{ code: 'no-room-for-files' }] : [];
      const open = await listAlarms(desk.db, {
        workspaceId,
        onlyOpen: true,
        limit: MOST_LOOKED_AT,
      });
      // The disk has a notice of its own.
      if (open.some(({ kind }) => kind !== 'disk-low')) items.push({ code: 'alarms' });
      return { items };
    },
  );
};
