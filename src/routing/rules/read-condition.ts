// Tells groups and comparisons apart in whatever JSON stands where a condition should.
import {
  type FieldType,
  MAX_CHOICES,
  type Operator,
  operators,
  type Scalar,
} from '../../contract/policy/rule-fields.ts';

export const groups = ['all', 'any', 'not'] as const;
export type Group = (typeof groups)[number];

export type ConditionForm =
  | { form: 'all' | 'any'; of: readonly unknown[] }
  | { form: 'not'; of: unknown }
  | { form: 'comparison'; field: string; operator: Operator; value: unknown }
  | { form: 'wrong'; wrong: WrongForm };

export interface WrongForm {
  code: string;
  /** Below the condition. */
  key?: string;
  detail: string;
  remedy: string;
}

const EXAMPLE = '{"field": "source", "is": "wa"}';

export function readCondition(json: unknown): ConditionForm {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    const what = json === null ? 'null' : Array.isArray(json) ? 'a list' : `a ${typeof json}`;
    return wrong('condition.no-object', `A condition is an object, and this is ${what}.`, {
      remedy: `Write a comparison as ${EXAMPLE}, or a group as {"all": [..]}.`,
    });
  }
  const keys = Object.keys(json);
  const group = groups.find((key) => keys.includes(key));
  if (group !== undefined) return readGroup(group, keys, json as Record<string, unknown>);
  return readComparison(keys, json as Record<string, unknown>);
}

function readGroup(
  group: Group,
  keys: readonly string[],
  json: Record<string, unknown>,
): ConditionForm {
  const more = keys.find((key) => key !== group);
  if (more !== undefined) {
    return wrong('group.more-keys', `Beside “${group}” stands ${quote(more)}.`, {
      remedy: `Leave “${group}” alone in its object; to join both, put them into one {"all": [..]}.`,
      key: more,
    });
  }
  const of = json[group];
  if (group === 'not') return { form: 'not', of };
  if (Array.isArray(of)) return { form: group, of };
  return wrong('group.no-list', `“${group}” holds no list.`, {
    remedy: `Give “${group}” a list of conditions: {"${group}": [${EXAMPLE}]}.`,
    key: group,
  });
}

function readComparison(keys: readonly string[], json: Record<string, unknown>): ConditionForm {
  const { field } = json;
  if (!keys.includes('field') || typeof field !== 'string') {
    const has = keys.includes('field') ? 'Its “field” is no text.' : 'It has no “field”.';
    return wrong('comparison.no-field', has, {
      remedy: `Name the field that is looked at: ${EXAMPLE}.`,
      ...(keys.includes('field') ? { key: 'field' } : {}),
    });
  }
  const stranger = keys.find((key) => key !== 'field' && !isOperator(key));
  if (stranger !== undefined) {
    return wrong('operator.unknown', `There is no operator ${quote(stranger)}.`, {
      remedy: `Use one of ${operators.join(', ')}.`,
      key: stranger,
    });
  }
  const [operator, second] = keys.filter(isOperator);
  if (operator === undefined) {
    return wrong('comparison.no-operator', `The comparison of ${quote(field)} has no operator.`, {
      remedy: `Add one of ${operators.join(', ')}: ${EXAMPLE}.`,
    });
  }
  if (second !== undefined) {
    return wrong('comparison.two-operators', `It has both “${operator}” and “${second}”.`, {
      remedy: 'Make two comparisons of them, in one {"all": [..]} or {"any": [..]}.',
      key: second,
    });
  }
  return { form: 'comparison', field, operator, value: json[operator] };
}

const wrong = (
  code: string,
  detail: string,
  rest: Pick<WrongForm, 'remedy' | 'key'>,
): ConditionForm => ({ form: 'wrong', wrong: { code, detail, ...rest } });

export function isOperator(key: string): key is Operator {
  return (operators as readonly string[]).includes(key);
}

/** Short enough for a sentence, whatever it is. */
export function brief(text: string): string {
  return (text.length > 60 ? `${text.slice(0, 60)}…` : text).toWellFormed();
}

export const quote = (text: string): string => `“${brief(text)}”`;

type ValueType = 'text' | 'number' | 'flag' | 'scalar';

/** What the operator compares such a field with. */
export function valueTypeOf(type: FieldType, operator: Operator): ValueType {
  if (operator === 'exists') return 'flag';
  if (operator === 'contains' || operator === 'startsWith') return 'text';
  if (operator === 'moreThan' || operator === 'lessThan') return 'number';
  if (type === 'any') return 'scalar';
  return type === 'number' || type === 'flag' ? type : 'text';
}

export function isOfType(value: unknown, type: ValueType): value is Scalar {
  if (typeof value === 'string') return type === 'text' || type === 'scalar';
  if (typeof value === 'number') {
    return Number.isFinite(value) && (type === 'number' || type === 'scalar');
  }
  return typeof value === 'boolean' && (type === 'flag' || type === 'scalar');
}

/** Whether the value is one that `makeTest` can be given. */
export function fitsOperator(
  type: FieldType,
  operator: Operator,
  value: unknown,
): value is Scalar | Scalar[] {
  const wanted = valueTypeOf(type, operator);
  if (operator !== 'in') return isOfType(value, wanted);
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_CHOICES) return false;
  return value.every((one) => isOfType(one, wanted));
}
