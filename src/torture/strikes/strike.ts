// What a fault is: how often it strikes, whether it can here, and what it does.
import type { Random } from '../make-random.ts';
import type { Round } from '../world.ts';

export interface Strike {
  name: string;
  /** How often, beside the others. */
  share: number;
  /** Why it cannot strike here; null: it can. */
  missing(stage: Pick<Round, 'nodes' | 'database'>): string | null;
  /** It can cut off a commit whose outcome then nobody knows. */
  blurs?: true;
  /** Undone when it ends. null: whatever it would strike is struck already. */
  begin(round: Round, random: Random): Promise<void> | null;
}

/** Nothing is missing. */
export const ALWAYS = () => null;

/** Marks each as struck for as long as it takes. null: one of them is struck already. */
export function strikeAll<T extends { isStruck: boolean }>(
  targets: readonly T[],
  act: () => Promise<void>,
): Promise<void> | null {
  if (targets.length === 0 || targets.some(({ isStruck }) => isStruck)) return null;
  for (const target of targets) target.isStruck = true;
  return act().finally(() => {
    for (const target of targets) target.isStruck = false;
  });
}

/** One of those that nothing is done to. */
export function pickFree<T extends { isStruck: boolean }>(
  targets: readonly T[],
  random: Random,
): readonly T[] {
  const one = random.pick(targets.filter(({ isStruck }) => !isStruck));
  return one === undefined ? [] : [one];
}
