// A value of the policy as people say it: `30 min`, `Monday 08:00 – 17:00`, `the contact is told, and it ends`. Pure.
import type { Condition } from '../../../src/contract/policy/rule-fields.ts';
import { localeOf } from '../../i18n/locale-of.ts';
import { nameLanguage } from './name-language.ts';
import { type PolicyWording, placeIn, wordLabel } from './policy-places.ts';
import { nameDay, wordCondition } from './word-rule.ts';
import { wordTime } from './word-time.ts';
import { wordWay } from './word-way.ts';

/** `parts`: where it stands, with names in place of positions. */
export function wordPolicyValue(
  value: unknown,
  parts: readonly string[],
  wording: PolicyWording,
): string {
  const say = sayings[placeIn(parts)];
  if (say !== undefined) return say(value as never, wording);
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number')
    return new Intl.NumberFormat(localeOf(wording.language)).format(value);
  if (Array.isArray(value)) {
    return value
      .map((one) => wordPolicyValue(one, [...parts, ''], wording))
      .join(wording.t('common.comma'));
  }
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([key, one]) => {
      const at = [...parts, key];
      return `${wordLabel(at, wording)}: ${wordPolicyValue(one, at, wording)}`;
    })
    .join('; ');
}

type Say = (value: never, wording: PolicyWording) => string;

const sayTime = (seconds: number, { language }: PolicyWording) => wordTime(seconds, language);
const sayWay = (way: string, { t }: PolicyWording) => wordWay(way, t);
const sayPriority = (one: string, { t }: PolicyWording) => t(`priority.${one as 'low'}`);
const sayTeam = (team: string | null, { t }: PolicyWording) => team ?? t('routing.part.anyTeam');

/** By the place in the policy, with `*` for names that people give. */
const sayings: Readonly<Record<string, Say>> = {
  strategy: (one: 'round-robin', { t }) => t(`strategy.${one}`),
  whenAgentLeaves: (one: 'keep', { t }) => t(`routing.leaves.${one}`),
  whenNobodyOnline: (one: 'queue', { t }) => t(`routing.nobody.${one}`),
  leaveGraceSeconds: sayTime,
  asleepSeconds: sayTime,
  'boostSeconds.*': sayTime,
  language: (code: string, { language }) => nameLanguage(code, language),
  'rules.*.when': (when: Condition, wording) => wordCondition(when, wording),
  'rules.*.then.priority': sayPriority,
  'plans.*.steps.*.after': sayTime,
  'plans.*.steps.*.team': sayTeam,
  'plans.*.steps.*.skills.*': (level: 1 | 2 | 3 | 4 | 5, { t }) => t(`plans.level.${level}`),
  'plans.*.steps.*.priority': sayPriority,
  'plans.*.prefer': (list: 'skill'[], { t }) =>
    list.map((one) => t(`plans.criterion.${one}`)).join(t('common.comma')),
  'plans.*.sticky.within': (span: string, wording) => sayTime(readSpan(span), wording),
  'plans.*.sticky.waitFor': sayTime,
  'plans.*.hours.otherwise': sayWay,
  'plans.*.offer.within': sayTime,
  'plans.*.silence.agent': sayTime,
  'plans.*.silence.contact.remind': sayTime,
  'plans.*.silence.contact.close': sayTime,
  'plans.*.limits.waitFor': sayTime,
  'plans.*.limits.then': sayWay,
  'plans.*.targets.firstAnswer': sayTime,
  'plans.*.targets.nextAnswer': sayTime,
  'plans.*.targets.end': sayTime,
  'plans.*.order': (order: 'rank', { t }) => t(`plans.order.${order}`),
  'plans.*.words.*.*': (text: string) => `“${text}”`,
  'calendars.*.weekly': saySpans,
  'calendars.*.exceptions.*': saySpans,
};

const sizes = { m: 60, h: 3600, d: 86_400 };

/** 30d, 12h, 45m. */
function readSpan(span: string): number {
  return Number.parseInt(span, 10) * (sizes[span.at(-1) as keyof typeof sizes] ?? 1);
}

interface Span {
  days?: readonly string[];
  from?: string;
  to?: string;
}

function saySpans(spans: readonly Span[], { t, language }: PolicyWording): string {
  if (spans.length === 0) return t('calendars.closed');
  return spans
    .map(({ days = [], from, to }) => {
      if (from === undefined || to === undefined) return t('calendars.closedAllDay');
      const named = days.map((day) => nameDay(day, language) ?? day).join(t('common.comma'));
      return `${named} ${from} – ${to}`.trim();
    })
    .join('; ');
}
