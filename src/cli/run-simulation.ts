// Runs a scenario in this process, a step at a time, so that the process goes on answering.
import { setImmediate } from 'node:timers/promises';
import type { PolicyFault } from '../contract/policy/fault.ts';
import type { Scenario, SimulationResult } from '../contract/scenario.ts';
import { readScenario } from '../simulation/read-scenario.ts';
import { BEGINS_AT, runScenario } from '../simulation/run-scenario.ts';

/** Why a scenario was not run to its end. */
export class NotSimulated extends Error {
  readonly faults: readonly PolicyFault[];

  constructor(message: string, faults: readonly PolicyFault[] = []) {
    super(message);
    this.faults = faults;
  }
}

export interface RunOptions {
  /** Instead of the scenario's own. */
  seed?: number | undefined;
  mostArrivals?: number;
  withinMs?: number;
  /** Of the arrivals, 0 to 1. */
  onProgress?(done: number): void;
}

/** Throws NotSimulated. */
export async function runSimulation(
  body: unknown,
  options: RunOptions = {},
): Promise<SimulationResult> {
  const read = readScenario(body, BEGINS_AT);
  if (read.scenario === null) throw new NotSimulated('The scenario cannot be run.', read.faults);
  const scenario = withSeed(read.scenario, options.seed);
  const { mostArrivals = Number.POSITIVE_INFINITY, withinMs = Number.POSITIVE_INFINITY } = options;
  if (scenario.arrivals > mostArrivals) {
    throw new NotSimulated(`Here a scenario has ${mostArrivals} arrivals at most.`);
  }
  const began = performance.now();
  const run = runScenario(scenario, read.policy);
  for (;;) {
    const step = run.next();
    const ms = performance.now() - began;
    if (step.done) return { ...step.value, wallSeconds: Math.round(ms) / 1000 };
    if (ms > withinMs) {
      throw new NotSimulated(
        `It takes longer than ${withinMs / 1000} s: ${Math.floor(step.value * 100)} % have come. Give fewer arrivals.`,
      );
    }
    options.onProgress?.(step.value);
    await setImmediate();
  }
}

function withSeed(scenario: Scenario, seed: number | undefined): Scenario {
  return seed === undefined ? scenario : { ...scenario, seed };
}
