// Short notes in the corner. What shows them is fetched once the page is in use, or with the first note.
import type { NotificationData } from '@mantine/notifications';
import { useEffect, useSyncExternalStore } from 'react';

type Stack = typeof import('./toast-stack.tsx');

/** Long after the first page stands, and before a line that breaks could keep a note from being shown. */
const AHEAD_MS = 60_000;

let stack: Stack | null = null;
let coming: Promise<Stack> | null = null;
let notes = 0;
const watchers = new Set<() => void>();

export const toasts = {
  /** Answers the note's id, by which it can be hidden. */
  show(note: NotificationData): string {
    notes += 1;
    const id = note.id ?? `note-${notes}`;
    withStack(({ notifications }) => notifications.show({ ...note, id }));
    return id;
  },
  hide(id: string): void {
    withStack(({ notifications }) => notifications.hide(id));
  },
};

export function Toasts() {
  const came = useSyncExternalStore(watch, () => stack);
  useEffect(() => {
    const fetchAhead = () => withStack(() => {});
    const timer = setTimeout(fetchAhead, AHEAD_MS);
    window.addEventListener('online', fetchAhead);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', fetchAhead);
    };
  }, []);
  return came === null ? null : <came.ToastStack />;
}

function watch(onChange: () => void): () => void {
  watchers.add(onChange);
  return () => watchers.delete(onChange);
}

/** What cannot be fetched is asked for again by the next note, or when the line is back. */
function withStack(use: (stack: Stack) => void): void {
  coming ??= import('./toast-stack.tsx');
  const asked = coming;
  asked.then(
    (came) => {
      if (stack === null) {
        stack = came;
        for (const tell of watchers) tell();
      }
      use(came);
    },
    () => {
      if (coming === asked) coming = null;
    },
  );
}
