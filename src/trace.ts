// The trace to which the work of this moment belongs. It knows no tracing system, and holds nothing where none is.
import { AsyncLocalStorage } from 'node:async_hooks';

/** A span that work is done in. Where a request is not recorded, there is none. */
export interface Trace {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
}

type Held = readonly (Trace | null)[];

const storage = new AsyncLocalStorage<Held>();

/** As the header `traceparent` has it (W3C Trace Context); recorded. */
export function writeTraceparent({ traceId, spanId }: Trace): string {
  return `00-${traceId}-${spanId}-01`;
}

/** Of several that share the work: the first. */
export function currentTrace(): Trace | null {
  return storage.getStore()?.find((one) => one !== null) ?? null;
}

/** Of each request that shares the work, in its place; empty: the work belongs to none. */
export function currentTraces(): Held {
  return storage.getStore() ?? [];
}

export function inTrace<T>(trace: Trace, work: () => T): T {
  return storage.run([trace], work);
}

/** Work that several have asked for, each in its place. */
export function inTraces<T>(traces: Held, work: () => T): T {
  const isTraced = traces.some((one) => one !== null);
  if (!isTraced) return outOfTrace(work);
  return storage.run(traces, work);
}

/** What is begun here goes on for others too, such as a loop that is woken. */
export function outOfTrace<T>(work: () => T): T {
  return storage.getStore() === undefined ? work() : storage.exit(work);
}
