// Gives the routes of files what takes a file in and what sends one.
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { MAX_ATTACHMENT_BYTES } from '../desk/keep-attachment.ts';
import { drawPictures } from './draw-pictures.ts';
import type { FileMeans } from './file-means.ts';
import type { RouteMeans } from './route-means.ts';
import { makeSendFile, type SendFile } from './send-file.ts';
import { makeTakeUpload, type TakeUpload } from './take-upload.ts';

export type FileRouteMeans = RouteMeans & { files: { db: Pool; take: TakeUpload; send: SendFile } };

export function openFileMeans(app: FastifyInstance, means: FileMeans): FileRouteMeans['files'] {
  // Strangers' pictures never delay those of staff.
  const { db, clock } = means;
  const open = () => drawPictures({ clock, maxBytes: MAX_ATTACHMENT_BYTES });
  const drawings = { strangers: open(), staff: open() };
  app.addHook('onClose', async () => {
    for (const drawing of Object.values(drawings)) drawing.close();
  });
  return { db, take: makeTakeUpload({ ...means, drawings }), send: makeSendFile({ db }) };
}
