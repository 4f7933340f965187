// Writes history.csv: made-up arrivals of a shop in Berlin, half hour by half hour, from 31 March to 21 December 2025.
// Nothing in it was measured anywhere. Run it with: node examples/staffing/make-history.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SEED = 2025;
const HALF_HOUR = 30 * 60_000;
const DAY = 48 * HALF_HOUR;
const FIRST_DAY = Date.UTC(2025, 2, 31);
const WEEKS = 38;
/** On 26 October 2025, at 01:00 UTC, the clocks of Berlin went back from two hours ahead to one. */
const WINTER_FROM = Date.UTC(2025, 9, 26, 1);

/** Closed days bring a tenth, by those who write all the same. */
const CLOSED = ['04-18', '04-21', '05-01', '05-29', '06-09', '10-03'];
const BLACK_FRIDAY = '11-28';
/** Days that no calendar knows of: a newsletter, and a morning on which the line was down. */
const NEWSLETTER = '07-16';
const LINE_DOWN = '09-09';
/** On this day nothing was recorded. */
const NOT_RECORDED = '08-21';

const WEEKDAYS = [1.15, 1.05, 1, 0.98, 0.95, 0.6, 0.22];
/** Days differ from each other by about a tenth, half hours of a day by some more. */
const DAY_SPREAD = 0.1;
const HALF_HOUR_SPREAD = 0.15;
const BUSIEST = 32;
const GROWTH_A_WEEK = 1.006;

const random = makeRandom(SEED);
const lines = ['start,arrivals'];
for (let day = 0; day < 7 * WEEKS; day += 1) writeDay(day);
writeFileSync(join(import.meta.dirname, 'history.csv'), `${lines.join('\n')}\n`);

function writeDay(day: number): void {
  const date = new Date(FIRST_DAY + day * DAY).toISOString().slice(0, 10);
  const level = WEEKDAYS[day % 7] as number;
  const grown = GROWTH_A_WEEK ** (day / 7) * factorOf(date.slice(5)) * spread(DAY_SPREAD);
  for (let slot = 12; slot < 44; slot += 1) {
    const hour = slot / 2 + 0.25;
    const isDown = date.endsWith(LINE_DOWN) && hour < 12;
    const mean = BUSIEST * level * grown * shapeOf(hour) * spread(HALF_HOUR_SPREAD);
    const arrivals = drawPoisson(isDown ? 0 : mean);
    if (!date.endsWith(NOT_RECORDED)) lines.push(`${writeStart(day, slot)},${arrivals}`);
  }
}

function factorOf(date: string): number {
  if (CLOSED.includes(date)) return 0.1;
  if (date === BLACK_FRIDAY) return 2.2;
  return date === NEWSLETTER ? 1.9 : 1;
}

/** A morning and a flatter evening peak, and few outside of 8 to 20 o’clock. */
function shapeOf(hour: number): number {
  const morning = Math.exp(-(((hour - 10.5) / 2) ** 2));
  const evening = 0.7 * Math.exp(-(((hour - 17) / 2.8) ** 2));
  return (morning + evening) * (hour < 8 || hour > 20 ? 0.2 : 1);
}

function writeStart(day: number, slot: number): string {
  const shown = FIRST_DAY + day * DAY + slot * HALF_HOUR;
  const offset = shown - 3_600_000 < WINTER_FROM ? '+02:00' : '+01:00';
  return `${new Date(shown).toISOString().slice(0, 16)}${offset}`;
}

/** Of mean 1: gamma, by the sum of exponentials that its shape is; 1 ÷ spread² is rounded. */
function spread(deviation: number): number {
  const shape = Math.round(1 / deviation ** 2);
  let sum = 0;
  for (let nth = 0; nth < shape; nth += 1) sum -= Math.log(1 - random());
  return sum / shape;
}

function drawPoisson(mean: number): number {
  let [count, left] = [0, mean + Math.log(1 - random())];
  while (left > 0) {
    count += 1;
    left += Math.log(1 - random());
  }
  return count;
}

/** Mulberry32: enough for an example, and the same everywhere. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
