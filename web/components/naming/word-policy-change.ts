// A change of the policy as a line that people read: where, then what it was and what it is now. Pure.
import type { TFunction } from 'i18next';
import type { PolicyChange } from '../../../src/contract/policy/document.ts';
import { partsOf } from '../../../src/contract/policy/point.ts';
import type { Words } from '../../i18n/en.ts';
import type { RoutingWords } from '../../i18n/routing-en.ts';

type Key = keyof (Words & RoutingWords);

export interface PolicyWording {
  t: TFunction;
  format: { number(value: number): string };
}

const fields: Readonly<Record<string, Key>> = {
  strategy: 'routing.strategy',
  boostSeconds: 'routing.boost',
  whenAgentLeaves: 'routing.leaves',
  leaveGraceSeconds: 'routing.grace',
  whenNobodyOnline: 'routing.nobody',
};

const entries: Readonly<Record<string, Key>> = {
  rules: 'routing.named.rule',
  plans: 'routing.named.plan',
  calendars: 'routing.named.calendar',
};

/** Of a value that is longer only its beginning is shown. */
const MOST_SHOWN = 120;

export function wordPolicyChange(
  { path, kind, before, after }: PolicyChange,
  wording: PolicyWording,
): string {
  const { t } = wording;
  const [part = '', ...rest] = partsOf(path);
  const entry = entries[part];
  const where = entry === undefined ? nameField(part, rest, t) : nameEntry(entry, rest, t);
  const said = { where, before: show(before, wording), after: show(after, wording) };
  if (kind === 'moved') return t('routing.change.moved', said);
  const isWhole = entry !== undefined && rest.length === 1;
  if (kind === 'added') return t(isWhole ? 'routing.change.added' : 'routing.change.set', said);
  if (kind === 'removed') {
    return t(isWhole ? 'routing.change.removed' : 'routing.change.unset', said);
  }
  return t('routing.change.changed', said);
}

function nameField(field: string, rest: readonly string[], t: TFunction): string {
  const label = fields[field];
  const name = label === undefined ? field : t(label);
  const below = field === 'boostSeconds' ? rest.map((one) => namePriority(one, t)) : rest;
  return [name, ...below].join(', ');
}

function namePriority(name: string, t: TFunction): string {
  const known: Readonly<Record<string, Key>> = {
    low: 'priority.low',
    normal: 'priority.normal',
    high: 'priority.high',
    urgent: 'priority.urgent',
  };
  const label = known[name];
  return label === undefined ? name : t(label);
}

function nameEntry(entry: Key, [name = '', ...rest]: readonly string[], t: TFunction) {
  return [t(entry, { name } as never), ...rest].join(', ');
}

function show(value: unknown, { format }: PolicyWording): string {
  if (value === undefined) return '–';
  if (typeof value === 'number') return format.number(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}
