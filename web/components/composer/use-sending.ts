// Sends what is written; what is sent before its files are on the server goes as soon as they are.
import { useEffect, useState } from 'react';
import type { ConversationOutbox } from '../outbox/use-outbox.ts';
import type { useFiles } from './files-to-send.tsx';
import type { useDraft } from './use-draft.ts';

export interface Sending {
  /** null: there is nothing to send. */
  send: (() => void) | null;
  /** It goes as soon as the files are there. */
  waits: boolean;
}

export function useSending(args: {
  draft: ReturnType<typeof useDraft>;
  files: ReturnType<typeof useFiles>;
  outbox: ConversationOutbox;
  onSent(): void;
}): Sending {
  const { draft, files, outbox, onSent } = args;
  const [wished, wish] = useState<{ text: string; failed: number } | null>(null);
  const text = draft.text.trim();
  // Whoever goes on writing has not finished, and a file that is refused is to be looked at first.
  const stands = wished?.text === draft.text && wished.failed === files.failed && !draft.note;
  const waits = stands && files.busy;
  const attachments = draft.note ? [] : files.ready;
  const isEmpty = text === '' && attachments.length === 0 && (draft.note || !files.busy);
  const send = () => {
    if (files.busy && !draft.note) return wish({ text: draft.text, failed: files.failed });
    outbox.send({ text, note: draft.note, attachments });
    draft.clear();
    if (!draft.note) files.clear();
    onSent();
  };
  useEffect(() => {
    if (wished === null || waits) return;
    wish(null);
    if (stands && !isEmpty) send();
  });
  return { send: isEmpty ? null : send, waits };
}
