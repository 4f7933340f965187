// The plainest reading of docs/guides/routing-rules.md: which rule matches, and why. Imports nothing of src/routing.
import type { Rule } from '../../src/contract/policy/rule.ts';

type Json = unknown;
type Bag = Record<string, Json>;

export interface PlainMatch {
  nth: number;
  because: { field: string; operator: string; holds: boolean }[];
}

export function matchPlainly(rules: readonly Rule[], facts: Json): PlainMatch | null {
  for (const [nth, rule] of rules.entries()) {
    if (rule.when === undefined) return { nth, because: [] };
    if (!isUnderstood(rule.when) || countComparisons(rule.when) > 100) continue;
    if (isTrue(rule.when, facts)) return { nth, because: reasons(rule.when, facts).slice(0, 20) };
  }
  return null;
}

const keysOf = (json: Json) => Object.keys(json as Bag);
const partOf = (json: Json, key: string) => (json as Bag)[key] as Json;
const partsOf = (json: Json, key: string) => partOf(json, key) as Json[];

/** `left`: how many groups may still stand within one another here. */
function isUnderstood(when: Json, left = 5): boolean {
  if (when === null || typeof when !== 'object' || Array.isArray(when)) return false;
  const keys = keysOf(when);
  if (keys.some((key) => ['all', 'any', 'not'].includes(key))) {
    if (keys.length !== 1 || left === 0) return false;
    if (keys[0] === 'not') return isUnderstood(partOf(when, 'not'), left - 1);
    const parts = partOf(when, keys[0] as string);
    if (!Array.isArray(parts) || parts.length === 0) return false;
    return parts.every((part) => isUnderstood(part, left - 1));
  }
  if (keys.length !== 2 || !keys.includes('field')) return false;
  const operator = operatorOf(when);
  const kind = kindOf(partOf(when, 'field'));
  return kind !== null && valueFits(kind, operator, partOf(when, operator));
}

function countComparisons(when: Json): number {
  const [key] = keysOf(when);
  if (key === 'not') return countComparisons(partOf(when, key));
  if (key !== 'all' && key !== 'any') return 1;
  return partsOf(when, key).reduce<number>((sum, part) => sum + countComparisons(part), 0);
}

const operatorOf = (comparison: Json) =>
  keysOf(comparison).find((key) => key !== 'field') as string;

const KINDS: Record<string, string[]> = {
  text: `channel channelKind source externalChannel contact.name contact.emailDomain contact.phone
    contact.language contact.agent conversation.department conversation.priority conversation.text
    conversation.page conversation.referrer now.weekday`.split(/\s+/),
  number: 'contact.conversations contact.lastRating conversation.files now.hour'.split(' '),
  flag: ['contact.proved'],
  texts: ['contact.tags', 'conversation.tags'],
  calendar: ['now.open'],
};

function kindOf(field: Json): string | null {
  if (typeof field !== 'string' || field.length > 300) return null;
  const path = /^(?:contact\.attributes|conversation\.meta)\.(.*)$/s.exec(field)?.[1];
  if (path !== undefined) return path.split('.').every((part) => part !== '') ? 'any' : null;
  if (/^(waiting|online)\../s.test(field)) return 'number';
  return Object.keys(KINDS).find((kind) => KINDS[kind]?.includes(field)) ?? null;
}

function valueFits(kind: string, operator: string, value: Json): boolean {
  const isText = (one: Json) => typeof one === 'string';
  const isNumber = (one: Json) => Number.isFinite(one);
  const isFlag = (one: Json) => typeof one === 'boolean';
  const isOfKind = (one: Json) => {
    if (kind === 'any') return isText(one) || isNumber(one) || isFlag(one);
    if (kind === 'number') return isNumber(one);
    return kind === 'flag' ? isFlag(one) : isText(one);
  };
  switch (operator) {
    case 'is':
    case 'isNot':
      return isOfKind(value);
    case 'in':
      if (kind === 'flag' || !Array.isArray(value)) return false;
      return value.length > 0 && value.length <= 100 && value.every(isOfKind);
    case 'contains':
    case 'startsWith':
      return ['text', 'texts', 'any'].includes(kind) && isText(value);
    case 'moreThan':
    case 'lessThan':
      return ['number', 'any'].includes(kind) && isNumber(value);
    case 'exists':
      return kind !== 'calendar' && isFlag(value);
    default:
      return false;
  }
}

