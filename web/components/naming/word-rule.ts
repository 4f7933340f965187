// Says a rule in a sentence that people read: `When the contact’s attribute tier is gold and Office is closed`. Pure.
import type { TFunction } from 'i18next';
import type { Rule } from '../../../src/contract/policy/rule.ts';
import type {
  Comparison,
  Condition,
  ConditionField,
  Operator,
  Scalar,
} from '../../../src/contract/policy/rule-fields.ts';
import { conditionFields } from '../../../src/contract/policy/rule-fields.ts';
import { priorities } from '../../../src/contract/priorities.ts';
import { authorKinds, messageKinds } from '../../../src/contract/said-by.ts';
import { localeOf } from '../../i18n/locale-of.ts';
import { nameLanguage } from './name-language.ts';

export interface RuleWording {
  t: TFunction;
  /** As the reader's language has it. */
  language: string;
}

const names = Object.keys(conditionFields) as ConditionField[];

/** `contact.attributes.tier` as the field `contact.attributes.` and what follows it; null: there is no such field. */
export function splitField(written: string): { field: ConditionField; rest: string } | null {
  const whole = names.find((name) => name === written && !name.endsWith('.'));
  if (whole !== undefined) return { field: whole, rest: '' };
  const field = names.find((name) => name.endsWith('.') && written.startsWith(name));
  return field === undefined ? null : { field, rest: written.slice(field.length) };
}

export function wordField(written: string, { t }: RuleWording): string {
  const found = splitField(written);
  if (found === null) return written;
  return t(`rule.field.${found.field}`, { name: found.rest === '' ? '…' : found.rest });
}

export function wordValue(written: string, value: Scalar, wording: RuleWording): string {
  const { t, language } = wording;
  if (typeof value === 'boolean') return t(value ? 'rule.yes' : 'rule.no');
  if (typeof value === 'number') return new Intl.NumberFormat(localeOf(language)).format(value);
  const word = value.toLowerCase();
  if (written === 'now.weekday') return nameDay(word, language) ?? value;
  if (written === 'contact.language') return nameLanguage(value, language);
  if (written === 'conversation.priority' && isOneOf(priorities, word))
    return t(`priority.${word}`);
  if (written === 'message.author' && isOneOf(authorKinds, word)) return t(`rule.author.${word}`);
  if (written === 'message.kind' && isOneOf(messageKinds, word)) return t(`rule.message.${word}`);
  return value === '' ? t('rule.emptyText') : value;
}

const isOneOf = <One extends string>(all: readonly One[], word: string): word is One =>
  (all as readonly string[]).includes(word);

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export function nameDay(day: string, language: string): string | null {
  const place = days.indexOf(day);
  if (place < 0) return null;
  // The 4th of January 1970 was a Sunday.
  const date = new Date(Date.UTC(1970, 0, 4 + place));
  return new Intl.DateTimeFormat(localeOf(language), { weekday: 'long', timeZone: 'UTC' }).format(
    date,
  );
}

/** Whatever stands there, also what is no condition of ours. */
export function wordCondition(condition: Condition, wording: RuleWording, depth = 0): string {
  const { t } = wording;
  if ('all' in condition) return join('rule.and', condition.all, { wording, depth });
  if ('any' in condition) return join('rule.or', condition.any, { wording, depth });
  if ('not' in condition) {
    const { not } = condition;
    const closed = 'field' in not && not.field === 'now.open' && 'is' in not;
    if (closed) return wordComparison({ field: 'now.open', isNot: not.is }, wording);
    const isSimple = 'field' in not;
    const what = wordCondition(not, wording, isSimple ? 1 : 0);
    return t(isSimple ? 'rule.not' : 'rule.notGroup', { what });
  }
  return wordComparison(condition, wording);
}

/** Groups within groups stand in brackets. */
function join(
  word: 'rule.and' | 'rule.or',
  parts: readonly Condition[],
  { wording, depth }: { wording: RuleWording; depth: number },
): string {
  const said = parts.map((part) => wordCondition(part, wording, depth + 1)).join(wording.t(word));
  if (parts.length === 0) return wording.t('rule.emptyGroup');
  return depth > 0 && parts.length > 1 ? `(${said})` : said;
}

/** Values beyond these are counted. */
const MOST_VALUES = 6;

function wordComparison(comparison: Comparison, wording: RuleWording): string {
  const { t } = wording;
  const { field: written, ...compared } = comparison;
  const [operator, raw] = Object.entries(compared)[0] as [Operator, Scalar | Scalar[]];
  const said = {
    field: wordField(written, wording),
    value: wordValues(written, raw, wording),
  };
  if (operator === 'exists')
    return t(raw === true ? 'rule.says.exists' : 'rule.says.missing', said);
  if (written === 'contact.proved' && typeof raw === 'boolean') {
    return t(raw === (operator === 'is') ? 'rule.says.proved' : 'rule.says.notProved');
  }
  return t(chooseSaying(written, operator), said);
}

function chooseSaying(written: string, operator: Exclude<Operator, 'exists'>) {
  const type = conditionFields[splitField(written)?.field ?? 'source'];
  if (type === 'calendar') return operator === 'isNot' ? 'rule.says.closed' : 'rule.says.open';
  if (type === 'texts' && operator === 'isNot') return 'rule.says.hasNot';
  if (type === 'texts' && (operator === 'is' || operator === 'contains')) return 'rule.says.has';
  return `rule.says.${operator}` as const;
}

function wordValues(written: string, raw: Scalar | Scalar[], wording: RuleWording): string {
  const { t } = wording;
  if (!Array.isArray(raw)) return wordValue(written, raw, wording);
  const shown = raw.slice(0, MOST_VALUES).map((one) => wordValue(written, one, wording));
  const more = raw.length - shown.length;
  const said = more > 0 ? [...shown, t('rule.more', { number: more })] : shown;
  return said.join(t('rule.or'));
}

export function wordWhen({ when }: Pick<Rule, 'when'>, wording: RuleWording): string {
  const { t } = wording;
  if (when === undefined) return t('rule.lastText');
  return t('rule.when', { condition: wordCondition(when, wording) });
}

/** What the rule does: `plan Night, priority high, tags gold`. */
export function wordThen({ then }: Pick<Rule, 'then'>, { t }: RuleWording): string {
  const { plan, priority, addTags = [] } = then;
  return [
    t('rule.plan', { name: plan }),
    ...(priority === undefined ? [] : [t('rule.priority', { name: t(`priority.${priority}`) })]),
    ...(addTags.length === 0 ? [] : [t('rule.tags', { names: addTags.join(t('common.comma')) })]),
  ].join(t('common.comma'));
}
