// What is being typed into a conversation, kept in the browser.
import { useMemo, useState } from 'react';
import { serverNow } from '../../../browser/server-clock.ts';
import { makeDrafts } from '../../live/drafts.ts';
import { useSession } from '../session/use-session.ts';

export function useDraft(id: string, notesOnly: boolean) {
  const { workspace, user } = useSession();
  const [workspaceId, userId] = [workspace.id, user.id];
  const drafts = useMemo(
    () => makeDrafts(localStorage, { workspaceId, userId }),
    [workspaceId, userId],
  );
  const [{ text, note }, set] = useState(() => drafts.all()[id] ?? { text: '', note: false });
  const keep = (next: { text: string; note: boolean }) => {
    set(next);
    drafts.keep(id, { ...next, at: serverNow() });
  };
  const asNote = note || notesOnly;
  return {
    text,
    note: asNote,
    keep,
    setText: (next: string) => keep({ text: next, note: asNote }),
    setNote: (next: boolean) => keep({ text, note: next }),
    clear: () => keep({ text: '', note: asNote && notesOnly }),
  };
}
