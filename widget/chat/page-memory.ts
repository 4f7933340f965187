// Where the browser gives the frame no storage: the page keeps who a guest is, the rest lasts as long as the page.
import { type Kept, type Memory, readKept } from './kept.ts';

export interface PageKeeper {
  /** Stored for an earlier page's frame. */
  handed: string | null;
  keep(kept: string | null): void;
  /** A page proves its visitor each time, so it keeps nothing of a proved one. */
  isGuest(): boolean;
}

export function makePageMemory(page: PageKeeper): Memory {
  let { handed } = page;
  let kept = readHanded(handed);
  let tell: (kept: Kept | null) => void = () => {};

  function hand(): void {
    const next = page.isGuest() ? writeHanded(kept) : null;
    if (next !== handed) page.keep(next);
    handed = next;
  }

  return {
    read: () => kept,
    write: (change) => {
      kept = { ...kept, ...change };
      hand();
    },
    clear: () => {
      kept = readKept(null);
      hand();
    },
    follow: (listener) => {
      tell = listener;
    },
    hear: (next) => {
      handed = next;
      const { visitorKey, identity, session } = readHanded(next);
      kept = next === null ? readKept(null) : { ...kept, visitorKey, identity, session };
      tell(next === null ? null : kept);
    },
  };
}

/** The keys that open a guest's conversation, and none of its text. */
function writeHanded({ visitorKey, identity, session }: Kept): string | null {
  if (visitorKey === null && session === null) return null;
  return JSON.stringify({ visitorKey, identity, session });
}

function readHanded(handed: string | null): Kept {
  const { visitorKey, identity, session } = readKept(handed);
  return { ...readKept(null), visitorKey, identity, session };
}
