// What was typed and not sent yet, kept in the browser so that a reload loses nothing.

export interface Draft {
  text: string;
  note: boolean;
  at: number;
}
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'usher.drafts';
const MOST = 200;

export function readDrafts(store: Store): Record<string, Draft> {
  try {
    const read: unknown = JSON.parse(store.getItem(KEY) ?? '{}');
    return typeof read === 'object' && read !== null ? (read as Record<string, Draft>) : {};
  } catch {
    return {};
  }
}

/** An empty text forgets it; the oldest go when there are too many. */
export function keepDraft(store: Store, conversationId: string, draft: Draft): void {
  const { [conversationId]: _, ...others } = readDrafts(store);
  const kept = draft.text === '' ? others : { ...others, [conversationId]: draft };
  const newest = Object.entries(kept)
    .sort(([, a], [, b]) => b.at - a.at)
    .slice(0, MOST);
  try {
    store.setItem(KEY, JSON.stringify(Object.fromEntries(newest)));
  } catch {
    // A full or forbidden store must not stop anybody from typing.
  }
}
