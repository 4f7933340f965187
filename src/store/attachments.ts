// The files that go with messages. In the database: nodes share nothing else.
import { type Db, query, queryOne, statement } from './sql.ts';

export interface AttachmentRow {
  attachmentId: string;
  fileName: string;
  contentType: string;
  size: number;
  /** A token’s name, an agent, or a visitor’s session. */
  createdBy: string;
}

const putAttachment_ = statement<never>(
  'put-attachment',
  `insert into attachment (workspace_id, attachment_id, file_name, content_type, size, content, created_by)
  values ($1, $2, $3, $4, $5, $6, $7)`,
);

export async function putAttachment(
  db: Db,
  file: AttachmentRow & { workspaceId: string; content: Buffer },
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

// One that was not said for a day is about to be forgotten: no message is to name it just then.
const listAttachments_ = statement<AttachmentRow>(
  'list-attachments',
  `select attachment_id as "attachmentId", file_name as "fileName", content_type as "contentType", size,
    created_by as "createdBy"
  from attachment where workspace_id = $1 and attachment_id = any ($2::uuid[])
    and (said or created_at > now() - interval '23 hours')`,
);

/** Without what is in them, in no particular order. */
export function listAttachments(
  db: Db,
  args: { workspaceId: string; ids: readonly string[] },
): Promise<AttachmentRow[]> {
  return query(db, listAttachments_, [args.workspaceId, args.ids]);
}

const findAttachment_ = statement<AttachmentRow & { content: Buffer }>(
  'find-attachment',
  `-- across workspaces: an address that nobody can guess is what names it
  select attachment_id as "attachmentId", file_name as "fileName", content_type as "contentType", size, content,
    created_by as "createdBy"
  from attachment where attachment_id = $1`,
);

/** By its id alone, for whoever was told it. */
export function findAttachment(
  db: Db,
  attachmentId: string,
): Promise<(AttachmentRow & { content: Buffer }) | null> {
  return queryOne(db, findAttachment_, [attachmentId]);
}

const getAttachment_ = statement<AttachmentRow & { content: Buffer }>(
  'get-attachment',
  `select attachment_id as "attachmentId", file_name as "fileName", content_type as "contentType", size, content,
    created_by as "createdBy"
  from attachment where workspace_id = $1 and attachment_id = $2`,
);

export function getAttachment(
  db: Db,
  key: { workspaceId: string; attachmentId: string },
): Promise<(AttachmentRow & { content: Buffer }) | null> {
  return queryOne(db, getAttachment_, [key.workspaceId, key.attachmentId]);
}
