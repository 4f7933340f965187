// What changed from one policy to another, entry by entry, by name.
import { ownValue } from '../own-value.ts';
import type { Calendar, DatedException } from './calendar.ts';
import type { PolicyChange, PolicyDocument } from './document.ts';
import { findMoved } from './find-moved.ts';
import type { Plan, Step } from './plan.ts';
import { point } from './point.ts';
import type { Rule } from './rule.ts';

/** Of the order of plans and calendars nothing depends, so it makes no difference. */
export function diffPolicies(
  before: Partial<PolicyDocument>,
  after: PolicyDocument,
): PolicyChange[] {
  const { calendars, rules, plans, ...rest } = before;
  const { calendars: laterCalendars, rules: laterRules, plans: laterPlans, ...laterRest } = after;
  return [
    ...diffFields('', rest, laterRest),
    ...diffCalendars(calendars ?? [], laterCalendars ?? []),
    ...diffRules(rules ?? [], laterRules ?? []),
    ...diffPlans(plans ?? [], laterPlans ?? []),
  ];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object is looked into; a list changes as a whole, and so does what `whole` names. */
function diffFields(
  path: string,
  before: Fields,
  after: Fields,
  whole: readonly string[] = [],
): PolicyChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key): PolicyChange[] => {
    const [old, now] = [ownValue(before, key), ownValue(after, key)];
    const at = `${path}${point(key)}`;
    if (old === undefined)
      return now === undefined ? [] : [{ path: at, kind: 'added', after: now }];
    if (now === undefined) return [{ path: at, kind: 'removed', before: old }];
    if (isSame(old, now)) return [];
    if (isFields(old) && isFields(now) && !whole.includes(key)) return diffFields(at, old, now);
    return [{ path: at, kind: 'changed', before: old, after: now }];
  });
}

/** Whatever the order of an object's fields. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, nth) => isSame(value, other[nth]));
  }
  if (!isFields(one) || !isFields(other)) return one === other;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]));
}

interface Matching<T> {
  path: string;
  before: readonly T[];
  after: readonly T[];
  nameOf: (entry: T) => string;
  diff: (path: string, old: T, now: T) => PolicyChange[];
}

/** Entries of the same name are the same entry. */
function diffEntries<T>({ path, before, after, nameOf, diff }: Matching<T>): PolicyChange[] {
  const olds = new Map(before.map((entry) => [nameOf(entry), entry]));
  const nows = new Map(after.map((entry) => [nameOf(entry), entry]));
  const gone = before.filter((entry) => !nows.has(nameOf(entry)));
  return [
    ...gone.map((entry): PolicyChange => {
      return { path: `${path}${point(nameOf(entry))}`, kind: 'removed', before: entry };
    }),
    ...[...nows].flatMap(([name, now]): PolicyChange[] => {
      const at = `${path}${point(name)}`;
      const old = olds.get(name);
      return old === undefined ? [{ path: at, kind: 'added', after: now }] : diff(at, old, now);
    }),
  ];
}

const nameOf = ({ name }: { name: string }) => name;

function diffCalendars(before: readonly Calendar[], after: readonly Calendar[]): PolicyChange[] {
  return diffEntries({
    ...{ path: '/calendars', before, after, nameOf },
    diff: (path, { exceptions: olds, ...old }, { exceptions: nows, ...now }) => [
      ...diffFields(path, old, now),
      ...diffFields(`${path}/exceptions`, byDate(olds), byDate(nows)),
    ],
  });
}

/** A date may have several spans. */
function byDate(exceptions: readonly DatedException[] = []): Fields {
  return Object.fromEntries(Map.groupBy(exceptions, ({ date }) => date));
}

function diffRules(before: readonly Rule[], after: readonly Rule[]): PolicyChange[] {
  const moved = findMoved(before.map(nameOf), after.map(nameOf));
  return [
    ...diffEntries({
      ...{ path: '/rules', before, after, nameOf },
      diff: (path, old, now) => diffFields(path, { ...old }, { ...now }, ['when']),
    }),
    ...moved.map((name): PolicyChange => {
      const placeIn = (rules: readonly Rule[]) => rules.findIndex((rule) => rule.name === name) + 1;
      const places = { before: placeIn(before), after: placeIn(after) };
      return { path: `/rules${point(name)}`, kind: 'moved', ...places };
    }),
  ];
}

function diffPlans(before: readonly Plan[], after: readonly Plan[]): PolicyChange[] {
  return diffEntries({
    ...{ path: '/plans', before, after, nameOf },
    diff: (path, { steps: olds, ...old }, { steps: nows, ...now }) => [
      ...diffEntries<Step>({
        ...{ path: `${path}/steps`, before: olds, after: nows },
        nameOf: (step) => String(step.after),
        diff: (at, step, later) => diffFields(at, step, later),
      }),
      ...diffFields(path, old, now),
    ],
  });
}
