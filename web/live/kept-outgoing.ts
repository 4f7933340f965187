// Keeps unconfirmed messages in the browser: a record each, so that two tabs do not overwrite each other.

export interface Outgoing {
  /** Its name, under which the server writes it once. */
  key: string;
  conversationId: string;
  text: string;
  note: boolean;
  attachments: { id: string; name: string; type: string }[];
  /** Its place: no two of a tab have the same. */
  at: number;
  /** Why the server refused it; null: it waits for its turn. */
  problem: { code: string; detail: string } | null;
}
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface Records {
  /** In the order in which they were written. */
  all(): Outgoing[];
  /** The first of a conversation that waits for its turn. */
  firstOf(conversationId: string): Outgoing | undefined;
  /** Behind all that there are. */
  nextPlace(): number;
  put(one: Outgoing): void;
  /** What another tab has sent or dropped meanwhile stays gone. */
  change(one: Outgoing): void;
  remove(key: string): void;
}

/** Before the records of a person in a workspace; nobody else's begin so. */
export function outboxOf(person: { workspaceId: string; userId: string }): string {
  return `usher.outbox.${person.workspaceId}.${person.userId}.`;
}

export function makeRecords(store: Store, prefix: string): Records {
  /** What a full or forbidden store could not keep. */
  const unkept = new Map<string, Outgoing>();
  const all = () => [...readAll(store, prefix), ...unkept.values()].sort(byPlace);
  const put = (one: Outgoing) => {
    try {
      store.setItem(prefix + one.key, JSON.stringify(one));
    } catch {
      unkept.set(one.key, one);
    }
  };
  return {
    all,
    firstOf: (id) =>
      all().find(({ conversationId, problem }) => conversationId === id && problem === null),
    nextPlace: () => Math.max(Date.now(), (all().at(-1)?.at ?? 0) + 1),
    put,
    change(one) {
      if (unkept.has(one.key)) unkept.set(one.key, one);
      else if (store.getItem(prefix + one.key) !== null) put(one);
    },
    remove(key) {
      unkept.delete(key);
      store.removeItem(prefix + key);
    },
  };
}

/** null: what stands there is none. */
export function parseOutgoing(text: string | null): Outgoing | null {
  try {
    const read = JSON.parse(text ?? 'null') as Outgoing | null;
    return typeof read?.key === 'string' && typeof read.conversationId === 'string' ? read : null;
  } catch {
    return null;
  }
}

function readAll(store: Store, prefix: string): Outgoing[] {
  const names = Array.from({ length: store.length }, (_, at) => store.key(at) ?? '');
  const own = names.filter((name) => name.startsWith(prefix));
  return own.flatMap((name) => parseOutgoing(store.getItem(name)) ?? []);
}

function byPlace(one: Outgoing, other: Outgoing): number {
  return one.at - other.at || (one.key < other.key ? -1 : 1);
}
