// What outlives the page: the guest's key, the open conversation, what was not sent, and the choices made.
import type { Customer } from '../frame-messages.ts';
import { readSessionAnswer } from './read-config.ts';
import { asFields, asList, asText, readJson } from './read-value.ts';
import type { Outgoing, Session } from './state.ts';

export interface Kept {
  visitorKey: string | null;
  /** Whom the host named when the conversation began; null: a guest. */
  identity: string | null;
  session: Session | null;
  profile: Customer;
  outbox: Outgoing[];
  muted: boolean;
}

export interface Memory {
  read(): Kept;
  write(change: Partial<Kept>): void;
  clear(): void;
  /** What another tab has written from now on; null: it has forgotten everything. */
  follow(listener: (kept: Kept | null) => void): void;
}

/** Where the browser refuses storage to frames of others, it lasts as long as the page. */
export function openMemory(channelId: string | undefined): Memory {
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

function readKept(text: string | null): Kept {
  const kept = asFields(readJson(text ?? 'null'));
  return {
    visitorKey: asText(kept.visitorKey),
    identity: asText(kept.identity),
    session: readSessionAnswer(kept.session),
    profile: asFields(kept.profile),
    outbox: asList(kept.outbox).flatMap((each) => readOutgoing(each) ?? []),
    muted: kept.muted === true,
  };
}

/** Files do not outlive the page; texts do. */
function readOutgoing(value: unknown): Outgoing | null {
  const { clientMessageId, text, at, file } = asFields(value);
  if (typeof clientMessageId !== 'string' || typeof text !== 'string' || file !== null) return null;
  const rest = {
    state: 'waiting',
    file: null,
    progress: 0,
    error: null,
    tries: 0,
    sentAt: 0,
  } as const;
  return { ...rest, clientMessageId, text, at: typeof at === 'number' ? at : 0 };
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
    // Refused or full: what is kept lasts as long as the page.
  }
}
