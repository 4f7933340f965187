// The comparisons that made a condition hold, as data that is small enough to keep with every conversation.
import type { DecisiveComparison } from '../../contract/policy/rule.ts';
import type { Scalar } from '../../contract/policy/rule-fields.ts';
import type { CompiledComparison, CompiledCondition } from './compile-rules.ts';
import { holds, type ValueAt } from './holds.ts';
import { makeTest } from './make-test.ts';
import { isScalar } from './read-value.ts';

/** Further ones are left out. */
export const MAX_DECISIVE = 20;
const MAX_SHOWN_TEXT = 100;
const MAX_SHOWN_ITEMS = 10;

interface Read {
  valueAt: ValueAt;
  /** As the facts have it. */
  rawAt: (slot: number) => unknown;
}

/**
 * Of `all` each part, of `any` the first that holds; below a `not`, of `any` each part, of `all` the
 * first that does not hold.
 */
export function findDecisive(condition: CompiledCondition, read: Read): DecisiveComparison[] {
  return listDecisive(condition, read.valueAt)
    .slice(0, MAX_DECISIVE)
    .map((comparison) => describe(comparison, read));
}

function listDecisive(condition: CompiledCondition, valueAt: ValueAt): CompiledComparison[] {
  const list = (part: CompiledCondition) => listDecisive(part, valueAt);
  if (condition.form === 'comparison') return [condition];
  if (condition.form === 'not') return list(condition.of);
  const isTrue = holds(condition, valueAt);
  if (isTrue === (condition.form === 'all')) return condition.of.flatMap(list);
  return condition.of
    .filter((part) => holds(part, valueAt) === isTrue)
    .slice(0, 1)
    .flatMap(list);
}

function describe(comparison: CompiledComparison, { valueAt, rawAt }: Read): DecisiveComparison {
  const { field, operator, slot } = comparison;
  const found = show(rawAt(slot));
  const passed = comparison.passes(valueAt(slot));
  const value = passed ? chosen(comparison, valueAt(slot)) : comparison.value;
  return {
    ...{ field, operator, value: show(value) ?? '', holds: passed },
    ...(found === undefined ? {} : { found }),
  };
}

/** Of the values of `in` the one that was found. */
function chosen(
  { operator, value }: CompiledComparison,
  found: ReturnType<ValueAt>,
): Scalar | Scalar[] {
  if (operator !== 'in' || !Array.isArray(value)) return value;
  return value.find((one) => makeTest('any', 'is', one)(found)) ?? value;
}

function show(raw: unknown): Scalar | Scalar[] | undefined {
  if (!Array.isArray(raw)) return showOne(raw);
  const shown = raw.slice(0, MAX_SHOWN_ITEMS).map(showOne);
  return shown.filter((one) => one !== undefined);
}

/** PostgreSQL stores neither NUL nor half a surrogate pair, and JSON no infinite number. */
function showOne(raw: unknown): Scalar | undefined {
  if (!isScalar(raw)) return undefined;
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : undefined;
  if (typeof raw === 'boolean') return raw;
  return raw.slice(0, MAX_SHOWN_TEXT).toWellFormed().replaceAll('\0', '\ufffd');
}
