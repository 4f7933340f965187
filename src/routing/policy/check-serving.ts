// Warns of steps that no agent of today could serve.
import type { Plan, Step } from '../../contract/policy/plan.ts';
import { point } from '../../contract/policy/point.ts';
import type { Findings } from './findings.ts';
import type { NamedAgent, NameIndex } from './policy-names.ts';

type Agents = readonly NamedAgent[];

/** `plans` name teams and skills by id. */
export function checkServing(
  plans: readonly Plan[],
  { agents, names, warnings }: { agents: Agents; names: NameIndex; warnings: Findings },
): void {
  const people = agents.filter(({ kind }) => kind !== 'bot');
  const has = indexAgents(people);
  const serves = new Map<string, boolean>();
  const isServed = (step: Step) => {
    const needs = JSON.stringify([step.team, step.skills]);
    const known = serves.get(needs) ?? people.some((agent) => canServe(agent, step));
    serves.set(needs, known);
    return known;
  };
  plans.forEach(({ name, steps }, place) => {
    steps.forEach((step, nth) => {
      const path = point('plans', place, 'steps', nth);
      const lacking = findLacking(step, has);
      for (const { kind, id, at } of lacking) {
        warnings.add(`${path}${at}`, () => ({
          code: `${kind}.nobody`,
          values: { name: names.nameOf(kind, id) },
          detail: `No agent has the ${kind} “${names.nameOf(kind, id)}” today.`,
          remedy: `Give the ${kind} to an agent, or leave it out.`,
        }));
      }
      if (lacking.length > 0 || isServed(step)) return;
      warnings.add(path, () => ({
        code: 'step.nobody',
        values: { plan: name, step: nth + 1 },
        detail: `No agent of today could serve step ${nth + 1} of plan “${name}”: nobody has its team and its skills at these levels together.`,
        remedy: 'Lower a level, ask for fewer skills, or give them to an agent.',
      }));
    });
  });
}

function indexAgents(agents: Agents) {
  return {
    team: new Set(agents.flatMap(({ teamIds }) => teamIds)),
    skill: new Set(agents.flatMap(({ skills }) => Object.keys(skills))),
  };
}

function findLacking({ team, skills = {} }: Step, has: ReturnType<typeof indexAgents>) {
  const teams = typeof team === 'string' && !has.team.has(team) ? [team] : [];
  const missing = Object.keys(skills).filter((id) => !has.skill.has(id));
  return [
    ...teams.map((id) => ({ kind: 'team' as const, id, at: '/team' })),
    ...missing.map((id) => ({ kind: 'skill' as const, id, at: '/skills' })),
  ];
}

function canServe({ teamIds, skills: levels }: NamedAgent, { team, skills = {} }: Step): boolean {
  if (typeof team === 'string' && !teamIds.includes(team)) return false;
  return Object.entries(skills).every(([id, least]) => (levels[id] ?? 0) >= least);
}
