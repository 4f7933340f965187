// What is being typed into a conversation, kept in the browser.
import { useState } from 'react';
import { serverNow } from '../../browser/server-clock.ts';
import { keepDraft, readDrafts } from '../live/drafts.ts';

export function useDraft(id: string, notesOnly: boolean) {
  const [{ text, note }, set] = useState(
    () => readDrafts(localStorage)[id] ?? { text: '', note: false },
  );
  const keep = (next: { text: string; note: boolean }) => {
    set(next);
    keepDraft(localStorage, id, { ...next, at: serverNow() });
  };
  const asNote = note || notesOnly;
  return {
    text,
    note: asNote,
    setText: (next: string) => keep({ text: next, note: asNote }),
    setNote: (next: boolean) => keep({ text, note: next }),
    clear: () => keep({ text: '', note: asNote && notesOnly }),
  };
}
