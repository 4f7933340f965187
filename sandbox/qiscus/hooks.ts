// Sends webhooks: many at a time, each with its own timeout, so that a slow receiver delays no other.
import { Agent, request } from 'undici';
import type { Random } from './random.ts';
import type { App } from './state.ts';
import type { Switches } from './switches.ts';

export type HookKind = 'agent_allocation' | 'mark_as_resolved';

export interface Hook {
  kind: HookKind;
  roomId: string;
  /** JSON text. */
  payload: string;
}

/** One attempt. */
export interface RecordedHook {
  at: number;
  kind: HookKind;
  roomId: string;
  /** null while under way, and after a time-out or a broken connection. */
  status: number | null;
  /** null while under way. */
  answeredMs: number | null;
}

export interface Hooks {
  /** Returns at once. Does nothing without an enabled URL. */
  send(hook: Hook): void;
  readonly recorded: RecordedHook[];
  /** Resolves when nothing is under way, held back or queued. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

interface Job extends Hook {
  url: string;
  retriesLeft: number;
}

/** Assumption: Qiscus' own limit is unknown. */
const IN_FLIGHT = 64;

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one life, whose queue, timers and retries share their state.
export function makeHooks(deps: { app: App; switches: Switches; random: Random }): Hooks {
  const { app, switches, random } = deps;
  const dispatcher = new Agent({ connections: IN_FLIGHT, pipelining: 1, keepAliveTimeout: 10_000 });
  const recorded: RecordedHook[] = [];
  const queue = createQueue<Job>();
  const timers = new Set<NodeJS.Timeout>();
  const closing = new AbortController();
  let waiters: (() => void)[] = [];
  let pending = 0;
  let inFlight = 0;

  function schedule(job: Job, delayMs: number): void {
    pending += 1;
    if (delayMs <= 0) {
      enter(job);
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      enter(job);
    }, delayMs);
    timers.add(timer);
  }

  function enter(job: Job): void {
    queue.push(job);
    startNext();
  }

  function startNext(): void {
    if (inFlight >= IN_FLIGHT || closing.signal.aborted) return;
    const job = queue.take();
    if (job === undefined) return;
    inFlight += 1;
    void attempt(job).then((ok) => {
      inFlight -= 1;
      if (!ok && job.retriesLeft > 0 && !closing.signal.aborted) {
        schedule({ ...job, retriesLeft: job.retriesLeft - 1 }, switches.hookRetryDelayMs);
      }
      finish();
      startNext();
    });
  }

  function finish(): void {
    pending -= 1;
    if (pending > 0) return;
    for (const wake of waiters) wake();
    waiters = [];
  }

  async function attempt(job: Job): Promise<boolean> {
    const { kind, roomId } = job;
    const record: RecordedHook = { at: Date.now(), kind, roomId, status: null, answeredMs: null };
    recorded.push(record);
    const startedAt = performance.now();
    const { signal, end } = patience(switches.hookTimeoutMs, closing.signal);
    try {
      record.status = await post(job, { dispatcher, signal });
    } catch {
      record.status = null;
    } finally {
      end();
      record.answeredMs = Math.round(performance.now() - startedAt);
    }
    return record.status !== null && record.status >= 200 && record.status < 300;
  }

  return {
    recorded,
    send(hook) {
      const webhook = hook.kind === 'agent_allocation' ? app.allocateAgent : app.markAsResolved;
      if (webhook.url === null || !webhook.isEnabled || closing.signal.aborted) return;
      const job = { ...hook, url: webhook.url, retriesLeft: switches.hookRetries };
      for (const delayMs of drawDelays(switches, random)) schedule(job, delayMs);
    },
    idle() {
      // What was held back when the emulator closed is never sent.
      if (pending === 0 || closing.signal.aborted) return Promise.resolve();
      return new Promise((resolve) => waiters.push(resolve));
    },
    async close() {
      closing.abort();
      for (const timer of timers) clearTimeout(timer);
      await dispatcher.destroy();
      for (const wake of waiters) wake();
      waiters = [];
    },
  };
}

/** One delay per copy of the hook; none when it is dropped. */
function drawDelays(switches: Switches, random: Random): number[] {
  const { duplicateHooks, reorderHooks, dropHooks } = switches;
  if (random.chance(dropHooks)) return [];
  const isHeldBack = reorderHooks !== null && random.chance(reorderHooks.probability);
  const heldBackMs = isHeldBack ? random.between(0, reorderHooks.delayMs) : 0;
  const isRepeated = duplicateHooks !== null && random.chance(duplicateHooks.probability);
  const copies = isRepeated ? (duplicateHooks.copies ?? 1) : 0;
  const spreadMs = duplicateHooks?.spreadMs ?? 0;
  const repeats = Array.from({ length: copies }, () => heldBackMs + random.between(0, spreadMs));
  return [heldBackMs, ...repeats];
}

async function post(
  { url, payload }: Job,
  { dispatcher, signal }: { dispatcher: Agent; signal: AbortSignal },
): Promise<number> {
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: payload,
    dispatcher,
    signal,
  });
  await answer.body.dump();
  return answer.statusCode;
}

/** Cheaper than AbortSignal.any and AbortSignal.timeout, thousands of times a second. */
function patience(ms: number, closing: AbortSignal): { signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, ms);
  closing.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      closing.removeEventListener('abort', abort);
    },
  };
}

/** First in, first out, without the cost of shifting a long array. */
function createQueue<T>(): { push(item: T): void; take(): T | undefined } {
  let incoming: T[] = [];
  let outgoing: T[] = [];
  return {
    push: (item) => void incoming.push(item),
    take() {
      if (outgoing.length === 0) {
        outgoing = incoming.reverse();
        incoming = [];
      }
      return outgoing.pop();
    },
  };
}
