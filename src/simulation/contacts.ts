// Who comes back: by recorded names, or by chance from those who were served before.
import type { ScenarioKind } from '../contract/scenario.ts';
import type { Instant } from '../routing/types.ts';
import type { Stream } from './random.ts';

export interface Contact {
  /** null: no agent has ended a conversation with it. */
  last: LastAgent | null;
}

export interface LastAgent {
  /** The agent's place. */
  at: number;
  endedAt: Instant;
}

export interface Contacts {
  /** Asked once for each arrival. */
  next(): Contact;
  /** Its conversation is over. */
  leave(contact: Contact): void;
}

/** By recorded name, of all kinds. */
export type KnownContacts = Map<string, Contact>;

const MOST_KEPT = 10_000;

const stranger = (): Contact => ({ last: null });

/** null: nobody of this kind comes back. */
export function makeContacts(
  { contacts, returning = 0 }: Pick<ScenarioKind, 'contacts' | 'returning'>,
  { known, stream }: { known: KnownContacts; stream: Stream },
): Contacts | null {
  if (contacts !== undefined) return replayContacts(contacts, known);
  return returning === 0 ? null : drawContacts(returning, stream);
}

function replayContacts(names: readonly (string | null)[], known: KnownContacts): Contacts {
  let nth = 0;
  return {
    next: () => {
      const name = names[nth] ?? null;
      nth += 1;
      if (name === null) return stranger();
      const contact = known.get(name) ?? stranger();
      known.set(name, contact);
      return contact;
    },
    leave: () => undefined,
  };
}

/** Whoever is here is not drawn again before leaving. */
function drawContacts(returning: number, stream: Stream): Contacts {
  const kept: Contact[] = [];
  let left = 0;
  return {
    next: () => {
      // Two numbers for each, so that no draw depends on who came before.
      const [chance, which] = [stream(), stream()];
      if (chance >= returning || kept.length === 0) return stranger();
      const at = Math.floor(which * kept.length);
      const drawn = kept[at] as Contact;
      const last = kept.pop() as Contact;
      if (at < kept.length) kept[at] = last;
      return drawn;
    },
    leave: (contact) => {
      if (contact.last === null) return;
      if (kept.length < MOST_KEPT) kept.push(contact);
      else kept[left % MOST_KEPT] = contact;
      left += 1;
    },
  };
}
