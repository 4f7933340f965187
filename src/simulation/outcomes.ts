// What became of each arrival, in order of arrival, and the figures over them with their intervals.
import type { KindResult } from '../contract/scenario.ts';

/** `unserved`: it still waits when nothing more happens; `bot`: a bot has ended it. */
const outcomes = ['served', 'abandoned', 'lost', 'unserved', 'bot'] as const;
export type Outcome = (typeof outcomes)[number];

export interface Outcomes {
  /** Answers the number by which it is settled. */
  arrive(): number;
  settle(nth: number, outcome: Outcome, waitMs: number): void;
  serve(nth: number, by: string, waitMs: number): void;
  /** `from`: the first that counts; `within`: seconds. */
  sum(from: number, within: readonly number[]): KindResult;
}

const SECOND = 1000;
const SERVED = outcomes.indexOf('served');
const ABANDONED = outcomes.indexOf('abandoned');
const LOST = outcomes.indexOf('lost');
const UNSERVED = outcomes.indexOf('unserved');
const BOT = outcomes.indexOf('bot');

/** `expected`: how many there will be, about; more are taken in. What is grown into is held twice for a while. */
export function makeOutcomes(names: readonly string[], expected = 0): Outcomes {
  const size = Math.max(1024, Math.ceil(expected));
  let waits = new Float64Array(size);
  let kept = new Uint8Array(size);
  let servers = new Uint16Array(size);
  let count = 0;
  const places = new Map(names.map((name, place) => [name, place]));
  const arrive = (): number => {
    if (count === waits.length) {
      waits = grow(waits, new Float64Array(2 * count));
      kept = grow(kept, new Uint8Array(2 * count));
      servers = grow(servers, new Uint16Array(2 * count));
    }
    kept[count] = UNSERVED;
    count += 1;
    return count - 1;
  };
  const settle = (nth: number, outcome: Outcome, waitMs: number): void => {
    waits[nth] = waitMs / SECOND;
    kept[nth] = outcomes.indexOf(outcome);
  };
  return {
    arrive,
    settle,
    serve: (nth, by, waitMs) => {
      settle(nth, 'served', waitMs);
      servers[nth] = places.get(by) as number;
    },
    sum: (from, within) => {
      const counted = {
        waits: waits.subarray(from, count),
        kept: kept.subarray(from, count),
        servers: servers.subarray(from, count),
      };
      return sumAll(counted, { names, within });
    },
  };
}

function grow<A extends Float64Array | Uint8Array | Uint16Array>(from: A, to: A): A {
  to.set(from as never);
  return to;
}

interface Counted {
  waits: Float64Array;
  kept: Uint8Array;
  servers: Uint16Array;
}

/** What a bot ended waited for nobody: the figures are of the others. */
function sumAll(counted: Counted, of: Parameters<typeof sumUp>[1]): KindResult {
  const { kept } = counted;
  const ended = countIf(kept, BOT);
  if (ended === 0) return sumUp(counted, of);
  const keep = (_: unknown, nth: number) => kept[nth] !== BOT;
  const people = {
    waits: counted.waits.filter(keep),
    kept: kept.filter(keep),
    servers: counted.servers.filter(keep),
  };
  const botShare = share(ended, kept.length);
  return { ...sumUp(people, of), arrived: kept.length, botShare };
}

function sumUp(
  { waits, kept, servers }: Counted,
  { names, within }: { names: readonly string[]; within: readonly number[] },
): KindResult {
  const arrived = kept.length;
  const taken = listTaken({ waits, kept });
  const waited = batchMeans(
    kept.map((one, nth) =>
      Number(one === UNSERVED || (one !== LOST && (waits[nth] as number) > 0)),
    ),
  );
  const wait = batchMeans(taken);
  // In place, now that their order is needed no more: copies of ten million are 80 MB each.
  const sorted = taken.sort();
  const shareOf = (outcome: number) => share(countIf(kept, outcome), arrived);
  return {
    arrived,
    ...{ waitedShare: waited.mean, waitedShareCi: waited.ci },
    ...{ meanWait: wait.mean, meanWaitCi: wait.ci },
    ...{ p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99) },
    ...{ lostShare: shareOf(LOST), abandonedShare: shareOf(ABANDONED) },
    unservedShare: shareOf(UNSERVED),
    within: Object.fromEntries(
      within.map((seconds) => [seconds, share(countServed({ waits, kept }, seconds), arrived)]),
    ),
    servedBy: countServers({ kept, servers }, names),
  };
}

/** `filter` would hold ten million of them twice, once as a list of boxed numbers. */
function listTaken({ waits, kept }: Omit<Counted, 'servers'>): Float64Array {
  const taken = new Float64Array(kept.length - countIf(kept, LOST) - countIf(kept, UNSERVED));
  let place = 0;
  for (let nth = 0; nth < kept.length; nth += 1) {
    if (!isTaken(kept[nth])) continue;
    taken[place] = waits[nth] as number;
    place += 1;
  }
  return taken;
}

const isTaken = (kept: number | undefined) => kept !== LOST && kept !== UNSERVED;

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

function countIf(kept: Uint8Array, outcome: number): number {
  let found = 0;
  for (const one of kept) if (one === outcome) found += 1;
  return found;
}

function countServed({ waits, kept }: Omit<Counted, 'servers'>, seconds: number): number {
  let found = 0;
  for (let nth = 0; nth < kept.length; nth += 1) {
    if (kept[nth] === SERVED && (waits[nth] as number) <= seconds) found += 1;
  }
  return found;
}

function countServers(
  { kept, servers }: Omit<Counted, 'waits'>,
  names: readonly string[],
): Record<string, number> {
  const counts = new Float64Array(names.length);
  for (let nth = 0; nth < kept.length; nth += 1) {
    if (kept[nth] === SERVED)
      counts[servers[nth] as number] = (counts[servers[nth] as number] ?? 0) + 1;
  }
  const served = counts.reduce((sum, one) => sum + one, 0);
  return Object.fromEntries(
    names.flatMap((name, place) => {
      const its = counts[place] as number;
      return its === 0 ? [] : [[name, its / served]];
    }),
  );
}

/** Of those before it or at it, this share. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

const BATCHES = 20;
/** Student's t for 19 degrees of freedom, two-sided 95 %. */
const T = 2.093;

/**
 * The mean, and half its 95 % interval by batch means: arrivals close to each other wait alike, whole
 * batches of them hardly do (Law, Simulation Modeling and Analysis, 9.5.3).
 */
function batchMeans(values: Float64Array | Uint8Array): { mean: number; ci: number } {
  const size = Math.floor(values.length / BATCHES);
  const mean = meanOf(values);
  if (size === 0) return { mean, ci: 0 };
  const means = Array.from({ length: BATCHES }, (_, batch) => {
    return meanOf(values.subarray(batch * size, (batch + 1) * size));
  });
  const middle = meanOf(means);
  const squares = means.reduce((sum, one) => sum + (one - middle) ** 2, 0);
  return { mean, ci: T * Math.sqrt(squares / (BATCHES - 1) / BATCHES) };
}

function meanOf(values: Float64Array | Uint8Array | readonly number[]): number {
  let sum = 0;
  for (let nth = 0; nth < values.length; nth += 1) sum += values[nth] as number;
  return values.length === 0 ? 0 : sum / values.length;
}
