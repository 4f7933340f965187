// Collects the hints of a moment, so that a burst asks for what changed once.
import type { Hint } from './apply-hints.ts';

const COALESCE_MS = 60;

export function openHintBuffer(apply: (hints: Hint[]) => void) {
  let waiting: Hint[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    add(hints: readonly Hint[]): void {
      if (hints.length === 0) return;
      waiting.push(...hints);
      timer ??= setTimeout(() => {
        timer = undefined;
        const gathered = waiting;
        waiting = [];
        apply(gathered);
      }, COALESCE_MS);
    },
    close: () => clearTimeout(timer),
  };
}
