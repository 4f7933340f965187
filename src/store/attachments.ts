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

/** Without the content, which is read in slices. */
export type FoundAttachment = AttachmentRow & { workspaceId: string };

const putAttachment_ = statement<never>(
  'put-attachment',
  `insert into attachment (workspace_id, attachment_id, file_name, content_type, size, content, created_by)
  values ($1, $2, $3, $4, $5, $6, $7)`,
);

export async function putAttachment(
  db: Db,
  file: FoundAttachment & { content: Buffer },
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

const columns = `attachment_id as "attachmentId", file_name as "fileName",
  content_type as "contentType", size, created_by as "createdBy"`;

/**
 * How long a file waits for the message that names it. A visitor's bytes are a stranger's. An agent
 * may have written the message without a connection, and the desk sends it once there is one.
 */
export const WAITS = { visitor: '50 minutes', staff: '7 days' } as const;
export const isVisitors = `created_by like 'visitor:%'`;

// Within the last ten minutes before a file is deleted, no message may name it any more.
const listAttachments_ = statement<AttachmentRow>(
  'list-attachments',
  `select ${columns} from attachment where workspace_id = $1 and attachment_id = any ($2::uuid[])
    and (said or created_at > now() + interval '10 minutes'
      - case when ${isVisitors} then interval '${WAITS.visitor}' else interval '${WAITS.staff}' end)`,
);

/** In no particular order. */
export function listAttachments(
  db: Db,
  args: { workspaceId: string; ids: readonly string[] },
): Promise<AttachmentRow[]> {
  return query(db, listAttachments_, [args.workspaceId, args.ids]);
}

const findAttachment_ = statement<FoundAttachment>(
  'find-attachment',
  `-- across workspaces: an address that nobody can guess is what names it
  select workspace_id as "workspaceId", ${columns} from attachment where attachment_id = $1 and exists (
    select from workspace w where w.workspace_id = attachment.workspace_id and w.removed_at is null)`,
);

/** By its id alone, for anybody who was given the id. */
export function findAttachment(db: Db, attachmentId: string): Promise<FoundAttachment | null> {
  return queryOne(db, findAttachment_, [attachmentId]);
}

const getAttachment_ = statement<FoundAttachment>(
  'get-attachment',
  `select workspace_id as "workspaceId", ${columns} from attachment where workspace_id = $1 and attachment_id = $2`,
);

export function getAttachment(
  db: Db,
  key: { workspaceId: string; attachmentId: string },
): Promise<FoundAttachment | null> {
  return queryOne(db, getAttachment_, [key.workspaceId, key.attachmentId]);
}

// Stored outside the row and not compressed, so that reading a slice costs only that slice. The
// driver reads every value as text: base64 is two thirds the size of hex, and takes half the time
// to decode.
const readSlice_ = statement<{ base64: string }>(
  'read-attachment-slice',
  `select encode(substring(content from $3::integer + 1 for $4::integer), 'base64') as base64
  from attachment where workspace_id = $1 and attachment_id = $2`,
);

/** null: it was deleted. */
export async function readSlice(
  db: Db,
  args: { workspaceId: string; attachmentId: string; from: number; length: number },
): Promise<Buffer | null> {
  const { workspaceId, attachmentId, from, length } = args;
  const row = await queryOne(db, readSlice_, [workspaceId, attachmentId, from, length]);
  return row === null ? null : Buffer.from(row.base64, 'base64');
}
