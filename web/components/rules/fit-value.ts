// Gives a comparison in the builder a value that its field and operator can have. Pure.
import {
  conditionFields,
  type FieldType,
  type Operator,
  operatorsOf,
  type Scalar,
} from '../../../src/contract/policy/rule-fields.ts';
import { splitField } from '../naming/word-rule.ts';
import { type BuilderOperator, isGroup, type QueryGroup, type QueryRule } from './query.ts';

/** Of an unknown name whatever may come along. */
export function typeOfField(written: string): FieldType {
  const found = splitField(written);
  return found === null ? 'any' : conditionFields[found.field];
}

export function operatorsFor(written: string): BuilderOperator[] {
  const operators: readonly Operator[] = operatorsOf[typeOfField(written)];
  return operators.flatMap((one) => (one === 'exists' ? [one, 'missing' as const] : [one]));
}

/** What is legal stays as it is. */
export function fitQuery(group: QueryGroup): QueryGroup {
  return {
    ...group,
    rules: group.rules.map((part) => (isGroup(part) ? fitQuery(part) : fitRule(part))),
  };
}

export function fitRule(rule: QueryRule): QueryRule {
  return { ...rule, value: fitValue(rule) };
}

function fitValue({ field, operator, value }: QueryRule): Scalar | Scalar[] {
  if (operator === 'exists' || operator === 'missing') return '';
  const wanted = wantedOf(typeOfField(field), operator);
  if (operator === 'in') {
    const values = Array.isArray(value) ? value : value === '' ? [] : [value];
    return values.map((one) => fitScalar(one, wanted));
  }
  return fitScalar((Array.isArray(value) ? value[0] : value) ?? '', wanted);
}

export type Wanted = 'text' | 'number' | 'flag' | 'any';

/** What the operator compares such a field with. */
export function wantedOf(type: FieldType, operator: Operator): Wanted {
  if (operator === 'contains' || operator === 'startsWith') return 'text';
  if (operator === 'moreThan' || operator === 'lessThan') return 'number';
  if (type === 'texts' || type === 'calendar') return 'text';
  return type;
}

function fitScalar(value: Scalar, wanted: Wanted): Scalar {
  if (wanted === 'text') return String(value);
  if (wanted === 'flag') return typeof value === 'boolean' ? value : true;
  if (wanted === 'number') return typeof value === 'number' ? value : readNumber(value);
  return value;
}

function readNumber(value: Scalar): number {
  const number = value === '' ? 0 : Number(value);
  return Number.isFinite(number) ? number : 0;
}

/** What is typed where anything may come along: as a number only where a number stood before. */
export function readTyped(typed: string, before: Scalar | undefined): Scalar {
  if (typeof before === 'number' && typed.trim() !== '' && Number.isFinite(Number(typed))) {
    return Number(typed);
  }
  if (typeof before === 'boolean' && (typed === 'true' || typed === 'false'))
    return typed === 'true';
  return typed;
}
