// Adds messages from before a conversation to it, for context.
import { v7 as uuid } from 'uuid';
import { addHistory, type HistoryLine } from '../store/messages.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

/** Oldest first. Watchers are not told, because it is not news. */
export async function importHistory(
  { db }: Pick<Desk, 'db'>,
  args: {
    workspaceId: string;
    conversationId: string;
    lines: readonly Omit<HistoryLine, 'messageId'>[];
  },
): Promise<void> {
  if (args.lines.length === 0) return;
  const lines = args.lines.map((line) => ({ ...line, messageId: uuid() }));
  await withTx(db, (tx) => addHistory(tx, { ...args, lines }));
}
