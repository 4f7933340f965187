// Whether a condition is true of the values that its fields hold.
import type { CompiledCondition } from './compile-rules.ts';
import type { Value } from './read-value.ts';

/** The value of the field at that place; null: missing. */
export type ValueAt = (slot: number) => Value | null;

/** Depth is bounded by `compileRules`. */
export function holds(condition: CompiledCondition, valueAt: ValueAt): boolean {
  switch (condition.form) {
    case 'comparison':
      return condition.passes(valueAt(condition.slot));
    case 'not':
      return !holds(condition.of, valueAt);
    case 'all':
      for (const part of condition.of) if (!holds(part, valueAt)) return false;
      return true;
    case 'any':
      for (const part of condition.of) if (holds(part, valueAt)) return true;
      return false;
  }
}
