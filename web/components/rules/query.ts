// The condition of a rule as the query builder holds it, and back: nothing is lost on the way. Pure.
import type {
  Comparison,
  Condition,
  Operator,
  Scalar,
} from '../../../src/contract/policy/rule-fields.ts';

/** What the builder calls the ways to join: `notAll` and `none` are a `not` around `all` and `any`. */
export const combinators = ['all', 'any', 'none', 'notAll'] as const;
export type Combinator = (typeof combinators)[number];

/** `exists` with true and false are two operators there, so that neither needs a value. */
export type BuilderOperator = Operator | 'missing';

export interface QueryRule {
  id?: string;
  field: string;
  operator: BuilderOperator;
  value: Scalar | Scalar[];
}

export interface QueryGroup {
  id?: string;
  combinator: Combinator;
  rules: (QueryRule | QueryGroup)[];
  /** Its only part stands there by itself: {"not": X} and X, not {"not": {"any": [X]}} and {"all": [X]}. */
  alone?: boolean;
}

/** Of a rule without a condition an empty group. */
export function toQuery(condition: Condition | undefined): QueryGroup {
  if (condition === undefined) return { combinator: 'all', alone: true, rules: [] };
  const part = toPart(condition);
  return isGroup(part) ? part : { combinator: 'all', alone: true, rules: [part] };
}

function toPart(condition: Condition): QueryRule | QueryGroup {
  if ('field' in condition) return toRule(condition);
  if ('all' in condition) return { combinator: 'all', rules: condition.all.map(toPart) };
  if ('any' in condition) return { combinator: 'any', rules: condition.any.map(toPart) };
  const { not } = condition;
  if ('all' in not) return { combinator: 'notAll', rules: not.all.map(toPart) };
  if ('any' in not) return { combinator: 'none', rules: not.any.map(toPart) };
  return { combinator: 'none', alone: true, rules: [toPart(not)] };
}

function toRule({ field, ...compared }: Comparison): QueryRule {
  const [operator, value] = Object.entries(compared)[0] as [Operator, Scalar | Scalar[]];
  if (operator !== 'exists') return { field, operator, value };
  return { field, operator: value === true ? 'exists' : 'missing', value: '' };
}

/** undefined: always. */
export function toCondition(query: QueryGroup): Condition | undefined {
  return query.rules.length === 0 ? undefined : fromGroup(query);
}

function fromGroup({ combinator, rules, alone }: QueryGroup): Condition {
  const parts = rules.map((part) => (isGroup(part) ? fromGroup(part) : fromRule(part)));
  const [only] = parts;
  const isAlone = alone === true && parts.length === 1 && only !== undefined;
  switch (combinator) {
    case 'all':
      return isAlone ? only : { all: parts };
    case 'any':
      return { any: parts };
    case 'none':
      return { not: isAlone ? only : { any: parts } };
    case 'notAll':
      return { not: { all: parts } };
  }
}

function fromRule({ field, operator, value }: QueryRule): Comparison {
  if (operator === 'missing') return { field, exists: false };
  if (operator === 'exists') return { field, exists: true };
  return { field, [operator]: value } as Comparison;
}

export function isGroup(part: QueryRule | QueryGroup): part is QueryGroup {
  return 'rules' in part;
}

/** A part with the JSON Pointer at which it stands in the condition. */
interface Placed {
  part: QueryRule | QueryGroup;
  pointer: string;
}

/** Every part of the query, a group before what is in it. */
export function placeParts(part: QueryRule | QueryGroup, pointer = ''): Placed[] {
  if (!isGroup(part)) return [{ part, pointer }];
  const { combinator, rules, alone } = part;
  const isAlone = alone === true && rules.length === 1;
  const inside = {
    all: isAlone ? '' : '/all',
    any: '/any',
    none: isAlone ? '/not' : '/not/any',
    notAll: '/not/all',
  }[combinator];
  const isOnly = isAlone && (combinator === 'all' || combinator === 'none');
  return [
    { part, pointer },
    ...rules.flatMap((one, place) =>
      placeParts(one, `${pointer}${inside}${isOnly ? '' : `/${place}`}`),
    ),
  ];
}

/** How many levels of the document's groups it takes. */
export function depthOf({ combinator, alone, rules }: QueryGroup): number {
  const isAlone = alone === true && rules.length === 1;
  if (combinator === 'all') return isAlone ? 0 : 1;
  if (combinator === 'any') return 1;
  return combinator === 'none' && isAlone ? 1 : 2;
}
