// Goes through every place of a policy that names a team, a skill, an agent or a channel.
import type { PolicyDocument } from '../../contract/policy/document.ts';
import type { Step } from '../../contract/policy/plan.ts';
import { point } from '../../contract/policy/point.ts';
import type { Condition } from '../../contract/policy/rule-fields.ts';
import type { NameKind } from './policy-names.ts';

export interface NamedPlace {
  kind: NameKind;
  written: string;
  path: string;
}
type Rename = (place: NamedPlace) => string;

/** The same policy with each of these names as `rename` answers it. */
export function mapNames(policy: PolicyDocument, rename: Rename): PolicyDocument {
  const { rules, plans } = policy;
  return {
    ...policy,
    ...(rules !== undefined && {
      rules: rules.map((rule, place) => {
        if (rule.when === undefined) return rule;
        return { ...rule, when: mapCondition(rule.when, point('rules', place, 'when'), rename) };
      }),
    }),
    ...(plans !== undefined && {
      plans: plans.map((plan, place) => ({
        ...plan,
        ...(plan.bot !== undefined && {
          bot: {
            ...plan.bot,
            agent: rename({
              kind: 'agent',
              written: plan.bot.agent,
              path: point('plans', place, 'bot', 'agent'),
            }),
          },
        }),
        steps: plan.steps.map((step, nth) =>
          mapStep(step, point('plans', place, 'steps', nth), rename),
        ),
      })),
    }),
  };
}

function mapStep(step: Step, path: string, rename: Rename): Step {
  const { team, skills } = step;
  return {
    ...step,
    ...(typeof team === 'string' && {
      team: rename({ kind: 'team', written: team, path: `${path}/team` }),
    }),
    ...(skills !== undefined && {
      skills: Object.fromEntries(
        Object.entries(skills).map(([written, level]) => [
          rename({ kind: 'skill', written, path: `${path}/skills${point(written)}` }),
          level,
        ]),
      ),
    }),
  };
}

/** Of conditions whose form is still to be checked: what is none stays as it is. */
function mapCondition(condition: Condition, path: string, rename: Rename): Condition {
  if (typeof condition !== 'object' || condition === null) return condition;
  const group = condition as Record<string, unknown>;
  if (typeof group.field === 'string') return mapComparison(group, path, rename) as Condition;
  const inner = Object.entries(group).map(([key, value]) => [
    key,
    Array.isArray(value)
      ? value.map((one, nth) => mapCondition(one, `${path}${point(key, nth)}`, rename))
      : mapCondition(value as Condition, `${path}${point(key)}`, rename),
  ]);
  return Object.fromEntries(inner) as Condition;
}

const ONLINE = 'online.';
/** Fields that are compared with a name or an id. */
const named: Partial<Record<string, NameKind>> = { 'contact.agent': 'agent', channel: 'channel' };

/** Whether this field, or what it is compared with, has a name. */
export function isNamed(field: string): boolean {
  return field.startsWith(ONLINE) || Object.hasOwn(named, field);
}

/** The same condition, with the name of each thing that it names. */
export function nameCondition(
  condition: Condition,
  nameOf: (kind: NameKind, id: string) => string,
): Condition {
  return mapCondition(condition, '', ({ kind, written }) => nameOf(kind, written));
}

function mapComparison(
  comparison: Record<string, unknown>,
  path: string,
  rename: Rename,
): Record<string, unknown> {
  const { field, is, isNot, in: among } = comparison;
  if (typeof field === 'string' && field.startsWith(ONLINE)) {
    const written = field.slice(ONLINE.length);
    const team = rename({ kind: 'team', written, path: `${path}/field` });
    return { ...comparison, field: `${ONLINE}${team}` };
  }
  const kind = Object.hasOwn(named, String(field)) ? named[String(field)] : undefined;
  if (kind === undefined) return comparison;
  const one = (written: unknown, at: string) =>
    typeof written === 'string' ? rename({ kind, written, path: `${path}/${at}` }) : written;
  return {
    ...comparison,
    ...(is !== undefined && { is: one(is, 'is') }),
    ...(isNot !== undefined && { isNot: one(isNot, 'isNot') }),
    ...(Array.isArray(among) && { in: among.map((written, nth) => one(written, `in/${nth}`)) }),
  };
}
