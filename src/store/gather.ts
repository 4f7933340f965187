// Gathers calls that arrive while similar ones are running, so that a burst shares commits and look-ups.
import { currentTrace, inTraces, type Trace } from '../trace.ts';

interface Waiter<In, Out> {
  item: In;
  trace: Trace | null;
  resolve: (answer: Out) => void;
  reject: (error: unknown) => void;
}

/** What calls must have in common to share a batch, besides the database. */
type Key = string | Readonly<Record<string, string | number | boolean | null>>;

// Large enough for a burst, small enough that one statement takes only milliseconds.
const MAX_BATCH = 256;

/**
 * Built once for each thing to do. `work` answers each item in its place; it runs on all items of
 * one database and key that came while the previous batch was under way. When a batch fails, its
 * items are tried one by one, so that a bad item fails alone.
 */
export function makeGather<Means extends { db: object }, Shared extends Key, In, Out>(
  work: (means: Means, shared: Shared, items: In[]) => Promise<Out[]>,
): (means: Means, shared: Shared, item: In) => Promise<Out> {
  const databases = new WeakMap<object, Map<string, Waiter<In, Out>[]>>();
  return (means, shared, item) =>
    new Promise((resolve, reject) => {
      const queues = databases.get(means.db) ?? new Map<string, Waiter<In, Out>[]>();
      databases.set(means.db, queues);
      const name = JSON.stringify(shared);
      const queue = queues.get(name) ?? [];
      queue.push({ item, trace: currentTrace(), resolve, reject });
      if (queues.has(name)) return;
      queues.set(name, queue);
      const drain = async (): Promise<void> => {
        while (queue.length > 0) {
          await settle(queue.splice(0, MAX_BATCH), (items) => work(means, shared, items));
        }
        queues.delete(name);
      };
      void drain();
    });
}

/**
 * As makeGather, for looking up one row among many; null: `find`, which answers in any order, did
 * not find it. An id may be written in capitals, which the database ignores too.
 */
export function makeLookUp<Means extends { db: object }, Shared extends Key, Row>(
  find: (means: Means, shared: Shared, ids: string[]) => Promise<Row[]>,
  idOf: (row: Row) => string,
): (means: Means, shared: Shared, id: string) => Promise<Row | null> {
  return makeGather(async (means: Means, shared: Shared, ids: string[]) => {
    const rows = await find(means, shared, [...new Set(ids)]);
    const byId = new Map(rows.map((row) => [idOf(row), row]));
    return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
  });
}

async function settle<In, Out>(
  batch: Waiter<In, Out>[],
  work: (items: In[]) => Promise<Out[]>,
): Promise<void> {
  try {
    const traces = batch.map(({ trace }) => trace);
    const answers = await inTraces(traces, () => work(batch.map(({ item }) => item)));
    for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Out);
  } catch (error) {
    if (batch.length === 1) batch[0]?.reject(error);
    else for (const waiter of batch) await settle([waiter], work);
  }
}
