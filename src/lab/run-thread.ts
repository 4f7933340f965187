// Runs one scenario in a thread of its own, which can be ended at any moment and has only so much memory.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import type { SimulationProblem } from '../contract/lab.ts';
import type { PolicyFault } from '../contract/policy/fault.ts';
import type { SimulationResult } from '../contract/scenario.ts';
import type { Order, Told } from './run-in-worker.ts';
import type { Traffic } from './traffic.ts';

export type Ended =
  | { result: SimulationResult; size: number }
  | { problem: SimulationProblem; faults: PolicyFault[] }
  | 'cancelled';

export interface Thread {
  ended: Promise<Ended>;
  /** Resolves when the thread is gone. */
  stop(): Promise<void>;
}

export interface ThreadLimits {
  /** Of its heap; what lies outside of it is bounded by the most arrivals. */
  memoryMb: number;
  withinMs: number;
}

const YOUNG_MB = 32;

export function startThread(options: {
  scenario: unknown;
  /** On so many seeds. */
  runs: number;
  limits: ThreadLimits;
  traffic: Traffic;
  clock: Pick<Clock, 'after'>;
  onProgress(progress: number): void;
}): Thread {
  const { scenario, runs, limits, traffic, clock, onProgress } = options;
  const worker = new Worker(programPath(), {
    workerData: { scenario, runs, traffic: traffic.shared } satisfies Order,
    // It gets none of our secrets.
    ...{ env: {}, execArgv: [] },
    resourceLimits: {
      maxOldGenerationSizeMb: limits.memoryMb,
      maxYoungGenerationSizeMb: YOUNG_MB,
    },
  });
  const end = Promise.withResolvers<Ended>();
  const failed = (problem: SimulationProblem, faults: PolicyFault[] = []) =>
    end.resolve({ problem, faults });
  const cancelTimer = clock.after(limits.withinMs, () => {
    failed('too-long');
    void worker.terminate();
  });
  worker.on('message', (told: Told) => {
    if ('progress' in told) onProgress(told.progress);
    else if ('faults' in told) failed('faulty', told.faults);
    else end.resolve(told);
  });
  worker.on('error', (error: NodeJS.ErrnoException) =>
    failed(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-much-memory' : 'broken'),
  );
  const gone = new Promise<void>((done) => worker.once('exit', () => done()));
  // A thread that ends without a word was ended.
  void gone.then(() => failed('broken')).finally(cancelTimer);
  return {
    ended: gone.then(() => end.promise),
    stop: async () => {
      end.resolve('cancelled');
      await worker.terminate();
    },
  };
}

/** Beside this file, as source and as built. */
function programPath(): URL {
  return new URL(`./run-in-worker${extname(import.meta.url)}`, import.meta.url);
}
