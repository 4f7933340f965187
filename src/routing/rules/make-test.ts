// Makes of an operator and its value a function that tells whether a field's value passes.
import type { FieldType, Operator, Scalar } from '../../contract/policy/rule-fields.ts';
import { foldText } from './fold-text.ts';
import { readNumber, type Value } from './read-value.ts';

export type Test = (value: Value | null) => boolean;

/** The value must fit the operator (`fitsOperator`). A list passes if one of its items does. */
export function makeTest(type: FieldType, operator: Operator, value: Scalar | Scalar[]): Test {
  switch (operator) {
    case 'is':
    case 'in':
      return anyItem(oneOf([value].flat()));
    case 'isNot': {
      const equals = anyItem(oneOf([value].flat()));
      return (found) => found !== null && !equals(found);
    }
    case 'contains':
      return makeContains(type, value as string);
    case 'startsWith': {
      const start = foldText(value as string);
      return anyItem((item) => textOf(item)?.startsWith(start) === true);
    }
    case 'moreThan':
      return anyItem((item) => (readNumber(item) ?? Number.NaN) > (value as number));
    case 'lessThan':
      return anyItem((item) => (readNumber(item) ?? Number.NaN) < (value as number));
    case 'exists':
      return (found) => (found !== null && !found.isEmpty) === value;
  }
}

function anyItem(passes: (item: Scalar) => boolean): Test {
  return (found) => {
    if (found === null) return false;
    for (const item of found.items) if (passes(item)) return true;
    return false;
  };
}

/** Of a list a whole item, so that `vip` is not found in `not-vip`; of a text a piece. */
function makeContains(type: FieldType, value: string): Test {
  const part = foldText(value);
  const whole = anyItem(oneOf([value]));
  const within = anyItem((item) => textOf(item)?.includes(part) === true);
  return (found) => (found?.isList === true && type !== 'text' ? whole(found) : within(found));
}

/**
 * Equal to one of the values. What outside systems write as text meets numbers and flags by what it
 * says: "42" is 42, "true" is true.
 */
function oneOf(values: readonly Scalar[]): (item: Scalar) => boolean {
  const wanted = new Set(values.map((one) => (typeof one === 'string' ? foldText(one) : one)));
  const numbers = new Set(values.map(readNumber));
  const hasNumber = values.some((one) => typeof one === 'number');
  const hasFlag = values.some((one) => typeof one === 'boolean');
  return (item) => {
    if (wanted.has(item)) return true;
    if (typeof item === 'number') return numbers.has(item);
    if (typeof item === 'boolean') return wanted.has(String(item));
    if (hasFlag && (item === 'true' || item === 'false')) return wanted.has(item === 'true');
    const number = hasNumber ? readNumber(item) : null;
    return number !== null && wanted.has(number);
  };
}

function textOf(item: Scalar): string | null {
  return typeof item === 'boolean' ? null : String(item);
}
