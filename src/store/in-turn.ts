// Runs queries one after the other that must not run at once in this process.
import { type RefusalCode, Refused } from '../errors.ts';
import { DatabaseAway } from './is-outage.ts';

// As long as a statement may take.
const WAIT_AT_MOST_MS = 30_000;

/** By key, the callers that wait while another has the turn. */
const lines = new Map<string, (() => void)[]>();

interface Bounds {
  withinMs?: number;
  /** Who comes when so many wait is refused. */
  most?: { waiting: number; refusal: RefusalCode };
}

/** Calls of one key run in order of arrival. A call that waits too long fails as an outage. */
export async function inTurn<T>(
  key: string,
  work: () => Promise<T>,
  { withinMs = WAIT_AT_MOST_MS, most }: Bounds = {},
): Promise<T> {
  const line = lines.get(key);
  if (most !== undefined && (line?.length ?? 0) >= most.waiting) throw new Refused(most.refusal);
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
