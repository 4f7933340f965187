// Gathers calls that arrive while their like are under way, so that a burst shares commits and lookups.

/** Runs `work` on all items of one key that came while the previous batch was under way. */
export type Gather = <In, Out>(
  key: string,
  item: In,
  work: (items: In[]) => Promise<Out[]>,
) => Promise<Out>;

interface Waiter {
  item: unknown;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

// Large enough for a burst, small enough that one statement stays a matter of milliseconds.
const MAX_BATCH = 256;

/** A batch that fails is tried again one by one: a bad item fails alone. */
export function makeGather(): Gather {
  const queues = new Map<string, Waiter[]>();
  const drain = async (
    key: string,
    queue: Waiter[],
    work: (items: unknown[]) => Promise<unknown[]>,
  ): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.splice(0, MAX_BATCH);
      await settle(batch, work);
    }
    queues.delete(key);
  };
  return (key, item, work) =>
    new Promise((resolve, reject) => {
      const waiter = { item, resolve, reject } as Waiter;
      const queue = queues.get(key);
      if (queue !== undefined) {
        queue.push(waiter);
        return;
      }
      const fresh = [waiter];
      queues.set(key, fresh);
      void drain(key, fresh, work as (items: unknown[]) => Promise<unknown[]>);
    });
}

/**
 * One row among many looked up at once; null: `find`, which answers in any order, did not find it. An
 * id may be written in capitals, which the database does not heed either.
 */
export function gatherRow<Row>(
  gather: Gather,
  lookUp: {
    key: string;
    id: string;
    find: (ids: string[]) => Promise<Row[]>;
    idOf: (row: Row) => string;
  },
): Promise<Row | null> {
  return gather(lookUp.key, lookUp.id, async (ids: string[]) => {
    const rows = await lookUp.find([...new Set(ids)]);
    const byId = new Map(rows.map((row) => [lookUp.idOf(row), row]));
    return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
  });
}

async function settle(
  batch: Waiter[],
  work: (items: unknown[]) => Promise<unknown[]>,
): Promise<void> {
  try {
    const results = await work(batch.map(({ item }) => item));
    for (const [index, { resolve }] of batch.entries()) resolve(results[index]);
  } catch (error) {
    if (batch.length === 1) batch[0]?.reject(error);
    else for (const waiter of batch) await settle([waiter], work);
  }
}
