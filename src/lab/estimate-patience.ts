// How long contacts are willing to wait, by Kaplan and Meier: whoever was served would have waited longer. Pure.

export interface Wait {
  seconds: number;
  /** false: served, or still waiting; the patience is longer than the wait. */
  left: boolean;
}

export interface SurvivalStep {
  /** Seconds. */
  at: number;
  /** The share whose patience is longer. */
  survival: number;
}

/**
 * The product-limit estimate (Kaplan and Meier, 1958): at each moment at which somebody left, the
 * share of those who waited that long and stayed. A wait that ends without leaving at the same
 * moment counts as longer, as they define it.
 */
export function estimateSurvival(waits: readonly Wait[]): SurvivalStep[] {
  const sorted = waits.toSorted((a, b) => a.seconds - b.seconds);
  const steps: SurvivalStep[] = [];
  let survival = 1;
  let begin = 0;
  while (begin < sorted.length) {
    const at = (sorted[begin] as Wait).seconds;
    let end = begin;
    let left = 0;
    for (; end < sorted.length && sorted[end]?.seconds === at; end += 1) {
      if (sorted[end]?.left) left += 1;
    }
    if (left > 0) {
      survival *= 1 - left / (sorted.length - begin);
      steps.push({ at, survival });
    }
    begin = end;
  }
  return steps;
}

const DRAWS = 200;
const LONGEST_SECONDS = 30 * 86_400;

/**
 * Patiences, each as likely as the others, in seconds; null: nobody left. Beyond the last moment at
 * which somebody left nothing was seen: there the patience goes on at the constant rate at which
 * contacts left per second waited.
 */
export function samplePatience(waits: readonly Wait[]): number[] | null {
  const steps = estimateSurvival(waits);
  const last = steps.at(-1);
  if (last === undefined) return null;
  const leavings = waits.filter(({ left }) => left).length;
  const waited = waits.reduce((sum, { seconds }) => sum + seconds, 0);
  let nth = 0;
  return Array.from({ length: DRAWS }, (_, draw) => {
    const stays = 1 - (draw + 0.5) / DRAWS;
    if (stays < last.survival) {
      const beyond = (-Math.log(stays / last.survival) * waited) / leavings;
      return Math.min(LONGEST_SECONDS, last.at + beyond);
    }
    while ((steps[nth]?.survival ?? 0) > stays) nth += 1;
    return Math.min(LONGEST_SECONDS, steps[nth]?.at ?? last.at);
  });
}
