// The places in a policy, and what the page calls them. Pure.
import type { Words } from '../../i18n/en.ts';
import type { RoutingWords } from '../../i18n/routing-en.ts';
import { nameLanguage } from './name-language.ts';
import type { RuleWording } from './word-rule.ts';
import { wordTime } from './word-time.ts';

export interface PolicyWording extends RuleWording {
  /** Of what is named by its id in old versions. */
  names?: ReadonlyMap<string, string>;
}

type Key = keyof (Words & RoutingWords);

/** Below these stand names that people give, times and dates. */
const named = new Set([
  ...['boostSeconds', 'rules', 'plans', 'calendars', 'plans.*.steps', 'plans.*.steps.*.skills'],
  ...['plans.*.words', 'plans.*.words.*', 'calendars.*.exceptions'],
]);

/** `plans.*.limits.waitFor`, whatever the plan is called. */
export function placeIn(parts: readonly string[]): string {
  return parts.reduce((place, part) => {
    if (place === '') return part;
    return `${place}.${named.has(place) ? '*' : part}`;
  }, '');
}

const labels: Readonly<Record<string, Key>> = {
  strategy: 'routing.strategy',
  boostSeconds: 'routing.boost',
  'boostSeconds.low': 'priority.low',
  'boostSeconds.normal': 'priority.normal',
  'boostSeconds.high': 'priority.high',
  'boostSeconds.urgent': 'priority.urgent',
  whenAgentLeaves: 'routing.leaves',
  leaveGraceSeconds: 'routing.grace',
  asleepSeconds: 'routing.asleep',
  whenNobodyOnline: 'routing.nobody',
  language: 'routing.language',
  'rules.*.when': 'routing.part.when',
  'rules.*.then.plan': 'routing.part.plan',
  'rules.*.then.priority': 'priority.title',
  'rules.*.then.addTags': 'rule.addTags',
  'plans.*.steps.*.team': 'filter.team',
  'plans.*.steps.*.skills': 'teams.skills',
  'plans.*.steps.*.priority': 'priority.title',
  'plans.*.prefer': 'plans.prefer',
  'plans.*.sticky': 'routing.part.sticky',
  'plans.*.sticky.within': 'plans.stickyWithin',
  'plans.*.sticky.waitFor': 'plans.stickyWaitFor',
  'plans.*.hours': 'routing.part.hours',
  'plans.*.hours.calendar': 'plans.calendar',
  'plans.*.hours.otherwise': 'plans.otherwise',
  'plans.*.offer': 'routing.part.offer',
  'plans.*.offer.within': 'plans.offerWithin',
  'plans.*.offer.misses': 'plans.offerMisses',
  'plans.*.silence': 'routing.part.silence',
  'plans.*.silence.agent': 'plans.silenceAgent',
  'plans.*.silence.contact': 'routing.part.silenceContact',
  'plans.*.silence.contact.remind': 'plans.silenceRemind',
  'plans.*.silence.contact.close': 'plans.silenceClose',
  'plans.*.limits': 'routing.part.limits',
  'plans.*.limits.waiting': 'plans.limitWaiting',
  'plans.*.limits.waitFor': 'plans.limitWaitFor',
  'plans.*.limits.then': 'plans.limitThen',
  'plans.*.targets': 'routing.part.targets',
  'plans.*.targets.firstAnswer': 'plans.target.firstAnswer',
  'plans.*.targets.nextAnswer': 'plans.target.nextAnswer',
  'plans.*.targets.end': 'plans.target.end',
  'plans.*.targets.calendar': 'plans.targetsCalendar',
  'plans.*.order': 'routing.part.order',
  'plans.*.words': 'routing.part.words',
  'calendars.*.timeZone': 'routing.part.timeZone',
  'calendars.*.weekly': 'routing.part.weekly',
};

const entries: Readonly<Record<string, Key>> = {
  'rules.*': 'routing.named.rule',
  'plans.*': 'routing.named.plan',
  'calendars.*': 'routing.named.calendar',
};

/** What stands at that place is called so; a field that is not known goes by its own name. */
export function wordLabel(parts: readonly string[], wording: PolicyWording): string {
  const { t, language, names } = wording;
  const own = parts.at(-1) ?? '';
  const place = placeIn(parts);
  const label = labels[parts[0] === 'boostSeconds' ? parts.join('.') : place];
  if (label !== undefined) return t(label as 'routing.strategy');
  const entry = entries[place];
  if (entry !== undefined) return t(entry as 'routing.named.plan', { name: own });
  if (place === 'plans.*.steps.*') {
    return t('routing.part.step', { time: wordTime(Number(own), language) });
  }
  if (place === 'plans.*.words.*') return t(`plans.cause.${own as 'queued'}`);
  if (place === 'plans.*.words.*.*') return nameLanguage(own, language);
  return names?.get(own) ?? own;
}

/** These stand in the document and say nothing by themselves. */
const silent = new Set([
  ...['rules', 'plans', 'calendars'],
  ...['rules.*.then', 'plans.*.steps', 'calendars.*.exceptions'],
]);

/** `Plan “Billing”, step after 1 min, Team`. */
export function wordPlace(parts: readonly string[], wording: PolicyWording): string {
  return parts
    .map((_, nth) => parts.slice(0, nth + 1))
    .filter((to) => !silent.has(placeIn(to)))
    .map((to) => wordLabel(to, wording))
    .join(wording.t('common.comma'));
}
