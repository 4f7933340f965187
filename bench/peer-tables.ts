// Usher's default policy beside the models of other desks: what is run, and the tables that come of it.
import { type ModelName, modelNames, type Scenario } from '../src/contract/scenario.ts';
import { readScenario } from '../src/simulation/read-scenario.ts';
import { BEGINS_AT, type Figures, finish, runScenario } from '../src/simulation/run-scenario.ts';
import { percent, type Section, whole } from './table.ts';

export const DAYS = 20;
/** Student's t for 19 degrees of freedom, two-sided 95 %. */
const T = 2.093;

type Shape = Omit<Scenario, 'seed' | 'model'>;

interface Comparison {
  title: string;
  how: string;
  shape: Shape;
}

const chat = {
  service: { lognormal: [300, 1.2] as [number, number] },
  patience: { exponential: 600 },
};

/** 36 places. A service takes 300 s ÷ speed, so they end 0.122 a second when all are in use. */
const agents = [
  { name: 'slow', count: 4, capacity: 3, speed: 0.8 },
  { name: 'usual', count: 4, capacity: 3 },
  { name: 'fast', count: 4, capacity: 3, speed: 1.25 },
];

export const comparisons: readonly Comparison[] = [
  {
    title: 'Steady',
    how: '10,000 customers at 0.104 a second, 85 % of what the agents can do; the first 500 are not counted.',
    shape: {
      arrivals: 10_000,
      warmUp: 0.05,
      kinds: [{ name: 'all', rate: 0.104, ...chat }],
      agents,
    },
  },
  {
    title: 'Peak',
    how: '1,100 customers in 2¼ hours, at 0.134 a second, 110 % of what the agents can do. All places are free at first.',
    shape: { arrivals: 1100, kinds: [{ name: 'all', rate: 0.134, ...chat }], agents },
  },
  {
    title: 'Morning',
    how: '150 customers in the first five minutes, and nobody after them. All places are free at first.',
    shape: { arrivals: 150, kinds: [{ name: 'all', rate: 0.5, ...chat }], agents },
  },
  {
    title: 'Two skills',
    how: '10,000 customers at 0.08 a second; 4 agents of 3 places have one skill, 4 have both. The first 500 are not counted.',
    shape: {
      ...{ arrivals: 10_000, warmUp: 0.05 },
      kinds: [
        { name: 'orders', rate: 0.06, needs: { skills: { orders: 1 } }, ...chat },
        { name: 'refunds', rate: 0.02, needs: { skills: { refunds: 1 } }, ...chat },
      ],
      agents: [
        { name: 'orders', count: 4, capacity: 3, skills: { orders: 3 } },
        { name: 'both', count: 4, capacity: 3, skills: { orders: 2, refunds: 3 } },
      ],
    },
  },
];

function runDay(shape: Shape, model: ModelName, seed: number): Figures {
  const read = readScenario({ ...shape, model, seed }, BEGINS_AT);
  if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
  return finish(runScenario(read.scenario, read.policy));
}

interface Days {
  p95s: Record<string, number[]>;
  left: number[];
  jain: number[];
  over: number;
}

function runDays(shape: Shape, model: ModelName): Days {
  const days = Array.from({ length: DAYS }, (_, nth) => runDay(shape, model, nth + 1));
  const p95s = shape.kinds.map(({ name }) => [
    name,
    days.map(({ kinds }) => kinds[name]?.p95 ?? 0),
  ]);
  return {
    p95s: Object.fromEntries(p95s),
    left: days.map(({ kinds }) => {
      const all = Object.values(kinds);
      const sum = (of: (kind: (typeof all)[number]) => number) =>
        all.reduce((total, kind) => total + of(kind), 0);
      return sum((kind) => kind.abandonedShare * kind.arrived) / sum(({ arrived }) => arrived);
    }),
    jain: days.map(({ jain }) => jain),
    over: days.reduce((sum, { overCapacity }) => sum + overCapacity, 0) / DAYS,
  };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** What is said where it is not worse than Usher, by the differences day by day; '': it is worse. */
function judge(its: readonly number[], ushers: readonly number[], better: 'less' | 'more'): string {
  const sign = better === 'less' ? 1 : -1;
  const gains = its.map((value, day) => sign * ((ushers[day] as number) - value));
  const gain = mean(gains);
  const squares = gains.reduce((sum, one) => sum + (one - gain) ** 2, 0);
  const half = T * Math.sqrt(squares / (DAYS - 1) / DAYS);
  if (Math.abs(gain) <= half || gain === 0) return ' =';
  return gain > 0 ? ' **better**' : '';
}

export function measure({ title, how, shape }: Comparison): Section {
  const usher = runDays(shape, 'usher');
  const names = shape.kinds.map(({ name }) => name);
  const rows = modelNames.map((model) => {
    const days = model === 'usher' ? usher : runDays(shape, model);
    const say = (
      [its, ushers]: [readonly number[], readonly number[]],
      better: 'less' | 'more',
      write: (value: number) => string,
    ) => `${write(mean(its))}${model === 'usher' ? '' : judge(its, ushers, better)}`;
    return [
      model,
      ...names.map((name) =>
        say([days.p95s[name] ?? [], usher.p95s[name] ?? []], 'less', (s) => `${s.toFixed(1)} s`),
      ),
      say([days.left, usher.left], 'less', percent),
      say([days.jain, usher.jain], 'more', (value) => value.toFixed(4)),
      whole(days.over),
    ];
  });
  const p95 = names.map((name) => (names.length === 1 ? 'p95 wait' : `p95 wait, ${name}`));
  return { title, how, columns: ['model', ...p95, 'left', 'Jain', 'above capacity'], rows };
}
