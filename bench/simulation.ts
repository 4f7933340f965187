// Measures how fast scenarios run, beside the bare decision: one agent and no plans, and a thousand agents with four skills and three steps.
import type { Scenario } from '../src/contract/scenario.ts';
import { readScenario } from '../src/simulation/read-scenario.ts';
import { BEGINS_AT, finish, runScenario } from '../src/simulation/run-scenario.ts';
import { report, type Section, target, targetColumns, whole } from './table.ts';

const NEEDED = 1_000_000;
const SKILLS = ['a', 'b', 'c', 'd'];

const small: Scenario = {
  arrivals: 300_000,
  kinds: [{ name: 'all', rate: 0.8, service: { exponential: 1 } }],
  agents: [{ name: 'agent' }],
};

const large: Scenario = {
  arrivals: 150_000,
  kinds: SKILLS.map((name) => ({
    ...{ name, rate: 4.9, service: { exponential: 150 } },
    needs: { fields: { 'conversation.department': name } },
  })),
  agents: Array.from({ length: 10 }, (_, nth) => ({
    ...{ name: `group ${nth}`, count: 100, capacity: 3 },
    skills: { [at(nth)]: 5, [at(nth + 1)]: 1 + (nth % 4), [at(nth + 2)]: 2 },
  })),
  policy: {
    plans: SKILLS.map((skill) => ({
      ...{ name: skill, prefer: ['skill', 'least-loaded'] },
      steps: [
        { after: 0, skills: { [skill]: 4 } },
        { after: 20, skills: { [skill]: 3 } },
        { after: 60, skills: { [skill]: 1 } },
      ],
    })),
    rules: [
      ...SKILLS.slice(1).map((skill) => ({
        ...{ name: skill, when: { field: 'conversation.department', is: skill } },
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        then: { plan: skill },
      })),
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      { name: 'Everybody else', then: { plan: 'a' } },
    ],
  },
};

function at(nth: number): string {
  return SKILLS[nth % SKILLS.length] as string;
}

function measure(scenario: Scenario): number {
  const read = readScenario(scenario, BEGINS_AT);
  if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
  const began = performance.now();
  const { assignments } = finish(runScenario(read.scenario, read.policy));
  return (assignments / (performance.now() - began)) * 60_000;
}

/** The most that the process has held, in MB, after ten million arrivals of two kinds. */
function measureMemory(): number {
  const kinds = ['one', 'other'].map((name) => ({
    ...{ name, rate: 0.4, service: { exponential: 1 } },
  }));
  measure({ ...small, kinds, arrivals: 10_000_000, within: [1] });
  return process.resourceUsage().maxRSS / 1024;
}

const rates = [small, large].map((scenario) =>
  Math.max(...Array.from({ length: 3 }, () => measure(scenario))),
);
const [few = 0, many = 0] = rates;
const speed: Section = {
  title: 'Assignments a minute',
  how: 'On one core, the best of three runs: 300,000 arrivals for one agent without a plan; 150,000 for 1,000 agents of 3 places, by four plans of three steps that prefer by skill.',
  columns: targetColumns,
  rows: [
    ['one agent', '', whole(few), ''],
    target('1,000 agents, 4 skills, 3 steps', `>= ${whole(NEEDED)}`, whole(many), many >= NEEDED),
  ],
};

const MEMORY = 'Memory';
const MOST_MB = 1000;

function sayMemory(mb: number): Section {
  return {
    title: MEMORY,
    how: 'The most that the process holds, by a run of 10,000,000 arrivals of two kinds (`USHER_LONG_TESTS=1`).',
    columns: targetColumns,
    rows: [target('10,000,000 arrivals', `<= ${MOST_MB} MB`, `${whole(mb)} MB`, mb <= MOST_MB)],
  };
}

const isLong = process.env.USHER_LONG_TESTS === '1';
await report(
  'simulation',
  isLong ? [speed, sayMemory(measureMemory())] : [speed],
  isLong ? [] : [MEMORY],
);