function isTrue(when: Json, facts: Json): boolean {
  const [key] = keysOf(when);
  if (key === 'all') return partsOf(when, key).every((part) => isTrue(part, facts));
  if (key === 'any') return partsOf(when, key).some((part) => isTrue(part, facts));
  if (key === 'not') return !isTrue(partOf(when, key), facts);
  return compares(when, facts);
}

function reasons(when: Json, facts: Json): PlainMatch['because'] {
  const [key] = keysOf(when);
  if (key === 'not') return reasons(partOf(when, key), facts);
  if (key !== 'all' && key !== 'any') {
    const field = partOf(when, 'field') as string;
    return [{ field, operator: operatorOf(when), holds: compares(when, facts) }];
  }
  const parts = partsOf(when, key);
  const holding = parts.filter((part) => isTrue(part, facts));
  const failing = parts.filter((part) => !isTrue(part, facts));
  if (key === 'all') return (failing.length > 0 ? failing.slice(0, 1) : parts).flatMap(inFacts);
  return (holding.length > 0 ? holding.slice(0, 1) : parts).flatMap(inFacts);
  function inFacts(part: Json) {
    return reasons(part, facts);
  }
}

function look(facts: Json, field: string): Json {
  const whole = /^(waiting|online)\.(.*)$/s.exec(field);
  let at = facts;
  for (const part of whole ? [whole[1], whole[2]] : field.split('.')) {
    if (at === null || typeof at !== 'object') return undefined;
    const own = Object.entries(at).find(([key]) => key === part);
    at = own?.[1];
  }
  return at ?? undefined;
}

function compares(comparison: Json, facts: Json): boolean {
  const field = partOf(comparison, 'field') as string;
  const operator = operatorOf(comparison);
  const wanted = partOf(comparison, operator);
  const found = look(facts, field);
  const isMissing = found === undefined || Number.isNaN(found);
  if (operator === 'exists') {
    const isNothing = isMissing || found === '' || (Array.isArray(found) && found.length === 0);
    return isNothing !== wanted;
  }
  if (isMissing) return false;
  const items = Array.isArray(found) ? found.slice(0, 100) : [found];
  const isOne = (value: Json) => items.some((item) => same(item, value));
  if (operator === 'is') return isOne(wanted);
  if (operator === 'isNot') return !isOne(wanted);
  if (operator === 'in') return (wanted as Json[]).some(isOne);
  if (operator === 'contains' && Array.isArray(found) && kindOf(field) !== 'text') {
    return isOne(wanted);
  }
  return items.some((item) => passes(item, operator, wanted));
}

function passes(item: Json, operator: string, wanted: Json): boolean {
  const text = typeof item === 'string' || typeof item === 'number' ? lower(`${item}`) : null;
  if (operator === 'contains') return text?.includes(lower(wanted as string)) ?? false;
  if (operator === 'startsWith') return text?.indexOf(lower(wanted as string)) === 0;
  const number = numberOf(item);
  if (number === null) return false;
  return operator === 'moreThan' ? number > (wanted as number) : number < (wanted as number);
}

function numberOf(item: Json): number | null {
  if (typeof item === 'number') return item;
  if (typeof item !== 'string' || item.length > 40) return null;
  return /^\s*[-+]?[0-9]+([.][0-9]+)?([eE][-+]?[0-9][0-9]?)?\s*$/.test(item) ? +item : null;
}

function same(a: Json, b: Json): boolean {
  if (typeof a === typeof b)
    return typeof a === 'string' ? lower(a) === lower(b as string) : a === b;
  if (typeof a === 'string') return says(a, b);
  return typeof b === 'string' && says(b, a);
}

/** Whether the text says that number or flag. */
function says(text: string, what: Json): boolean {
  if (typeof what === 'number') return numberOf(text) === what;
  return typeof what === 'boolean' && lower(text) === `${what}`;
}

/** As CaseFolding.txt has them; what is not listed has one case, or is not among the samples. */
const FOLDED: Record<string, string> = {
  ...Object.fromEntries([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((one) => [one, one.toLowerCase()])),
  ...{ ß: 'ss', ẞ: 'ss', Ο: 'ο', Δ: 'δ', Σ: 'σ', ς: 'σ', İ: 'i\u0307', ﬁ: 'fi', '\u212a': 'k' },
};

function lower(text: string): string {
  // Among the samples only the é is written in two ways.
  return [...text.replaceAll(/e\u0301/gi, 'é')].map((one) => FOLDED[one] ?? one).join('');
}
