// The thread of one simulation: runs it to its end and tells how far it is.
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { MOST_LAB_ARRIVALS } from '../contract/lab.ts';
import type { PolicyFault } from '../contract/policy/fault.ts';
import type { SimulationResult } from '../contract/scenario.ts';
import { readScenario } from '../simulation/read-scenario.ts';
import { BEGINS_AT, runScenario } from '../simulation/run-scenario.ts';

export type Told =
  | { progress: number }
  | { faults: PolicyFault[] }
  /** `size`: in characters of JSON. */
  | { result: SimulationResult; size: number };

const TELL_EVERY_MS = 100;
const MOST_FAULTS = 100;
/** Of the thread alone, which only Linux has. */
const LOWER = 10;

const tell = (told: Told): void => parentPort?.postMessage(told);

function run(body: unknown): Told {
  const { scenario, policy, faults } = readWithin(body);
  if (scenario === null) return { faults: faults.slice(0, MOST_FAULTS) };
  const began = performance.now();
  const steps = runScenario(scenario, policy);
  for (let told = began; ; ) {
    const step = steps.next();
    const now = performance.now();
    if (step.done) {
      const result = { ...step.value, wallSeconds: Math.round(now - began) / 1000 };
      return { result, size: JSON.stringify(result).length };
    }
    if (now - told < TELL_EVERY_MS) continue;
    told = now;
    tell({ progress: Math.min(1, step.value) });
  }
}

function readWithin(body: unknown) {
  const read = readScenario(body, BEGINS_AT);
  if (read.scenario === null) return { ...read, policy: null as never };
  if (read.scenario.arrivals <= MOST_LAB_ARRIVALS) return read;
  const fault: PolicyFault = {
    path: '/arrivals',
    code: 'scenario.too-many-arrivals',
    detail: `Here a scenario has ${MOST_LAB_ARRIVALS} arrivals at most.`,
    remedy: 'Give fewer arrivals, or run it by the command line.',
  };
  return { scenario: null, policy: null as never, faults: [fault] };
}

if (process.platform === 'linux') setPriority(LOWER);
tell(run(workerData));
