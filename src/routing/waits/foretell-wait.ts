// How long a conversation waits from now, as a range that holds four waits of five, by the state of now and the record of the line. Pure.
import type { WaitRecord } from './judge-record.ts';
import { type Shape, waitAtScore } from './shape-wait.ts';

/** What is known of a line at a moment. */
export interface LineNow {
  /** How many conversations the agents who may serve it can hold, of those who are online. */
  places: number;
  /** How long a conversation keeps its place, in the mean: seconds. */
  holdSeconds: number;
  /** Of one that waits: how likely it is given up within a second. */
  leavingPerSecond?: number;
  /** From when on there are more or fewer places, by the shifts: seconds from now, in order. */
  changes?: readonly { inSeconds: number; places: number }[];
}

/** In seconds from now: a tenth of all waits is shorter than `low`, half than `middle`, and a tenth longer than `high`. */
export interface Foretold {
  low: number;
  middle: number;
  high: number;
}

/** Nobody is told a wait of more than a day. */
export const LONGEST_SECONDS = 86_400;

/**
 * null: nobody serves it for as long as can be seen. `ahead`: how many have their turn before it; those
 * who give up come out of its way as well.
 */
export function shapeWait(ahead: number, line: LineNow): Shape | null {
  const { holdSeconds, leavingPerSecond = 0 } = line;
  const pass = followPlaces(line);
  let [expected, variance] = [0, 0];
  for (let before = Math.max(0, ahead); before > -1; before -= 1) {
    // The last part of a place that counts in part.
    const part = Math.min(1, before + 1);
    const leaving = Math.max(0, before) * leavingPerSecond;
    const until = pass(expected, part, (places) => places / holdSeconds + leaving);
    if (until > LONGEST_SECONDS) return null;
    variance += (until - expected) ** 2 / part;
    expected = until;
  }
  return { expected, turns: expected ** 2 / variance };
}

/** From when on, how much is to pass, and how fast it does by the places: when it has. Infinity: never. */
type Pass = (from: number, much: number, rate: (places: number) => number) => number;

/** Asked at later and later moments. */
function followPlaces({ places, changes = [] }: LineNow): Pass {
  let [nth, now] = [0, places];
  return (from, much, rate) => {
    let [at, left] = [from, much];
    for (;;) {
      const speed = rate(now);
      const end = speed > 0 ? at + left / speed : Number.POSITIVE_INFINITY;
      const change = changes[nth];
      if (change === undefined || end <= change.inSeconds) return end;
      left -= speed * Math.max(0, change.inSeconds - at);
      at = Math.max(at, change.inSeconds);
      now = change.places;
      nth += 1;
    }
  };
}

/** The record says where its range lies. */
export function foretellWait(shape: Shape, record: WaitRecord): Foretold {
  const at = (score: number) => Math.min(LONGEST_SECONDS, waitAtScore(score, shape));
  return { low: at(record.low), middle: at(record.middle), high: at(record.high) };
}
