// Tells admins what is wrong with the server, while it lasts.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Notice } from '../contract/notices.ts';
import { allow } from './authenticate.ts';
import type { FileMeans } from './file-means.ts';
import type { RouteMeans } from './route-means.ts';

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
    async () => ({ items: fileMeans.isDiskLow() ? [{ code: 'no-room-for-files' as const }] : [] }),
  );
};
