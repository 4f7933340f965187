// A simulation gives way to what the server does: the server counts, the thread looks and waits.

/** What is being done right now. */
export interface Traffic {
  /** Two numbers, for threads to read: how much is open, and how much has begun. */
  shared: SharedArrayBuffer;
  begin(): void;
  end(): void;
}

export function countTraffic(): Traffic {
  const shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  const counts = new Int32Array(shared);
  return {
    shared,
    begin: () => {
      Atomics.add(counts, OPEN, 1);
      Atomics.add(counts, BEGUN, 1);
    },
    end: () => void Atomics.sub(counts, OPEN, 1),
  };
}

const [OPEN, BEGUN] = [0, 1];

interface Pool {
  on(event: 'acquire' | 'release', listener: () => void): unknown;
}

/** Counts connections in use: requests, passes and deliveries all need one. */
export function watchPools(pools: readonly Pool[]): Traffic {
  const traffic = countTraffic();
  for (const pool of pools) {
    pool.on('acquire', traffic.begin);
    pool.on('release', traffic.end);
  }
  return traffic;
}

export interface Means {
  /** In ms. */
  now(): number;
  sleep(ms: number): void;
}

/** A server that is never idle slows a run down five times, and no more. */
export const MOST_WAIT_A_RUN = 4;
/** Time run while all was quiet is kept for so much waiting. */
export const MOST_WAIT_MS = 200;
export const LOOK_AGAIN_MS = 4;

/** For the thread: call it often. It blocks while there is traffic, within the bounds above. */
export function makeGiveWay(shared: SharedArrayBuffer, means: Means = blocking()): () => void {
  const { now, sleep } = means;
  const counts = new Int32Array(shared);
  let seen = 0;
  // One request takes several statements, with little between them: quiet is what stays so.
  const isBusy = () => {
    const before = seen;
    seen = Atomics.load(counts, BEGUN);
    return seen !== before || Atomics.load(counts, OPEN) > 0;
  };
  let allowed = 0;
  let ranFrom = now();
  return () => {
    const cameAt = now();
    allowed = Math.min(MOST_WAIT_MS, allowed + (cameAt - ranFrom) * MOST_WAIT_A_RUN);
    ranFrom = cameAt;
    while (allowed > 0 && isBusy()) {
      sleep(LOOK_AGAIN_MS);
      allowed -= now() - ranFrom;
      ranFrom = now();
    }
  };
}

function blocking(): Means {
  const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  return { now: () => performance.now(), sleep: (ms) => void Atomics.wait(never, 0, 0, ms) };
}
