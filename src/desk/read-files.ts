// The files that were uploaded before, as a message names them.
import type { MessageAttachment } from '../contract/events.ts';
import { Refused } from '../errors.ts';
import { listAttachments } from '../store/attachments.ts';
import type { Db } from '../store/sql.ts';

/** In the order asked for. `by`: only those of this uploader. Refuses `attachment.not-found`. */
export async function readFiles(
  db: Db,
  { workspaceId, ids, by }: { workspaceId: string; ids: readonly string[]; by?: string },
): Promise<MessageAttachment[]> {
  if (ids.length === 0) return [];
  const rows = await listAttachments(db, { workspaceId, ids });
  return ids.map((id): MessageAttachment => {
    const row = rows.find(({ attachmentId }) => attachmentId === id);
    if (row === undefined || (by !== undefined && row.createdBy !== by)) {
      throw new Refused('attachment.not-found');
    }
    const { contentType: type, fileName: name, size } = row;
    return { id, type, name, size, url: `/api/v1/attachments/${id}/${encodeURIComponent(name)}` };
  });
}
