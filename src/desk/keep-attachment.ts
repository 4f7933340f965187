// A file is uploaded, to go with a message.
import { Refused } from '../errors.ts';
import { putAttachment } from '../store/attachments.ts';
import type { Desk } from './context.ts';

export const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024;

/** Answers its id. Refuses `attachment.too-large`: larger than `most`, in bytes. */
export async function keepAttachment(
  { db }: Pick<Desk, 'db'>,
  file: {
    workspaceId: string;
    fileName: string;
    contentType: string;
    content: Buffer;
    createdBy: string;
  },
  most = MAX_ATTACHMENT_BYTES,
): Promise<string> {
  if (file.content.length > most) throw new Refused('attachment.too-large');
  // Fully random, because anybody who has the id may read the file (docs/decisions/014-files.md).
  const attachmentId = crypto.randomUUID();
  await putAttachment(db, { ...file, attachmentId, size: file.content.length });
  return attachmentId;
}
