// Adds a note that belongs to a verb, such as a transfer, in the verb's transaction.
import { v7 as uuid } from 'uuid';
import type { NoteMark } from '../store/messages.ts';
import type { Tx } from '../store/tx.ts';
import { appendMessage } from './append-message.ts';
import type { After } from './commit.ts';
import { kindOfWriter } from './kind-of-writer.ts';

/** A note without a word is none. */
export async function appendNote(
  after: After<Tx>,
  note: {
    workspaceId: string;
    conversationId: string;
    /** The agent who writes it; null: a user or program that is none. */
    writerId: string | null;
    mark: Exclude<NoteMark, 'whisper'>;
    text: string | null;
    toAgentIds?: readonly string[];
  },
): Promise<void> {
  const { workspaceId, conversationId, writerId, mark, text, toAgentIds = null } = note;
  if (text === null) return;
  const authorKind = await kindOfWriter(after({}), { workspaceId, writerId });
  await appendMessage(after, {
    ...{ workspaceId, conversationId, messageId: uuid(), kind: 'note' },
    ...{ authorKind, authorId: writerId, text, mark, toAgentIds, attachments: [], late: false },
  });
}
