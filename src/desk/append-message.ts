// Adds a message to a conversation: numbered, on its way to the outside system, and shown to
// watchers.
import { appendMessageRow, type NewMessage } from '../store/messages.ts';
import type { Tx } from '../store/tx.ts';
import type { After } from './commit.ts';

/** false: there is no such conversation. */
export async function appendMessage(after: After<Tx>, message: NewMessage): Promise<boolean> {
  const { conversationId: id } = message;
  const rows: Awaited<ReturnType<typeof appendMessageRow>>[] = [];
  const writing = after({
    send: () => rows.some((row) => row?.told),
    message: () => rows.flatMap((row) => (row === null ? [] : [{ id, seq: row.seq }])),
    wake: () => rows.some((row) => row?.toRoute),
  });
  const row = await appendMessageRow(writing, message);
  rows.push(row);
  return row !== null;
}
