// The signed-in person's outbox: each message reaches the server once and in order, whatever happens to the line.
import { v4 as uuid } from 'uuid';
import { ApiProblem } from '../api/client.ts';
import { makeRecords, type Outgoing, parseOutgoing, type Records } from './kept-outgoing.ts';
import { sendInTurn } from './send-in-turn.ts';
import { type Later, tryLater } from './try-later.ts';

export interface UnsentMessage extends Outgoing {
  /** It was tried and nobody answered: it is sent again when the server is back. */
  stalled: boolean;
}
export type Saying = Pick<Outgoing, 'conversationId' | 'text' | 'note' | 'attachments'>;

export interface Outbox {
  all(): readonly UnsentMessage[];
  /** Answers how to stop. */
  onChange(listener: () => void): () => void;
  send(saying: Saying): void;
  /** What was refused is tried once more, behind what was written since. */
  retry(key: string): void;
  drop(key: string): void;
  /** The line is there, or may be. */
  hurry(): void;
  close(): void;
}

export interface OutboxMeans {
  store: Storage;
  /** `outboxOf` whoever is signed in. */
  prefix: string;
  /** Returns once the server has it and the thread shows it. */
  post(one: Outgoing): Promise<void>;
  /** false: somebody else has signed in, in another tab. */
  isStillUs(): Promise<boolean>;
  /** Another tab has sent it, or dropped it. */
  onGone(conversationId: string): Promise<void>;
  /** Works while no other tab works under this name. */
  alone(name: string, work: () => Promise<void>): Promise<void>;
}

/** What this page knows of it, beyond what every tab knows. */
interface Here {
  means: OutboxMeans;
  records: Records;
  /** Tried without an answer. */
  stalled: Set<string>;
  /** Written on this page, by whoever is surely signed in. */
  fresh: Set<string>;
  list: readonly UnsentMessage[];
  listeners: Set<() => void>;
  closed: boolean;
}

export function openOutbox(means: OutboxMeans): Outbox {
  const { store, prefix } = means;
  const records = makeRecords(store, prefix);
  const here: Here = {
    ...{ means, records, list: [], closed: false },
    ...{ stalled: new Set(), fresh: new Set(), listeners: new Set() },
  };
  const again = tryLater(() => flush());
  const begin = sendInTurn({
    records,
    alone: (id, work) => means.alone(prefix + id, work),
    attempt: (one) => attempt(here, again, one),
  });
  const flush = () => {
    if (!here.closed) begin();
  };
  const hurry = () => {
    again.reset();
    flush();
  };
  const unwatch = watch(here, { hurry, flush });
  refresh(here);
  flush();
  return {
    all: () => here.list,
    onChange(listener) {
      here.listeners.add(listener);
      return () => void here.listeners.delete(listener);
    },
    send(saying) {
      const key = uuid();
      here.fresh.add(key);
      records.put({ ...saying, key, at: records.nextPlace(), problem: null });
      refresh(here);
      flush();
    },
    retry(key) {
      const one = records.all().find((each) => each.key === key);
      if (one === undefined) return;
      records.change({ ...one, at: records.nextPlace(), problem: null });
      refresh(here);
      hurry();
    },
    drop: (key) => remove(here, key),
    hurry,
    close() {
      here.closed = true;
      again.stop();
      unwatch();
    },
  };
}

/** false: it waits, for the line or for whoever wrote it. */
async function attempt(here: Here, again: Later, one: Outgoing): Promise<boolean> {
  const { means, records, stalled, fresh } = here;
  try {
    const isOurs = fresh.has(one.key) && !stalled.has(one.key);
    if (!isOurs && !(await means.isStillUs())) return false;
    if (here.closed) return false;
    await means.post(one);
  } catch (error) {
    if (here.closed) return false;
    const refused = error instanceof ApiProblem && !mayPass(error) ? error : null;
    if (refused !== null) {
      records.change({ ...one, problem: { code: refused.code, detail: refused.message } });
    } else {
      stalled.add(one.key);
      again.later();
    }
    refresh(here);
    return refused !== null;
  }
  again.reset();
  remove(here, one.key);
  return true;
}

/** The same request may be taken later, by itself: the server is away or busy, or nobody is signed in. */
function mayPass({ status, code }: ApiProblem): boolean {
  if (code === 'idempotency-key.under-way') return true;
  return status >= 500 || [401, 408, 425, 429].includes(status);
}

function refresh(here: Here): void {
  const { records, stalled, listeners } = here;
  here.list = records.all().map((one) => ({ ...one, stalled: stalled.has(one.key) }));
  for (const listener of listeners) listener();
}

function remove(here: Here, key: string): void {
  here.records.remove(key);
  here.stalled.delete(key);
  here.fresh.delete(key);
  refresh(here);
}

/** What other tabs do, and when the network is back. Answers how to stop. */
function watch(here: Here, { hurry, flush }: Record<'hurry' | 'flush', () => void>): () => void {
  const { prefix, onGone } = here.means;
  const onStorage = async ({ key, oldValue, newValue }: StorageEvent) => {
    if (key !== null && !key.startsWith(prefix)) return;
    const gone = newValue === null ? parseOutgoing(oldValue) : null;
    // It is shown here until the thread has it.
    if (gone !== null) await onGone(gone.conversationId).catch(() => {});
    if (here.closed) return;
    refresh(here);
    flush();
  };
  window.addEventListener('storage', onStorage);
  window.addEventListener('online', hurry);
  return () => {
    window.removeEventListener('storage', onStorage);
    window.removeEventListener('online', hurry);
  };
}
