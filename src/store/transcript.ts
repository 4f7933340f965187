// What a contact said and was told in one conversation, for a mail to the contact.
import { type Db, query, queryOne, statement } from './sql.ts';

export interface TranscriptLine {
  authorKind: 'contact' | 'agent' | 'bot' | 'user' | 'system';
  authorName: string | null;
  text: string;
  files: string[];
  at: Date;
}

interface Key {
  workspaceId: string;
  conversationId: string;
}

/** Two more than are shown tell that there are more. */
export const MOST_LINES = 500;

const readLines_ = statement<TranscriptLine>(
  'read-transcript',
  `select m.author_kind as "authorKind", a.name as "authorName", m.text, m.created_at as at,
    array(select f ->> 'name' from jsonb_array_elements(m.attachments) f where f ->> 'name' is not null) as files
  from message m left join agent a on a.workspace_id = $1 and a.agent_id = m.author_id
  where m.workspace_id = $1 and m.conversation_id = $2 and m.kind = 'text'
  order by m.seq desc limit ${MOST_LINES + 1}`,
);

/** Newest first; notes are never in it. */
export function readTranscript(db: Db, key: Key): Promise<TranscriptLine[]> {
  return query(db, readLines_, [key.workspaceId, key.conversationId]);
}

export interface TranscriptHead {
  contactId: string;
  contactName: string | null;
  contactEmail: string | null;
  queuedAt: Date;
}

const readHead_ = statement<TranscriptHead>(
  'read-transcript-head',
  `select k.contact_id as "contactId", k.name as "contactName", k.email as "contactEmail", c.queued_at as "queuedAt"
  from conversation c join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
  where c.workspace_id = $1 and c.conversation_id = $2`,
);

/** null: there is no such conversation. */
export function readTranscriptHead(db: Db, key: Key): Promise<TranscriptHead | null> {
  return queryOne(db, readHead_, [key.workspaceId, key.conversationId]);
}
