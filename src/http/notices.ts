// Tells admins what is wrong with the server, for as long as it is.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Notice } from '../contract/notices.ts';
import { allow } from './authenticate.ts';
import type { Doors } from './doors.ts';
import type { FileMeans } from './file-doors.ts';

export const noticeRoutes: FastifyPluginAsyncTypebox<
  Doors & { fileMeans: Pick<FileMeans, 'isDiskLow'> }
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
