// Posts webhooks the way Qiscus does: concurrent, unsigned, and as unreliable as the switches say.
import { Agent, request } from 'undici';
import type { Random } from './random.ts';
import type { Switches } from './switches.ts';

export type HookKind = 'agent_allocation' | 'mark_as_resolved';

export interface RecordedHook {
  /** When it was sent. */
  at: number;
  kind: HookKind;
  roomId: string;
  /** null: no answer, or none yet. */
  status: number | null;
  /** Until the answer or the failure; null before. */
  answeredMs: number | null;
  error: string | null;
}

export interface Hook {
  kind: HookKind;
  url: string;
  roomId: string;
  body: string;
}

export interface HookSender {
  send(hook: Hook): void;
  sent(): RecordedHook[];
  dropped(): number;
  idle(): Promise<void>;
  close(): Promise<void>;
}

const MAX_IN_FLIGHT = 64;
const RETRY_DELAY_MS = 1000;

interface Post extends Hook {
  retriesLeft: number;
}

export function createHookSender(switches: Switches, random: Random): HookSender {
  const client = new Agent({ connections: MAX_IN_FLIGHT, connect: { timeout: 5000 } });
  const records: RecordedHook[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const queue = createQueue<Post>();
  const idlers: (() => void)[] = [];
  let inFlight = 0;
  let dropped = 0;
  let isClosed = false;

  const isIdle = () => inFlight === 0 && queue.size() === 0 && timers.size === 0;
  const pump = () => {
    while (inFlight < MAX_IN_FLIGHT && !isClosed) {
      const post = queue.take();
      if (post === undefined) break;
      inFlight += 1;
      void deliver(post);
    }
    if (isIdle() || isClosed) for (const tell of idlers.splice(0)) tell();
  };
  const schedule = (post: Post, delayMs: number) => {
    if (delayMs <= 0) return queue.add(post);
    const timer = setTimeout(() => {
      timers.delete(timer);
      queue.add(post);
      pump();
    }, delayMs);
    timers.add(timer);
  };
  const deliver = async (post: Post) => {
    const record = record_(post);
    records.push(record);
    const isTaken = await postHook(client, { post, record, timeoutMs: switches.hookTimeoutMs });
    inFlight -= 1;
    if (!isTaken && post.retriesLeft > 0 && !isClosed) {
      schedule({ ...post, retriesLeft: post.retriesLeft - 1 }, RETRY_DELAY_MS);
    }
    pump();
  };

  return {
    send(hook) {
      if (isClosed) return;
      if (random.chance(switches.dropHooks)) {
        dropped += 1;
        return;
      }
      const post = { ...hook, retriesLeft: switches.hookRetries };
      for (const delayMs of chooseDelays(switches, random)) schedule(post, delayMs);
      // Not from within the caller, who may still be changing the room.
      setImmediate(pump);
    },
    sent: () => records.map((record) => ({ ...record })),
    dropped: () => dropped,
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
    async close() {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      await client.destroy();
      pump();
    },
  };
}

/** One delay for the hook and one for each of its copies. */
function chooseDelays({ duplicateHooks, reorderHooks }: Switches, random: Random): number[] {
  const delay = reorderHooks === null ? 0 : random.next() * reorderHooks.withinMs;
  if (duplicateHooks === null || !random.chance(duplicateHooks.probability)) return [delay];
  const { copies, spreadMs } = duplicateHooks;
  const later = Array.from({ length: copies }, () => delay + random.next() * spreadMs);
  return [delay, ...later];
}

function record_({ kind, roomId }: Hook): RecordedHook {
  return { at: Date.now(), kind, roomId, status: null, answeredMs: null, error: null };
}

/** Whether it was answered with 2xx. */
async function postHook(
  client: Agent,
  { post, record, timeoutMs }: { post: Post; record: RecordedHook; timeoutMs: number },
): Promise<boolean> {
  const startedAt = performance.now();
  try {
    const answer = await request(post.url, {
      dispatcher: client,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: post.body,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    await answer.body.dump();
    record.status = answer.statusCode;
  } catch (error) {
    record.error = error instanceof Error ? error.message : String(error);
  }
  record.answeredMs = performance.now() - startedAt;
  return record.status !== null && record.status >= 200 && record.status < 300;
}

/** First in, first out, without the cost of shifting an array of thousands. */
function createQueue<T>() {
  let items: T[] = [];
  let head = 0;
  return {
    size: () => items.length - head,
    add(item: T): void {
      items.push(item);
    },
    take(): T | undefined {
      const item = items[head];
      if (head < items.length) head += 1;
      if (head > 1024 && head * 2 > items.length) {
        items = items.slice(head);
        head = 0;
      }
      return item;
    },
  };
}
