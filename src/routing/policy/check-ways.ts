// Where rules and plans lead: every name is known and stands once, no plan leads back to itself, and none stands unused.
import type { PolicyDocument } from '../../contract/policy/document.ts';
import type { Plan } from '../../contract/policy/plan.ts';
import { point } from '../../contract/policy/point.ts';
import type { Findings } from './findings.ts';
import { adviseName } from './nearest-name.ts';

interface Way {
  from: string;
  to: string;
  path: string;
}

const PLAN = 'plan:';

export function checkWays(
  { calendars = [], rules = [], plans = [] }: PolicyDocument,
  { faults, warnings }: { faults: Findings; warnings: Findings },
): void {
  checkTwice(plans, faults);
  if (rules.length > 0 && plans.length === 0) sayNoPlans(faults);
  const ways = plans.flatMap(findWays);
  const known = new Set(plans.map(({ name }) => name));
  for (const { to, path } of ways) if (!known.has(to)) sayNoPlan(to, { path, known, faults });
  checkCalendarNames(plans, new Set(calendars.map(({ name }) => name)), faults);
  checkRings(plans, ways, faults);
  const begun = rules.map(({ then }) => then.plan);
  const used = followWays(begun, ways);
  plans.forEach(({ name }, place) => {
    if (!used.has(name)) sayUnused(name, point('plans', place), warnings);
  });
}

function checkTwice(plans: readonly Plan[], faults: Findings): void {
  const first = new Map<string, number>();
  plans.forEach(({ name }, place) => {
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, place);
    else {
      faults.add(point('plans', place, 'name'), () => ({
        code: 'plan.name-taken',
        values: { name, plan: earlier + 1 },
        detail: `Plan ${earlier + 1} is called “${name}” too.`,
        remedy: 'Give each plan a name of its own.',
      }));
    }
  });
}

function findWays({ name: from, hours, limits }: Plan, place: number): Way[] {
  const ways: [string | undefined, string][] = [
    [hours?.otherwise, point('plans', place, 'hours', 'otherwise')],
    [limits?.then, point('plans', place, 'limits', 'then')],
  ];
  return ways.flatMap(([way, path]) =>
    way?.startsWith(PLAN) ? [{ from, to: way.slice(PLAN.length), path }] : [],
  );
}

function sayNoPlans(faults: Findings): void {
  faults.add('/plans', () => ({
    code: 'plans.missing',
    detail: 'There are rules, but no plans that they could name.',
    remedy:
      'Add a plan, such as {"name": "Default", "steps": [{"after": 0}]}, or remove the rules.',
  }));
}

function sayNoPlan(
  to: string,
  { path, known, faults }: { path: string; known: Set<string>; faults: Findings },
): void {
  faults.add(path, () => ({
    code: 'plan.unknown',
    values: { name: to },
    detail: `There is no plan “${to}”.`,
    remedy: adviseName(to, known, 'Add the plan.'),
  }));
}

function checkCalendarNames(plans: readonly Plan[], known: Set<string>, faults: Findings): void {
  plans.forEach(({ hours, targets }, place) => {
    for (const [part, calendar] of [
      ['hours', hours?.calendar],
      ['targets', targets?.calendar],
    ] as const) {
      if (calendar === undefined || known.has(calendar)) continue;
      faults.add(point('plans', place, part, 'calendar'), () => ({
        code: 'calendar.unknown',
        values: { name: calendar },
        detail: `There is no calendar “${calendar}”.`,
        remedy: adviseName(calendar, known, 'Add the calendar.'),
      }));
    }
  });
}

/** Each ring once, where it closes. */
function checkRings(plans: readonly Plan[], ways: readonly Way[], faults: Findings): void {
  const from = Map.groupBy(ways, (way) => way.from);
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): void => {
    if (done.has(name)) return;
    for (const { to, path } of from.get(name) ?? []) {
      const begun = [...trail, name].indexOf(to);
      if (begun < 0) visit(to, [...trail, name]);
      else sayRing([...[...trail, name].slice(begun), to], path, faults);
    }
    done.add(name);
  };
  for (const { name } of plans) visit(name, []);
}

function sayRing(ring: readonly string[], path: string, faults: Findings): void {
  faults.add(path, () => ({
    code: 'plan.leads-back',
    values: { plans: writeRing(ring) },
    detail: `A conversation would go round and round: ${writeRing(ring)}.`,
    remedy: 'Let one of these plans end with queue, message or close.',
  }));
}

const writeRing = (ring: readonly string[]) => ring.map((name) => `“${name}”`).join(' → ');

function followWays(begun: readonly string[], ways: readonly Way[]): Set<string> {
  const from = Map.groupBy(ways, (way) => way.from);
  // A set that grows while it is gone through: what is added is visited too.
  const used = new Set(begun);
  for (const name of used) for (const { to } of from.get(name) ?? []) used.add(to);
  return used;
}

function sayUnused(name: string, path: string, warnings: Findings): void {
  warnings.add(path, () => ({
    code: 'plan.unused',
    values: { name },
    detail: `No rule leads to plan “${name}”.`,
    remedy: 'Name it in a rule, or remove it.',
  }));
}
