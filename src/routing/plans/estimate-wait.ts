// How much longer a conversation may have to wait, by how long others waited. Pure.
import type { WaitRange } from '../../contract/policy/word-wait.ts';

/** With fewer, anything said would be a guess. */
const LEAST = 5;

/**
 * Four of five waited on for that long, of those that had waited for as long as this one; null: too
 * few did. All in seconds.
 */
export function estimateWait(
  recent: readonly number[],
  waited: number,
): (WaitRange & { middle: number }) | null {
  const left = recent
    .filter((seconds) => seconds > waited)
    .map((seconds) => seconds - waited)
    .toSorted((a, b) => a - b);
  if (left.length < LEAST) return null;
  const at = (part: number) => left[Math.round((left.length - 1) * part)] as number;
  return { from: at(0.1), middle: at(0.5), to: at(0.9) };
}
