// A company's own program says what a contact has written in a conversation that it has opened.
import type { MessageAttachment } from '../contract/events.ts';
import { Refused } from '../errors.ts';
import { makeGather } from '../store/gather.ts';
import { findNamedMessages, type MessageName } from '../store/named-messages.ts';
import type { Desk } from './context.ts';
import { readFiles } from './read-files.ts';
import { sayMessage } from './say-message.ts';

export interface ContactSaying {
  workspaceId: string;
  channelId: string;
  /** The program's own id of the conversation. */
  externalId: string;
  /** The program's own id of the message: a repeat is answered as it was stored. */
  messageExternalId: string;
  text: string;
  /** Files elsewhere, by their addresses. */
  attachments: readonly MessageAttachment[];
  /** Files that were uploaded before. */
  attachmentIds: readonly string[];
  /** Whose files these may be; absent: anybody's. */
  uploadedBy?: string | undefined;
}

export interface ContactSaid {
  conversationId: string;
  messageId: string;
  seq: number;
  repeated: boolean;
}

/**
 * Refuses `message.empty`, `attachment.not-found`, `conversation.not-found`, `idempotency-key.reused` for another text
 * under an id that was used, and `conversation.closed` where the last one under that id has ended. A parked one comes
 * back.
 */
export async function takeContactMessage(desk: Desk, saying: ContactSaying): Promise<ContactSaid> {
  const { workspaceId, text, attachmentIds, messageExternalId: clientMessageId } = saying;
  if (text.trim() === '' && saying.attachments.length + attachmentIds.length === 0) {
    throw new Refused('message.empty');
  }
  const { channelId, externalId } = saying;
  const found = await lookUp(desk, { workspaceId, channelId }, { externalId, clientMessageId });
  const { conversationId, contactId, messageId: saidId, saidIn } = found;
  // It may have been said before the end, and its answer lost.
  if (saidId !== null && saidIn !== null) {
    const before = { conversationId: saidIn, messageId: saidId, seq: found.seq ?? 0 };
    return repeat({ ...before, text: found.text ?? '' }, text);
  }
  if (conversationId === null || contactId === null) {
    throw new Refused('conversation.not-found', 'No conversation was opened under that id.');
  }
  const { uploadedBy: by } = saying;
  const owned = { workspaceId, ids: attachmentIds, ...(by !== undefined && { by }) };
  const files = await readFiles(desk.db, owned);
  const { outcome, messageId, seq } = await sayMessage(desk, {
    ...{ workspaceId, conversationId, text, clientMessageId },
    ...{ authorKind: 'contact', authorId: contactId, sessionId: null, isRepeat: false },
    attachments: [...saying.attachments, ...files],
  });
  if (messageId === null || seq === null) {
    throw new Refused('conversation.closed', 'That one has ended. Open it again to go on.');
  }
  return { conversationId, messageId, seq, repeated: outcome === 'repeat' };
}

/** Of a burst, in one statement. */
const lookUp = makeGather(
  (
    { db }: Pick<Desk, 'db'>,
    of: { workspaceId: string; channelId: string },
    names: MessageName[],
  ) => findNamedMessages(db, of, names),
);

function repeat({ text, ...said }: Omit<ContactSaid, 'repeated'> & { text: string }, now: string) {
  if (text === now) return { ...said, repeated: true };
  throw new Refused('idempotency-key.reused', 'That id was used for a message with another text.');
}
