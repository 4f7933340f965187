// The files that go with messages. In the database: nodes share nothing else.
import { type Db, query, queryOne, statement } from './sql.ts';

export interface AttachmentRow {
  attachmentId: string;
  fileName: string;
  contentType: string;
  size: number;
}

const putAttachment_ = statement<never>(
  'put-attachment',
  `insert into attachment (workspace_id, attachment_id, file_name, content_type, size, content, created_by)
  values ($1, $2, $3, $4, $5, $6, $7)`,
);

export async function putAttachment(
  db: Db,
  file: AttachmentRow & { workspaceId: string; content: Buffer; createdBy: string },
): Promise<void> {
  await query(db, putAttachment_, [
    file.workspaceId,
    file.attachmentId,
    file.fileName,
    file.contentType,
    file.size,
    file.content,
    file.createdBy,
  ]);
}

const listAttachments_ = statement<AttachmentRow>(
  'list-attachments',
  `select attachment_id as "attachmentId", file_name as "fileName", content_type as "contentType", size
  from attachment where workspace_id = $1 and attachment_id = any ($2::uuid[])`,
);

/** Without what is in them, in no particular order. */
export function listAttachments(
  db: Db,
  args: { workspaceId: string; ids: readonly string[] },
): Promise<AttachmentRow[]> {
  return query(db, listAttachments_, [args.workspaceId, args.ids]);
}

const getAttachment_ = statement<AttachmentRow & { content: Buffer }>(
  'get-attachment',
  `select attachment_id as "attachmentId", file_name as "fileName", content_type as "contentType", size, content
  from attachment where workspace_id = $1 and attachment_id = $2`,
);

export function getAttachment(
  db: Db,
  key: { workspaceId: string; attachmentId: string },
): Promise<(AttachmentRow & { content: Buffer }) | null> {
  return queryOne(db, getAttachment_, [key.workspaceId, key.attachmentId]);
}
