// Keeps a draft of the policy in the browser, so that a reload loses nothing.
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import { type Base, beginDraft, type Draft, isDirty } from './draft-steps.ts';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
type Kept = Pick<Draft, 'base' | 'present'>;

export interface DraftKeeper {
  key: string;
  /** What was kept, or a draft without changes. */
  read(latest: Base): Draft;
  keep(draft: Draft): void;
}

/** Of one person in a workspace: whoever signs in next at this browser sees nothing of it. */
export function makeDraftKeeper(
  store: Store,
  { workspaceId, userId }: { workspaceId: string; userId: string },
): DraftKeeper {
  const key = `usher.routing-draft.${workspaceId}.${userId}`;
  return {
    key,
    read(latest) {
      const kept = readKept(store, key);
      if (kept === null || !isDirty(kept)) return beginDraft(latest);
      const isOfLatest = kept.base.version >= latest.version;
      const draft = beginDraft(isOfLatest ? latest : kept.base, kept.present);
      return isDirty(draft) ? draft : beginDraft(latest);
    },
    keep(draft) {
      try {
        const { base, present } = draft;
        if (isDirty(draft)) store.setItem(key, JSON.stringify({ base, present } satisfies Kept));
        else store.removeItem(key);
      } catch {
        // A full or forbidden store must not stop anybody from working.
      }
    },
  };
}

function readKept(store: Store, key: string): Kept | null {
  try {
    const kept = JSON.parse(store.getItem(key) ?? 'null') as Partial<Kept> | null;
    const isWhole = isPolicy(kept?.present) && isPolicy(kept?.base?.policy);
    return isWhole && typeof kept?.base?.version === 'number' ? (kept as Kept) : null;
  } catch {
    return null;
  }
}

const isPolicy = (value: unknown): value is PolicyDocument =>
  typeof value === 'object' && value !== null && 'strategy' in value && 'boostSeconds' in value;
