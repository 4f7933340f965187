// Reads a scenario that somebody wrote: its faults with their places, or what a run needs.
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { PolicyFault } from '../contract/policy/fault.ts';
import { point } from '../contract/policy/point.ts';
import { defaultPolicy } from '../contract/policy/policy.ts';
import {
  mostAgents,
  Scenario,
  type ScenarioAgents,
  type ScenarioKind,
} from '../contract/scenario.ts';
import { checkValue } from '../routing/policy/check-shape.ts';
import { type Findings, makeFindings } from '../routing/policy/findings.ts';
import { readPolicy } from '../routing/policy/read-policy.ts';
import type { Instant } from '../routing/types.ts';
import { countToCome, meanRate } from './arrivals.ts';
import { periodOf } from './shifts.ts';

export type ScenarioReading =
  | { scenario: Scenario; policy: PolicyDocument; faults: readonly [] }
  | { scenario: null; faults: PolicyFault[] };

/** `now`: when the simulated time begins. */
export function readScenario(body: unknown, now: Instant): ScenarioReading {
  const faults = makeFindings();
  checkValue(Scenario, body, { path: '', faults, whole: 'The scenario' });
  if (faults.list().length > 0) return { scenario: null, faults: faults.list() };
  const scenario = body as Scenario;
  checkNames(scenario.kinds, 'kinds', faults);
  checkNames(scenario.agents, 'agents', faults);
  for (const [place, kind] of scenario.kinds.entries()) checkArrivals(kind, place, faults);
  for (const [place, entry] of scenario.agents.entries()) {
    checkShifts(entry, place, faults);
    checkModel(scenario, place, faults);
  }
  if (faults.list().length === 0) checkSize(scenario, faults);
  const read = readPolicy({ ...defaultPolicy, ...scenario.policy }, listNames(scenario), now);
  for (const { path, ...said } of read.faults) faults.add(`/policy${path}`, () => said);
  if (read.policy === null || faults.list().length > 0)
    return { scenario: null, faults: faults.list() };
  return { scenario, policy: read.policy, faults: [] };
}

function checkNames(
  entries: readonly { name: string }[],
  list: 'kinds' | 'agents',
  faults: Findings,
): void {
  const known = new Set<string>();
  entries.forEach(({ name }, place) => {
    if (known.has(name)) {
      faults.add(point(list, place, 'name'), () => ({
        code: 'document.repeated',
        detail: `There are two ${list} called “${name}”.`,
        remedy: 'Give each a name of its own.',
      }));
    }
    known.add(name);
  });
}

const WAYS = ['rate', 'profile', 'recorded'] as const satisfies readonly (keyof ScenarioKind)[];

function checkArrivals(kind: ScenarioKind, place: number, faults: Findings): void {
  const ways = WAYS.filter((way) => kind[way] !== undefined);
  const [, second] = ways;
  if (ways.length === 0) {
    faults.add(point('kinds', place), () => ({
      code: 'scenario.no-arrivals',
      detail: `Nothing says when “${kind.name}” comes.`,
      remedy: 'Give it a rate, a profile or recorded times.',
    }));
  }
  if (second !== undefined) {
    faults.add(point('kinds', place, second), () => ({
      code: 'scenario.two-arrivals',
      detail: `“${kind.name}” has ${ways.join(' and ')}.`,
      remedy: 'Keep one of them.',
    }));
  }
  const { recorded = [] } = kind;
  const early = recorded.findIndex((at, nth) => at < (recorded[nth - 1] ?? 0));
  if (early >= 0) {
    faults.add(point('kinds', place, 'recorded', early), () => ({
      code: 'scenario.out-of-order',
      detail: `${recorded[early]} comes after ${recorded[early - 1]}.`,
      remedy: 'Sort the recorded times, the earliest first.',
    }));
  }
}

function checkShifts(entry: ScenarioAgents, place: number, faults: Findings): void {
  const { shifts, shiftsEvery } = entry;
  const period = periodOf(entry);
  if (shifts === undefined && shiftsEvery !== undefined) {
    faults.add(point('agents', place, 'shiftsEvery'), () => ({
      code: 'scenario.no-shifts',
      detail: `“${entry.name}” has no shifts that could come again.`,
      remedy: 'Add shifts, or leave shiftsEvery out.',
    }));
  }
  for (const [nth, { from, until }] of (shifts ?? []).entries()) {
    const at = (field: string) => point('agents', place, 'shifts', nth, field);
    if (from >= period) {
      faults.add(at('from'), () => ({
        code: 'scenario.shift-too-late',
        detail: `${from} s is not within the ${period} s after which the shifts come again.`,
        remedy: 'For shifts of a week say shiftsEvery: week.',
      }));
    }
    if (until <= from || until > from + period) {
      faults.add(at('until'), () => ({
        code: 'scenario.shift-length',
        detail: `A shift from ${from} s ends later than that, and by ${from + period} s.`,
        remedy: 'Correct until; a night ends past the end of its day, at 108000 for 06:00.',
      }));
    }
  }
}

/** A model of another desk knows agents who are always there, and as quick whatever they hold. */
function checkModel({ model = 'usher', agents }: Scenario, place: number, faults: Findings): void {
  if (model === 'usher') return;
  for (const field of ['shifts', 'concurrency'] as const) {
    if (agents[place]?.[field] === undefined) continue;
    faults.add(point('agents', place, field), () => ({
      code: 'scenario.not-in-model',
      detail: `The model ${model} does not follow ${field}.`,
      remedy: `Leave ${field} out, or run the model usher.`,
    }));
  }
}

/** Calendars and the clock end far behind it. */
const MOST_YEARS = 100;
const YEAR = 365.25 * 86_400;

function checkSpan({ kinds, arrivals }: Scenario, faults: Findings): void {
  const rate = kinds.reduce((sum, kind) => sum + meanRate(kind), 0);
  const years = arrivals / rate / YEAR;
  if (rate === 0 || years <= MOST_YEARS) return;
  faults.add('/arrivals', () => ({
    code: 'scenario.too-long',
    detail: `At these rates ${arrivals} arrivals take longer than ${MOST_YEARS} years.`,
    remedy: 'Give fewer arrivals, or higher rates: they are arrivals a second.',
  }));
}

function checkSize(scenario: Scenario, faults: Findings): void {
  const { kinds, agents } = scenario;
  checkSpan(scenario, faults);
  if (kinds.every((kind) => countToCome(kind) === 0)) {
    faults.add('/kinds', () => ({
      code: 'scenario.nobody-comes',
      detail: 'No kind has a rate above 0, so nobody ever comes.',
      remedy: 'Give at least one kind a rate above 0, or recorded times.',
    }));
  }
  const count = agents.reduce((sum, one) => sum + (one.count ?? 1), 0);
  if (count > mostAgents) {
    faults.add('/agents', () => ({
      code: 'scenario.too-many-agents',
      detail: `These are ${count} agents; a scenario has ${mostAgents} at most.`,
      remedy: 'Lower the counts.',
    }));
  }
}

/** A scenario knows teams and skills by name alone, so the name is the id. */
function listNames({ kinds, agents }: Scenario) {
  const skills = [...kinds.map(({ needs }) => needs?.skills), ...agents.map((one) => one.skills)];
  const teams = [...kinds.map(({ needs }) => needs?.team), ...agents.flatMap((one) => one.teams)];
  const byName = (names: readonly string[]) => [...new Set(names)].map((id) => ({ id, name: id }));
  return {
    teams: byName(teams.filter((one) => one !== undefined)),
    skills: byName(skills.flatMap((one) => Object.keys(one ?? {}))),
    agents: [],
    channels: [],
  };
}
