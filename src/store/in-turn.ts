// Lets what must not be asked of the database at once in this process be asked one after the other.
import { DatabaseAway } from './is-outage.ts';

// As long as a statement may take.
const WAIT_AT_MOST_MS = 30_000;

/** By key, those who wait while somebody has the turn. */
const lines = new Map<string, (() => void)[]>();

/** Those of one key in the order of their coming. Refuses as an outage what waits too long. */
export async function inTurn<T>(
  key: string,
  work: () => Promise<T>,
  withinMs = WAIT_AT_MOST_MS,
): Promise<T> {
  const line = lines.get(key);
  if (line !== undefined) await standIn(line, withinMs);
  else lines.set(key, []);
  try {
    return await work();
  } finally {
    const next = lines.get(key)?.shift();
    if (next === undefined) lines.delete(key);
    else next();
  }
}

function standIn(line: (() => void)[], withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      line.splice(line.indexOf(go), 1);
      reject(new DatabaseAway());
    }, withinMs);
    line.push(go);
  });
}
