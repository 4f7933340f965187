// Keeps typed text that was not sent in the browser, so that a reload loses nothing.

export interface Draft {
  text: string;
  note: boolean;
  at: number;
}
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const MOST = 200;
/** Of everybody who used this browser, before drafts bore a name: nobody can say whose they are. */
const NAMELESS = 'usher.drafts';

const listeners = new Set<() => void>();

/** Also of what other tabs write. Answers how to stop. */
export function watchDrafts(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

export interface Drafts {
  /** By conversation. */
  all(): Record<string, Draft>;
  /** An empty text forgets it; the oldest go when there are too many. */
  keep(conversationId: string, draft: Draft): void;
}

/** Of one person in a workspace: whoever signs in next at this browser sees none of them. */
export function makeDrafts(store: Store, person: { workspaceId: string; userId: string }): Drafts {
  const key = `${NAMELESS}.${person.workspaceId}.${person.userId}`;
  const all = () => read(store, key);
  return {
    all,
    keep(conversationId, draft) {
      const { [conversationId]: _, ...others } = all();
      const kept = draft.text === '' ? others : { ...others, [conversationId]: draft };
      const newest = Object.entries(kept)
        .sort(([, a], [, b]) => b.at - a.at)
        .slice(0, MOST);
      try {
        store.removeItem(NAMELESS);
        store.setItem(key, JSON.stringify(Object.fromEntries(newest)));
      } catch {
        // A full or forbidden store must not stop anybody from typing.
      }
      for (const listener of listeners) listener();
    },
  };
}

/** Every row of a list asks for its own. */
let last: { text: string; found: Record<string, Draft> } = { text: '{}', found: {} };

function read(store: Store, key: string): Record<string, Draft> {
  try {
    const text = store.getItem(key) ?? '{}';
    if (text === last.text) return last.found;
    const parsed: unknown = JSON.parse(text);
    const found =
      typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, Draft>) : {};
    last = { text, found };
    return found;
  } catch {
    return {};
  }
}
