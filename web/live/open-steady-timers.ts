// Timers that keep their pace while the page is hidden: an agent who looks at another tab is still at work.
import { pageTimers, type Timers } from '../../browser/timers.ts';

/** What the page asks of the worker, which answers with the id each time. */
export type Ask = { id: number } & ({ kind: 'every' | 'after'; ms: number } | { kind: 'cancel' });

export type SteadyTimers = Timers & { close(): void };

interface Running {
  kind: 'every' | 'after';
  ms: number;
  act: () => void;
  /** Of the page's own timer, where the worker does not run. */
  stop(): void;
}

export function openSteadyTimers(): SteadyTimers {
  const running = new Map<number, Running>();
  let worker = startWorker();
  let lastId = 0;
  const tell = (ask: Ask) => worker?.postMessage(ask);
  const fire = (id: number) => {
    const one = running.get(id);
    if (one?.kind === 'after') running.delete(id);
    one?.act();
  };
  const countHere = (id: number, one: Running) => {
    one.stop = pageTimers[one.kind](one.ms, () => fire(id));
  };
  if (worker !== null) {
    worker.onmessage = ({ data: id }: MessageEvent<number>) => fire(id);
    // Its file could not be fetched.
    worker.onerror = () => {
      worker = null;
      for (const [id, one] of running) countHere(id, one);
    };
  }
  const begin = (kind: Running['kind'], ms: number, act: () => void) => {
    const id = ++lastId;
    const one: Running = { kind, ms, act, stop: () => {} };
    running.set(id, one);
    if (worker === null) countHere(id, one);
    else tell({ id, kind, ms });
    return () => {
      one.stop();
      if (running.delete(id)) tell({ id, kind: 'cancel' });
    };
  };
  return {
    every: (ms, act) => begin('every', ms, act),
    after: (ms, act) => begin('after', ms, act),
    close: () => {
      for (const { stop } of running.values()) stop();
      worker?.terminate();
    },
  };
}

/** null: this browser lets us have none. */
function startWorker(): Worker | null {
  try {
    return new Worker(new URL('./timer-worker.ts', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
}
