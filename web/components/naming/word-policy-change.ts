// A change of the policy as a line that people read: where, then what it was and what it is now. Pure.
import type { PolicyChange } from '../../../src/contract/policy/document.ts';
import { partsOf } from '../../../src/contract/policy/point.ts';
import type { Condition } from '../../../src/contract/policy/rule-fields.ts';
import type { Words } from '../../i18n/en.ts';
import type { RoutingWords } from '../../i18n/routing-en.ts';
import { type RuleWording, wordCondition } from './word-rule.ts';

type Key = keyof (Words & RoutingWords);

export interface PolicyWording extends RuleWording {
  /** Of what is named by its id in old versions. */
  names?: ReadonlyMap<string, string>;
}

const labels: Readonly<Record<string, Key>> = {
  strategy: 'routing.strategy',
  boostSeconds: 'routing.boost',
  whenAgentLeaves: 'routing.leaves',
  leaveGraceSeconds: 'routing.grace',
  whenNobodyOnline: 'routing.nobody',
  language: 'routing.language',
  low: 'priority.low',
  normal: 'priority.normal',
  high: 'priority.high',
  urgent: 'priority.urgent',
  when: 'routing.part.when',
  plan: 'routing.part.plan',
  priority: 'priority.title',
  addTags: 'rule.addTags',
  team: 'filter.team',
  skills: 'teams.skills',
  prefer: 'routing.strategy',
  sticky: 'routing.part.sticky',
  hours: 'routing.part.hours',
  limits: 'routing.part.limits',
  targets: 'routing.part.targets',
  order: 'routing.part.order',
  words: 'routing.part.words',
  timeZone: 'routing.part.timeZone',
  weekly: 'routing.part.weekly',
};

const entries: Readonly<Record<string, Key>> = {
  rules: 'routing.named.rule',
  plans: 'routing.named.plan',
  calendars: 'routing.named.calendar',
};

/** Of a value that is longer only its beginning is shown. */
const MOST_SHOWN = 160;

export function wordPolicyChange(
  { path, kind, before, after }: PolicyChange,
  wording: PolicyWording,
): string {
  const { t } = wording;
  const parts = partsOf(path);
  const said = {
    where: nameWhere(parts, wording),
    before: show(before, parts, wording),
    after: show(after, parts, wording),
  };
  if (kind === 'moved') return t('routing.change.moved', said);
  const isWhole = isEntry(parts) && (parts.length === 2 || parts[2] === 'steps');
  if (kind === 'added') return t(isWhole ? 'routing.change.added' : 'routing.change.set', said);
  if (kind === 'removed') {
    return t(isWhole ? 'routing.change.removed' : 'routing.change.unset', said);
  }
  return t('routing.change.changed', said);
}

const isEntry = ([part = '']: readonly string[]) => Object.hasOwn(entries, part);

function nameWhere(parts: readonly string[], wording: PolicyWording): string {
  const { t } = wording;
  const [part = '', name = '', ...rest] = parts;
  const entry = Object.hasOwn(entries, part) ? entries[part] : undefined;
  if (entry === undefined) return parts.map((one) => nameField(one, wording)).join(', ');
  return [t(entry, { name } as never), ...nameBelow(rest, wording)].join(', ');
}

function nameBelow(parts: readonly string[], wording: PolicyWording): string[] {
  const { t } = wording;
  const [first, second = '', ...rest] = parts;
  if (first === undefined) return [];
  if (first === 'steps') {
    return [t('routing.part.step', { seconds: second }), ...nameBelow(rest, wording)];
  }
  if (first === 'exceptions') return [second];
  // What a rule does stands below `then`.
  const named = first === 'then' ? parts.slice(1) : parts;
  return named.map((one) => nameField(one, wording));
}

function nameField(field: string, { t, names }: PolicyWording): string {
  const label = Object.hasOwn(labels, field) ? labels[field] : undefined;
  if (label !== undefined) return t(label as 'routing.strategy');
  return names?.get(field) ?? field;
}

function show(value: unknown, parts: readonly string[], wording: PolicyWording): string {
  const { t, language } = wording;
  if (value === undefined) return '–';
  if (value === null) return t('routing.part.anyTeam');
  if (typeof value === 'number') return new Intl.NumberFormat(language).format(value);
  if (parts[0] === 'rules' && parts[2] === 'when') {
    return clip(wordCondition(value as Condition, wording));
  }
  return clip(nameIds(showText(value, parts, wording), wording));
}

function showText(value: unknown, parts: readonly string[], { t }: PolicyWording): string {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.join(', ');
  if (typeof value !== 'string') return JSON.stringify(value);
  if (parts.at(-1) === 'priority') return t(`priority.${value as 'low'}`);
  const word = `${parts[0]} ${value}`;
  return Object.hasOwn(values, word) ? t(values[word] as 'routing.strategy') : value;
}

const values: Readonly<Record<string, Key>> = {
  'strategy least-loaded': 'strategy.least-loaded',
  'strategy longest-idle': 'strategy.longest-idle',
  'strategy round-robin': 'strategy.round-robin',
  'whenAgentLeaves keep': 'routing.leaves.keep',
  'whenAgentLeaves requeue': 'routing.leaves.requeue',
  'whenNobodyOnline queue': 'routing.nobody.queue',
  'whenNobodyOnline abort': 'routing.nobody.abort',
};

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function nameIds(text: string, { names }: PolicyWording): string {
  return text.replace(ID, (id) => names?.get(id) ?? id);
}

function clip(text: string): string {
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}
