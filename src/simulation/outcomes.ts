// What became of each arrival, in order of arrival.
import type { KindResult } from '../contract/scenario.ts';
import { type Cut, cutKept, type Part } from './cut-outcomes.ts';
import { type Kept, type Outcome, outcomeCodes } from './kept.ts';
import { sumKept } from './sum-outcomes.ts';

export interface Outcomes {
  /** Answers the number by which it is settled. */
  arrive(): number;
  settle(nth: number, outcome: Outcome, waitMs: number): void;
  serve(nth: number, by: string, waitMs: number): void;
  /** The agent's first answer, so long after the arrival. */
  answer(nth: number, afterMs: number): void;
  /** `from`: the first that counts; `within`: seconds. */
  sum(from: number, within: readonly number[]): KindResult;
  /** `from`: the first that counts; each other is of no part. */
  cut(from: number, cut: Cut): Part[];
  /** By the place of the agents' name. */
  cutByServer(from: number, within: number | null): Part[];
}

const SECOND = 1000;

/**
 * `expected`: how many there will be, about; more are taken in. What is grown into is held twice for a while.
 * `tellsAnswers`: it is known when agents answer.
 */
export function makeOutcomes(
  names: readonly string[],
  { expected = 0, tellsAnswers = false }: { expected?: number; tellsAnswers?: boolean } = {},
): Outcomes {
  const size = Math.max(1024, Math.ceil(expected));
  let waits = new Float64Array(size);
  let kept = new Uint8Array(size);
  let servers = new Uint16Array(size);
  let answers = tellsAnswers ? new Float64Array(size) : null;
  let count = 0;
  const places = new Map(names.map((name, place) => [name, place]));
  const arrive = (): number => {
    if (count === waits.length) {
      waits = grow(waits, new Float64Array(2 * count));
      kept = grow(kept, new Uint8Array(2 * count));
      servers = grow(servers, new Uint16Array(2 * count));
      if (answers !== null) answers = grow(answers, new Float64Array(2 * count));
    }
    kept[count] = outcomeCodes.unserved;
    if (answers !== null) answers[count] = Number.NaN;
    count += 1;
    return count - 1;
  };
  const settle = (nth: number, outcome: Outcome, waitMs: number): void => {
    waits[nth] = waitMs / SECOND;
    kept[nth] = outcomeCodes[outcome];
  };
  const read = (from: number): Kept => ({
    waits: waits.subarray(from, count),
    kept: kept.subarray(from, count),
    servers: servers.subarray(from, count),
    answers: answers?.subarray(from, count) ?? null,
  });
  return {
    arrive,
    settle,
    serve: (nth, by, waitMs) => {
      settle(nth, 'served', waitMs);
      servers[nth] = places.get(by) as number;
    },
    answer: (nth, afterMs) => {
      if (answers !== null) answers[nth] = afterMs / SECOND;
    },
    sum: (from, within) => sumKept(read(from), { names, within }),
    cut: (from, { partOf, ...cut }) => {
      return cutKept(read(from), { ...cut, partOf: partOf.subarray(from, count) });
    },
    cutByServer: (from, within) => {
      const all = read(from);
      const partOf = Int16Array.from(all.servers, (server, nth) => {
        return all.kept[nth] === outcomeCodes.served ? server : -1;
      });
      return cutKept(all, { parts: names.length, partOf, within });
    },
  };
}

function grow<A extends Float64Array | Uint8Array | Uint16Array>(from: A, to: A): A {
  to.set(from as never);
  return to;
}
