// Adds portions up by group: how often each thing happened, and all times of what took one.

import { marksOf } from './percentiles.ts';
import type { Measured } from './report-facts.ts';
import { CODES, codeOfRating, type Place, type Portion, type Times } from './report-portion.ts';

/** Which quarters, whose, and which group each belongs to. */
export interface Grouping {
  /** The quarters of the span: from the first, until before the end. */
  first: number;
  end: number;
  /** null: left out by a filter. */
  ofPlace: (place: Place) => string | null;
  /** By quarter from the first on, the number of a group in `names`; null: groups are of places. */
  ofQuarter: { groups: Int32Array; names: readonly string[] } | null;
}

export interface Tally {
  add(portion: Portion): void;
  /** By group; of all together with `totals`. */
  counts: ReadonlyMap<string, Uint32Array>;
  totals: Uint32Array;
  timesOf(figure: Measured): GroupedTimes;
}

/** More than these times are not held for one report: 12 bytes each. */
const MOST_TIMES = 12_000_000;

/** A report of more than may be held, or that took too long. */
export class TooMuchToReport extends Error {}

export function makeTally({ first, end, ofPlace, ofQuarter }: Grouping): Tally {
  const names: string[] = ofQuarter === null ? [] : [...ofQuarter.names];
  const numbers = new Map(names.map((name, number) => [name, number]));
  const rows: Uint32Array[] = names.map(() => new Uint32Array(CODES));
  const totals = new Uint32Array(CODES);
  const timed = new Map<Measured, Grown>();
  let held = 0;

  const numberOf = (place: Place): number => {
    const name = ofPlace(place);
    if (name === null) return -1;
    if (ofQuarter !== null) return 0;
    const known = numbers.get(name);
    if (known !== undefined) return known;
    names.push(name);
    rows.push(new Uint32Array(CODES));
    numbers.set(name, names.length - 1);
    return names.length - 1;
  };
  /** The number of the group, or -1. */
  const grouped = (ofPlaces: Int32Array, place: number, quarter: number): number => {
    const number = ofPlaces[place] as number;
    if (number < 0 || quarter < first || quarter >= end) return -1;
    return ofQuarter === null ? number : (ofQuarter.groups[quarter - first] as number);
  };
  const addTimes = (figure: Measured, times: Times, base: number, ofPlaces: Int32Array): void => {
    const grown = timed.get(figure) ?? new Grown();
    timed.set(figure, grown);
    held += times.seconds.length;
    if (held > MOST_TIMES) throw new TooMuchToReport();
    for (let at = 0; at < times.seconds.length; at += 1) {
      const quarter = base + (times.quarters[at] as number);
      const group = grouped(ofPlaces, times.places[at] as number, quarter);
      if (group >= 0) grown.push(group, times.seconds[at] as number);
    }
  };
  return {
    totals,
    get counts() {
      return new Map(names.map((name, number) => [name, rows[number] as Uint32Array]));
    },
    add({ base, places, counts, times }) {
      const ofPlaces = Int32Array.from(places, numberOf);
      for (let at = 0; at < counts.codes.length; at += 1) {
        const quarter = base + (counts.quarters[at] as number);
        const group = grouped(ofPlaces, counts.places[at] as number, quarter);
        if (group < 0) continue;
        const code = counts.codes[at] as number;
        const often = counts.times[at] as number;
        const row = rows[group] as Uint32Array;
        row[code] = (row[code] as number) + often;
        totals[code] = (totals[code] as number) + often;
      }
      for (const [figure, some] of Object.entries(times)) {
        addTimes(figure as Measured, some, base, ofPlaces);
      }
    },
    timesOf: (figure) => new GroupedTimes(timed.get(figure) ?? new Grown(), names),
  };
}

/** Times with the numbers of their groups, in arrays that double when they are full. */
class Grown {
  length = 0;
  groups = new Int32Array(1024);
  seconds = new Float64Array(1024);

  push(group: number, seconds: number): void {
    if (this.length === this.groups.length) {
      const [groups, all] = [this.groups, this.seconds];
      this.groups = new Int32Array(this.length * 2);
      this.groups.set(groups);
      this.seconds = new Float64Array(this.length * 2);
      this.seconds.set(all);
    }
    this.groups[this.length] = group;
    this.seconds[this.length] = seconds;
    this.length += 1;
  }
}

/** Times laid out group by group. */
export class GroupedTimes {
  readonly #starts: Int32Array;
  readonly #sorted: Float64Array;
  readonly #numbers: ReadonlyMap<string, number>;

  constructor({ length, groups, seconds }: Grown, names: readonly string[]) {
    this.#numbers = new Map(names.map((name, number) => [name, number]));
    const starts = new Int32Array(names.length + 1);
    for (let at = 0; at < length; at += 1) {
      const after = (groups[at] as number) + 1;
      starts[after] = (starts[after] as number) + 1;
    }
    for (let at = 0; at < names.length; at += 1) {
      starts[at + 1] = (starts[at] as number) + (starts[at + 1] as number);
    }
    this.#starts = starts;
    const next = starts.slice();
    this.#sorted = new Float64Array(length);
    for (let at = 0; at < length; at += 1) {
      const group = groups[at] as number;
      const place = next[group] as number;
      this.#sorted[place] = seconds[at] as number;
      next[group] = place + 1;
    }
  }

  /** Of a group; without a name, of all. */
  count(name?: string): number {
    return this.#of(name).length;
  }

  /** null: there was none. */
  marks(shares: readonly number[], name?: string): number[] | null {
    // Finding them reorders, and all together stand in the order of their groups.
    const values = name === undefined ? this.#sorted.slice() : this.#of(name);
    return values.length === 0 ? null : marksOf(values, shares);
  }

  /** How many are at least as long as each edge, and shorter than the next; the first number is of those below all. */
  spread(edges: readonly number[]): number[] {
    const found = new Array<number>(edges.length + 1).fill(0);
    for (const value of this.#sorted) {
      const bucket = edges.findIndex((edge) => value < edge);
      const place = bucket < 0 ? edges.length : bucket;
      found[place] = (found[place] ?? 0) + 1;
    }
    return found;
  }

  #of(name?: string): Float64Array {
    if (name === undefined) return this.#sorted;
    const number = this.#numbers.get(name);
    if (number === undefined) return this.#sorted.subarray(0, 0);
    return this.#sorted.subarray(this.#starts[number], this.#starts[number + 1]);
  }
}

/** How often each score was given, without words and with them: from 1 to 5. */
export function scoresOf(row: Uint32Array): { score: number; count: number; commented: number }[] {
  return [1, 2, 3, 4, 5].map((score) => {
    const plain = row[codeOfRating(score, false)] ?? 0;
    const commented = row[codeOfRating(score, true)] ?? 0;
    return { score, count: plain + commented, commented };
  });
}
