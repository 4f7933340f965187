// Outcomes by part: by plan, by hour, by who served them.
import type { FirstAnswer, PartResult } from '../contract/scenario.ts';
import { meanOf, quantile, share } from './figures.ts';
import { hasWaited, type Kept, outcomeCodes } from './kept.ts';

export interface Cut {
  parts: number;
  /** Of each arrival, from 0; -1: of none. */
  partOf: Int16Array;
  /** Seconds: the first of the scenario's `within`; null: it has none. */
  within: number | null;
}

/** What counts of a part. */
export interface Part {
  arrived: number;
  /** Of those, by a bot. */
  ended: number;
  /** Served within the limit; null: there is none. */
  within: number | null;
  abandoned: number;
  /** Seconds, sorted. */
  waits: Float64Array;
  /** As `waits`; null: it is not known when agents answer. */
  answers: Float64Array | null;
}

export function cutKept({ waits, kept, answers }: Kept, { parts, partOf, within }: Cut): Part[] {
  const cut = Array.from({ length: parts }, () => ({
    ...{ arrived: 0, ended: 0, abandoned: 0 },
    within: within === null ? null : 0,
  }));
  for (let nth = 0; nth < kept.length; nth += 1) {
    const part = cut[partOf[nth] as number];
    if (part === undefined) continue;
    part.arrived += 1;
    if (kept[nth] === outcomeCodes.bot) part.ended += 1;
    if (kept[nth] === outcomeCodes.abandoned) part.abandoned += 1;
    const isServed = kept[nth] === outcomeCodes.served;
    if (part.within !== null && isServed && (waits[nth] as number) <= (within as number))
      part.within += 1;
  }
  const sortedBy = (values: Float64Array, counts: (nth: number) => boolean) =>
    sortParts(values, {
      parts,
      partOf: partOf.map((part, nth) => (counts(nth) ? part : -1)),
    });
  const waited = sortedBy(waits, (nth) => hasWaited(kept[nth]));
  const answered =
    answers === null ? null : sortedBy(answers, (nth) => !Number.isNaN(answers[nth]));
  return cut.map((part, nth) => ({
    ...part,
    waits: waited[nth] as Float64Array,
    answers: answered?.[nth] ?? null,
  }));
}

/** One copy, cut by counting, and each part of it sorted in place. */
function sortParts(
  values: Float64Array,
  { parts, partOf }: Pick<Cut, 'parts' | 'partOf'>,
): Float64Array[] {
  const ends = new Uint32Array(parts + 1);
  for (let nth = 0; nth < values.length; nth += 1) {
    const part = partOf[nth] as number;
    if (part >= 0) ends[part + 1] = (ends[part + 1] as number) + 1;
  }
  for (let part = 0; part < parts; part += 1)
    ends[part + 1] = (ends[part + 1] as number) + (ends[part] as number);
  const begins = ends.slice(0, parts);
  const next = begins.slice();
  const copy = new Float64Array(ends[parts] as number);
  for (let nth = 0; nth < values.length; nth += 1) {
    const part = partOf[nth] as number;
    if (part < 0) continue;
    const place = next[part] as number;
    copy[place] = values[nth] as number;
    next[part] = place + 1;
  }
  return Array.from({ length: parts }, (_, part) =>
    copy.subarray(begins[part], ends[part + 1]).sort(),
  );
}

/** As one. */
export function joinParts(parts: readonly Part[]): Part {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const sum = (of: (part: Part) => number) => parts.reduce((total, part) => total + of(part), 0);
  const isLimited = parts.every(({ within }) => within !== null);
  const answers = parts.flatMap((part) => part.answers ?? []);
  return {
    arrived: sum((part) => part.arrived),
    ended: sum((part) => part.ended),
    within: isLimited ? sum((part) => part.within ?? 0) : null,
    abandoned: sum((part) => part.abandoned),
    waits: joinSorted(parts.map(({ waits }) => waits)),
    answers: answers.length < parts.length ? null : joinSorted(answers),
  };
}

function joinSorted(lists: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const list of lists) {
    all.set(list, place);
    place += list.length;
  }
  return all.sort();
}

export function sayPart({ arrived, ended, within, abandoned, waits, answers }: Part): PartResult {
  const people = arrived - ended;
  return {
    arrived,
    ...{ meanWait: meanOf(waits), p50: quantile(waits, 0.5), p95: quantile(waits, 0.95) },
    within: within === null || people === 0 ? null : within / people,
    abandonedShare: share(abandoned, people),
    ...(answers !== null && { firstAnswer: sayAnswers(answers, people) }),
  };
}

/** `sorted`: seconds; `people`: how many could have got one. */
export function sayAnswers(sorted: Float64Array, people: number): FirstAnswer {
  return {
    answeredShare: share(sorted.length, people),
    mean: meanOf(sorted),
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
  };
}
