// Reads a scenario that somebody wrote: its faults with their places, or what a run needs.
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { PolicyFault } from '../contract/policy/fault.ts';
import { point } from '../contract/policy/point.ts';
import { defaultPolicy } from '../contract/policy/policy.ts';
import { mostAgents, Scenario, type ScenarioAgents } from '../contract/scenario.ts';
import { checkValue } from '../routing/policy/check-shape.ts';
import { type Findings, makeFindings } from '../routing/policy/findings.ts';
import { isDeeper } from '../routing/policy/is-deeper.ts';
import { readPolicy } from '../routing/policy/read-policy.ts';
import type { Instant } from '../routing/types.ts';
import { writeAgentId } from './agents.ts';
import { countToCome, meanRate } from './arrivals.ts';
import { checkAgents } from './check-agents.ts';
import { checkKind } from './check-kind.ts';

export type ScenarioReading =
  | { scenario: Scenario; policy: PolicyDocument; faults: readonly [] }
  | { scenario: null; faults: PolicyFault[] };

/** `now`: when the simulated time begins. */
export function readScenario(body: unknown, now: Instant): ScenarioReading {
  const tooDeep = listTooDeep(body);
  if (tooDeep.length > 0) return { scenario: null, faults: tooDeep };
  const faults = makeFindings();
  checkValue(Scenario, body, { path: '', faults, whole: 'The scenario' });
  if (faults.list().length > 0) return { scenario: null, faults: faults.list() };
  const scenario = body as Scenario;
  checkNames(scenario.kinds, 'kinds', faults);
  checkNames(scenario.agents, 'agents', faults);
  for (const [place, kind] of scenario.kinds.entries()) checkKind(kind, place, faults);
  for (const place of scenario.agents.keys()) checkAgents(scenario, place, faults);
  if (faults.list().length === 0) checkSize(scenario, faults);
  const read = readPolicy({ ...defaultPolicy, ...scenario.policy }, listNames(scenario), now);
  for (const { path, ...said } of read.faults) faults.add(`/policy${path}`, () => said);
  if (read.policy !== null) {
    checkAcceptance(scenario, read.policy, faults);
    checkTransfers(scenario, read.policy, faults);
  }
  if (read.policy === null || faults.list().length > 0)
    return { scenario: null, faults: faults.list() };
  return { scenario, policy: read.policy, faults: [] };
}

/** The policy and what its rules look at need less. */
const MOST_DEEP = 40;

/** What is deeper is looked at no further, and is given to no thread. */
export function listTooDeep(body: unknown): PolicyFault[] {
  if (!isDeeper(body, MOST_DEEP)) return [];
  const faults = makeFindings();
  faults.add('', () => ({
    code: 'scenario.too-deep',
    detail: `Its values stand more than ${MOST_DEEP} deep within one another.`,
    remedy: 'Give the fields of needs values that are nested less.',
  }));
  return faults.list();
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

function checkTransfers(
  { kinds }: Scenario,
  { plans = [] }: PolicyDocument,
  faults: Findings,
): void {
  const known = new Set(plans.map(({ name }) => name));
  kinds.forEach(({ name, transfers }, place) => {
    const plan = transfers?.to?.plan;
    if (plan === undefined || known.has(plan)) return;
    faults.add(point('kinds', place, 'transfers', 'to', 'plan'), () => ({
      code: 'scenario.unknown-plan',
      detail: `“${name}” is transferred to “${plan}”, and the policy has no such plan.`,
      remedy: 'Name a plan of the policy, or leave plan out.',
    }));
  });
}

/** They would be asked again and again for ever. */
function checkAcceptance(
  { agents }: Scenario,
  { plans = [] }: PolicyDocument,
  faults: Findings,
): void {
  const offers = plans.some(({ offer }) => offer !== undefined);
  const accepts = agents.some(({ bot, offers: { declined = 0, missed = 0 } = {} }) => {
    return bot === undefined && declined + missed < 1;
  });
  if (!offers || accepts) return;
  faults.add('/agents', () => ({
    code: 'scenario.nobody-accepts',
    detail: 'A plan offers, and no agent ever accepts.',
    remedy: 'Let some agents decline and miss less than all, or take offer out of the plan.',
  }));
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
function listNames({ kinds, agents, known = {} }: Scenario) {
  const asked = kinds.flatMap(({ needs, transfers }) => [needs, transfers?.to]);
  const skills = [...asked.map((one) => one?.skills), ...agents.map((one) => one.skills)];
  const teams = [...asked.map((one) => one?.team), ...agents.flatMap((one) => one.teams)];
  const byName = (names: readonly string[]) => [...new Set(names)].map((id) => ({ id, name: id }));
  return {
    teams: byName([...teams.filter((one) => one !== undefined), ...(known.teams ?? [])]),
    skills: byName([...skills.flatMap((one) => Object.keys(one ?? {})), ...(known.skills ?? [])]),
    agents: agents.filter(({ bot }) => bot !== undefined).map(nameBot),
    channels: [],
  };
}

/** The only agents whom a policy names. */
function nameBot({ name }: ScenarioAgents) {
  const none = { email: null, teamIds: [], skills: {} };
  return { id: writeAgentId(name), name, kind: 'bot' as const, ...none };
}
