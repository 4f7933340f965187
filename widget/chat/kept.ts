// What outlives the page: the guest's key, the open conversation, what was not sent, and the choices made.
import type { Customer } from '../frame-messages.ts';
import { readSessionAnswer } from './read-config.ts';
import { asFields, asList, asText, readJson } from './read-value.ts';
import { type Outgoing, type Session, type Sound, sounds } from './state.ts';

export interface Kept {
  visitorKey: string | null;
  /** Whom the host named when the conversation began; null: a guest. */
  identity: string | null;
  session: Session | null;
  profile: Customer;
  outbox: Outgoing[];
  /** null: none was chosen. */
  sound: Sound | null;
}

/** Where it is kept. */
export interface Memory {
  read(): Kept;
  write(change: Partial<Kept>): void;
  clear(): void;
  /** What another tab has written from now on; null: it has forgotten everything. */
  follow(listener: (kept: Kept | null) => void): void;
  /** What the page was asked to keep by another tab's frame. */
  hear(handed: string | null): void;
}

export function readKept(text: string | null): Kept {
  const kept = asFields(readJson(text ?? 'null'));
  return {
    visitorKey: asText(kept.visitorKey),
    identity: asText(kept.identity),
    session: readSessionAnswer(kept.session),
    profile: asFields(kept.profile),
    outbox: asList(kept.outbox).flatMap((each) => readOutgoing(each) ?? []),
    sound: sounds.find((sound) => sound === kept.sound) ?? (kept.muted === true ? 'off' : null),
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
