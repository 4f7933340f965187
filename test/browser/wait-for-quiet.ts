// Waits until a page has come to rest: nothing in it moves, and nothing has been drawn for a moment.
import type { Frame, Page } from 'playwright-core';

const QUIET_MS = 80;
// A page that never rests is a finding of its own; it is then looked at as it is.
const PATIENCE_MS = 5000;

export async function waitForQuiet(where: Page | Frame): Promise<void> {
  await where.evaluate(
    async ({ quietMs, patienceMs }) => {
      const until = performance.now() + patienceMs;
      let changedAt = performance.now();
      const note = () => {
        changedAt = performance.now();
      };
      const observer = new MutationObserver(note);
      observer.observe(document, { subtree: true, childList: true, attributes: true });
      // What turns for ever, as the dots of who is typing, is no change of look.
      const moves = () =>
        document.getAnimations().some(({ effect, playState }) => {
          const end = effect?.getComputedTiming().endTime;
          return playState === 'running' && end !== Number.POSITIVE_INFINITY;
        });
      const frame = () => new Promise((next) => requestAnimationFrame(next));
      do {
        await frame();
        if (moves()) note();
      } while (performance.now() - changedAt < quietMs && performance.now() < until);
      observer.disconnect();
    },
    { quietMs: QUIET_MS, patienceMs: PATIENCE_MS },
  );
}
