// Makes of a policy's rules what matchRules runs: done once for each version of the policy.
import type { Rule } from '../../contract/policy/rule.ts';
import {
  conditionFields,
  MAX_COMPARISONS,
  MAX_DEPTH,
  type Operator,
  operatorsOf,
  type Scalar,
} from '../../contract/policy/rule-fields.ts';
import { type Facts, fieldReader, readFieldName } from './facts.ts';
import { makeTest, type Test } from './make-test.ts';
import { fitsOperator, readCondition } from './read-condition.ts';

export interface CompiledComparison {
  form: 'comparison';
  field: string;
  operator: Operator;
  value: Scalar | Scalar[];
  /** The field's place among those that are read. */
  slot: number;
  passes: Test;
}

export type CompiledCondition =
  | { form: 'all' | 'any'; of: readonly CompiledCondition[] }
  | { form: 'not'; of: CompiledCondition }
  | CompiledComparison;

export interface CompiledRule {
  rule: Rule;
  /** null: always. */
  when: CompiledCondition | null;
  nth: number;
}

export interface CompiledRules {
  /** Without those that can never match. */
  rules: readonly CompiledRule[];
  /** By slot. */
  readers: readonly ((facts: Facts) => unknown)[];
}

/**
 * A rule whose condition is not understood (`checkRules` refuses it; a later version of Usher may
 * have stored it) never matches, not even below a `not`.
 */
export function compileRules(rules: readonly Rule[]): CompiledRules {
  const fields = new Map<string, number>();
  const compiled = rules.flatMap((rule, nth): CompiledRule[] => {
    if (rule.when === undefined) return [{ rule, when: null, nth }];
    const when = compile(rule.when, 0, { fields, left: MAX_COMPARISONS });
    return when === null ? [] : [{ rule, when, nth }];
  });
  const readers = [...fields.keys()].map((field) => fieldReader(field) ?? (() => undefined));
  return { rules: compiled, readers };
}

/** What one rule may still hold, and the slots of all. */
interface Scope {
  fields: Map<string, number>;
  left: number;
}

function compile(json: unknown, depth: number, scope: Scope): CompiledCondition | null {
  const read = readCondition(json);
  if (read.form === 'wrong') return null;
  if (read.form === 'comparison') return compileComparison(read, scope);
  if (depth === MAX_DEPTH) return null;
  if (read.form === 'not') {
    const of = compile(read.of, depth + 1, scope);
    return of === null ? null : { form: 'not', of };
  }
  const of: CompiledCondition[] = [];
  for (const child of read.of) {
    const part = compile(child, depth + 1, scope);
    if (part === null) return null;
    of.push(part);
  }
  return of.length === 0 ? null : { form: read.form, of };
}

function compileComparison(
  read: { field: string; operator: Operator; value: unknown },
  scope: Scope,
): CompiledComparison | null {
  const { field, operator, value } = read;
  const name = readFieldName(field);
  scope.left -= 1;
  if (name === null || scope.left < 0) return null;
  const type = conditionFields[name.field];
  if (!(operatorsOf[type] as readonly Operator[]).includes(operator)) return null;
  if (!fitsOperator(type, operator, value)) return null;
  const slot = scope.fields.get(field) ?? scope.fields.size;
  scope.fields.set(field, slot);
  return {
    form: 'comparison',
    field,
    operator,
    value,
    slot,
    passes: makeTest(type, operator, value),
  };
}
