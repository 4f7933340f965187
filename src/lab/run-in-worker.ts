// The thread of one simulation: runs it to its end and tells how far it is.
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { MOST_LAB_ARRIVALS } from '../contract/lab-limits.ts';
import type { PolicyFault } from '../contract/policy/fault.ts';
import type { SimulationResult } from '../contract/scenario.ts';
import { readScenario } from '../simulation/read-scenario.ts';
import { BEGINS_AT, type Figures, runScenario } from '../simulation/run-scenario.ts';
import { seedAfter } from '../simulation/seed-after.ts';
import { sumRuns } from '../simulation/sum-runs.ts';
import { makeGiveWay } from './traffic.ts';

/** What to run, and on how many seeds. */
export interface Order {
  scenario: unknown;
  runs: number;
  /** What the run gives way to. */
  traffic: SharedArrayBuffer;
}

export type Told =
  | { progress: number }
  | { faults: PolicyFault[] }
  /** `size`: in characters of JSON. */
  | { result: SimulationResult; size: number };

const TELL_EVERY_MS = 100;
const MOST_FAULTS = 100;
/** Of the thread alone, which only Linux has. */
const LOWER = 19;

const tell = (told: Told): void => parentPort?.postMessage(told);

function run({ scenario: body, runs, traffic }: Order): Told {
  const { scenario, policy, faults } = readWithin(body, runs);
  if (scenario === null) return { faults: faults.slice(0, MOST_FAULTS) };
  const began = performance.now();
  const { seed = 1 } = scenario;
  const giveWay = makeGiveWay(traffic);
  const results = Array.from({ length: runs }, (_, nth) => {
    const steps = runScenario({ ...scenario, seed: seedAfter(seed, nth) }, policy);
    return finishTelling(steps, giveWay, (done) => (nth + done) / runs);
  });
  const [first] = results as [Figures, ...Figures[]];
  const wallSeconds = Math.round(performance.now() - began) / 1000;
  const result = { ...first, wallSeconds, ...(runs > 1 && { repeated: sumRuns(results) }) };
  return { result, size: JSON.stringify(result).length };
}

let toldAt = performance.now();

/** `share`: of all runs. */
function finishTelling(
  steps: ReturnType<typeof runScenario>,
  giveWay: () => void,
  share: (done: number) => number,
): Figures {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    giveWay();
    const now = performance.now();
    if (now - toldAt < TELL_EVERY_MS) continue;
    toldAt = now;
    tell({ progress: Math.min(1, share(step.value)) });
  }
}

function readWithin(body: unknown, runs: number) {
  const read = readScenario(body, BEGINS_AT);
  if (read.scenario === null) return { ...read, policy: null as never };
  if (read.scenario.arrivals * runs <= MOST_LAB_ARRIVALS) return read;
  const fault: PolicyFault = {
    path: '/arrivals',
    code: 'scenario.too-many-arrivals',
    detail: `Here a scenario has ${MOST_LAB_ARRIVALS} arrivals at most, in all runs together.`,
    remedy: 'Give fewer arrivals or runs, or run it by the command line.',
  };
  return { scenario: null, policy: null as never, faults: [fault] };
}

if (process.platform === 'linux') setPriority(LOWER);
tell(run(workerData as Order));
