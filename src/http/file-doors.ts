// What the routes of files are given: how one is taken in, and how it is sent.
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { MAX_ATTACHMENT_BYTES } from '../desk/keep-attachment.ts';
import type { UploadBudgets } from '../desk/limit-uploads.ts';
import type { Doors } from './doors.ts';
import { drawPictures } from './draw-pictures.ts';
import { makeSendFile, type SendFile } from './send-file.ts';
import { makeTakeUpload, type TakeUpload } from './take-upload.ts';

export interface FileMeans {
  /** Connections of their own: files wait for each other, and nobody for them. */
  db: Pool;
  budgets: UploadBudgets;
  /** Too little is free on the disk for files. */
  isDiskLow: () => boolean;
}

export type FileDoors = Doors & { files: { db: Pool; take: TakeUpload; send: SendFile } };

export function openFileDoors(app: FastifyInstance, means: FileMeans): FileDoors['files'] {
  // Strangers’ pictures never stand before those of the people who work here.
  const open = () => drawPictures({ maxBytes: MAX_ATTACHMENT_BYTES });
  const drawings = { strangers: open(), staff: open() };
  app.addHook('onClose', async () => {
    for (const drawing of Object.values(drawings)) drawing.close();
  });
  const { db } = means;
  return { db, take: makeTakeUpload({ ...means, drawings }), send: makeSendFile({ db }) };
}
