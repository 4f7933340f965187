// Where what outlives the page is kept.
import type { Customer } from '../frame-messages.ts';
import { type Memory, readKept } from './kept.ts';
import { makePageMemory, type PageKeeper } from './page-memory.ts';
import { asFields, asText, readJson } from './read-value.ts';

/**
 * What the page hands over counts only where the browser refuses us storage. Elsewhere a page could
 * make a visitor go on as an identity that it has made up, and read along.
 */
export function chooseMemory(channelId: string | undefined, page: PageKeeper): Memory {
  if (!isStorageGiven()) return makePageMemory(page);
  if (page.handed !== null) page.keep(null);
  return makeOwnMemory(channelId);
}

function makeOwnMemory(channelId: string | undefined): Memory {
  const key = `usher.chat.${channelId ?? 'default'}`;
  let kept = readKept(load(key));
  // Another tab may have written since.
  const read = () => {
    const text = load(key);
    if (text !== null) kept = readKept(text);
    return kept;
  };
  return {
    read,
    write: (change) => {
      kept = { ...read(), ...change };
      save(key, JSON.stringify(kept));
    },
    clear: () => {
      kept = readKept(null);
      save(key, null);
      save(FORMER_KEY, null);
    },
    follow: (listener) =>
      addEventListener('storage', (event) => {
        // No key: all of the storage was cleared.
        if (event.key !== key && event.key !== null) return;
        kept = readKept(event.newValue);
        listener(event.newValue === null ? null : kept);
      }),
    hear: () => {},
  };
}

const FORMER_KEY = 'userData';

/** The guest of an old Chimp Assist installation at this same address. */
export function readFormerGuest(): Customer | null {
  const { id, name, avatarURL } = asFields(readJson(load(FORMER_KEY) ?? 'null'));
  return readGuest({ id, name, avatarURL });
}

/** Only what the old widget kept, and only as text. */
export function readGuest(value: unknown): Customer | null {
  const guest = asFields(value);
  const entries = (['id', 'name', 'avatarURL'] as const).flatMap((name) =>
    asText(guest[name]) === null ? [] : [[name, guest[name]] as const],
  );
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

function isStorageGiven(): boolean {
  try {
    return localStorage !== null;
  } catch {
    return false;
  }
}

function load(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function save(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Refused or full: the data lasts as long as the page.
  }
}
