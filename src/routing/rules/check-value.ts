// What is wrong with the value of a comparison: its type, its size, and whether there is such a thing.
import {
  type FieldType,
  fixedValues,
  MAX_CHOICES,
  MAX_VALUE,
  type Operator,
  type Scalar,
} from '../../contract/policy/rule-fields.ts';
import type { FieldName } from './facts.ts';
import { foldText } from './fold-text.ts';
import { isStorable } from './is-text.ts';
import { nameRemedy } from './name-remedy.ts';
import { brief, isOfType, quote, valueTypeOf } from './read-condition.ts';
import type { Path, RuleFindings } from './rule-findings.ts';
import type { RuleNames } from './rule-names.ts';

interface Compared {
  name: FieldName;
  type: FieldType;
  operator: Operator;
}
interface Scope {
  names: RuleNames;
  findings: RuleFindings;
}

const EXAMPLES = {
  text: 'a text, as "gold"',
  number: 'a number, as 3',
  flag: 'true or false',
  scalar: 'a text, a number, true or false',
};

export function checkValue(
  { value, ...compared }: Compared & { value: unknown },
  path: Path,
  scope: Scope,
): void {
  if (compared.operator !== 'in') checkOne(value, compared, { path, scope });
  else if (Array.isArray(value)) checkChoices(value, compared, { path, scope });
  else {
    scope.findings.fault(path, {
      code: 'value.no-list',
      detail: '“in” compares with a list.',
      remedy: 'Write the values as a list, as ["wa", "fb"]; for one value use “is”.',
    });
  }
}

function checkChoices(
  values: readonly unknown[],
  compared: Compared,
  { path, scope }: { path: Path; scope: Scope },
): void {
  const { fault, warn, isFull } = scope.findings;
  if (values.length === 0 || values.length > MAX_CHOICES) {
    fault(path, {
      code: values.length === 0 ? 'value.no-choice' : 'value.too-many-choices',
      values: { count: values.length, most: MAX_CHOICES },
      detail: `The list has ${values.length} values.`,
      remedy: `List 1 to ${MAX_CHOICES} values; for more, use several comparisons in {"any": [..]}.`,
    });
    return;
  }
  const seen = new Set<unknown>();
  for (const [nth, one] of values.entries()) {
    if (isFull()) return;
    checkOne(one, compared, { path: [...path, nth], scope });
    const word = typeof one === 'string' ? foldText(one.slice(0, MAX_VALUE)) : one;
    if (seen.has(word)) {
      warn([...path, nth], {
        code: 'value.twice',
        detail: 'The value stands in the list before; upper and lower case are the same.',
        remedy: 'Take one of them out.',
      });
    }
    seen.add(word);
  }
}

function checkOne(
  value: unknown,
  compared: Compared,
  { path, scope }: { path: Path; scope: Scope },
): void {
  const { fault } = scope.findings;
  const wanted = valueTypeOf(compared.type, compared.operator);
  if (!isOfType(value, wanted)) {
    fault(path, {
      code: 'value.wrong-type',
      detail: `“${compared.operator}” does not compare this field with ${nameType(value)}.`,
      remedy: `Write ${EXAMPLES[wanted]}.`,
    });
    return;
  }
  if (typeof value !== 'string') {
    checkNumber(value, compared, { path, scope });
    return;
  }
  if (value.length > MAX_VALUE || !isStorable(value)) {
    fault(path, {
      code: value.length > MAX_VALUE ? 'value.too-long' : 'value.not-storable',
      values: { most: MAX_VALUE },
      detail: `The text is longer than ${MAX_VALUE} characters, or has one that cannot be stored.`,
      remedy: 'Compare with a shorter text, without NUL and without half characters.',
    });
    return;
  }
  if (value === '' && (compared.operator === 'contains' || compared.operator === 'startsWith')) {
    fault(path, {
      code: 'value.empty',
      detail: 'Every text has the empty text in it.',
      remedy: 'Write what is looked for, or use {"exists": true}.',
    });
    return;
  }
  checkNamed(value, compared, { path, scope });
}

function nameType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'a number without end';
  return (
    { string: 'a text', boolean: 'true or false', number: 'a number' }[typeof value as string] ??
    'an object'
  );
}

const LAST_HOUR = 23;

function checkNumber(
  value: Scalar,
  { name, operator }: Compared,
  { path, scope }: { path: Path; scope: Scope },
): void {
  if (name.field !== 'now.hour' || typeof value !== 'number') return;
  const isHour = Number.isInteger(value) && value >= 0 && value <= LAST_HOUR;
  const isBound = operator === 'moreThan' || operator === 'lessThan';
  if (isHour || (isBound && value >= 0 && value <= LAST_HOUR + 1)) return;
  scope.findings.warn(path, {
    code: 'value.never',
    detail: `The hour is never ${value}.`,
    remedy: 'Write a whole number from 0 to 23.',
  });
}

/** Of operators that compare with the whole text: whether it can ever be found. */
function checkNamed(
  value: string,
  { name, operator }: Compared,
  { path, scope }: { path: Path; scope: Scope },
): void {
  if (!['is', 'isNot', 'in'].includes(operator)) return;
  const { names, findings } = scope;
  const word = foldText(value);
  const folds = (known: readonly string[]) => known.some((one) => foldText(one) === word);
  const fixed = fixedValues[name.field];
  if (fixed !== undefined && !folds(fixed)) {
    findings.fault(path, {
      code: 'value.unknown',
      values: { field: name.field, value: brief(value) },
      detail: `“${name.field}” is never ${quote(value)}.`,
      remedy: `Use one of ${fixed.join(', ')}.`,
    });
  }
  const { calendars, channels } = names;
  if (name.field === 'now.open' && calendars !== undefined && !calendars.includes(value)) {
    findings.fault(path, {
      code: 'calendar.unknown',
      values: { name: brief(value) },
      detail: `There is no calendar ${quote(value)}.`,
      remedy: nameRemedy('calendar', value, calendars),
    });
  }
  if (name.field === 'channel' && channels !== undefined && !folds(channels)) {
    findings.fault(path, {
      code: 'channel.unknown',
      values: { name: brief(value) },
      detail: `There is no channel ${quote(value)}.`,
      remedy: nameRemedy('channel', value, channels),
    });
  }
  if (name.field === 'contact.emailDomain' && value.includes('@')) {
    findings.warn(path, {
      code: 'value.never',
      detail: 'A domain has no @ in it.',
      remedy: 'Write what follows the @.',
    });
  }
}
