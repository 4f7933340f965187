// Measures how wrong forecasts of arrivals are, beside last week's figures: on the shipped history, on a public one, and on made-up ones with growth, gaps and spread.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Calendar } from '../src/contract/policy/calendar.ts';
import type { Scenario } from '../src/contract/scenario.ts';
import { makeStreams } from '../src/simulation/random.ts';
import { type BackTest, backTest } from '../src/staffing/back-test.ts';
import type { History } from '../src/staffing/history.ts';
import { readHistory } from '../src/staffing/read-history.ts';
import { makeArrivals, usualMean } from '../test/makers/make-arrivals.ts';
import { readPublicArrivals } from './public-arrivals.ts';
import { percent, report, target, targetColumns } from './table.ts';

const FOLDER = join(import.meta.dirname, '../examples/staffing');
const HELD_OUT_WEEKS = 16;
const WEEKS = 40;

function readShop(): { history: History; calendar: Calendar | null } {
  const scenario: Scenario = JSON.parse(readFileSync(join(FOLDER, 'shop.json'), 'utf8'));
  const [calendar = null] = scenario.policy?.calendars ?? [];
  const until = Date.UTC(2026, 0, 1);
  const of = { timeZone: calendar?.timeZone ?? 'UTC', until };
  const read = readHistory(readFileSync(join(FOLDER, 'history.csv')), of);
  if (read.history === null) throw new Error(JSON.stringify(read.faults));
  return { history: read.history, calendar };
}

/** A tenth of the days is lost, whole. */
function loseDays(history: History): History {
  const stream = makeStreams(5)();
  const lost = new Set(
    Array.from({ length: 7 * WEEKS }, (_, day) => day).filter(() => stream() < 0.1),
  );
  const [first = 0] = history.arrivals.keys();
  const isLost = (at: number) => lost.has(Math.floor((at - first) / 86_400_000));
  return { ...history, arrivals: new Map([...history.arrivals].filter(([at]) => !isLost(at))) };
}

const made = (truth: Partial<Parameters<typeof makeArrivals>[0]>): History =>
  makeArrivals({ days: 7 * WEEKS, meanOf: usualMean, seed: 11, ...truth });
const grown = (share: number) => ({
  meanOf: (one: Parameters<typeof usualMean>[0], nth: number) =>
    usualMean(one) * (1 + share) ** (nth / 7),
});

const { history, calendar } = readShop();
const flights = await readPublicArrivals();
const worlds: (readonly [string, History, Calendar | null])[] = [
  ['the shipped history', history, calendar],
  ['the same, without its calendar', history, null],
  ...(flights === null ? [] : [['departures of flights (public)', flights, null] as const]),
  ['chance alone (Poisson)', made({}), null],
  ['more spread than chance', made({ dispersion: 0.1 }), null],
  ['growing by 2 % a week', made({ dispersion: 0.05, ...grown(0.02) }), null],
  ['shrinking by 2 % a week', made({ dispersion: 0.05, ...grown(-0.02) }), null],
  ['a tenth of the days lost', loseDays(made({ dispersion: 0.05 })), null],
];

const found = worlds.map(([name, of, hours]): [string, BackTest] => {
  const test = backTest(of, { calendar: hours, weeks: HELD_OUT_WEEKS });
  if (test === null) throw new Error(`${name} is too short.`);
  return [name, test];
});
const ratioOf = ([name, test]: [string, BackTest]) => {
  const ratio = test.forecast.wape / test.naiveLastWeek.wape;
  return target(
    `${name}: forecast ÷ last week’s figures`,
    '<= 0.8',
    ratio.toFixed(3),
    ratio <= 0.8,
  );
};
const judged = found.filter(([name]) => name === 'the shipped history' || name.includes('public'));
await report('forecast', [
  {
    title: 'Misses of forecasts',
    how: `Each of the last ${HELD_OUT_WEEKS} weeks foretold from what was known before it. WAPE: all misses ÷ all arrivals. MASE: below 1 is better than last week’s figures were before. Departures of flights: a public sample, 20,000 in 90 days, so few in a half hour that most of the misses are chance; eight weeks are held out. All else is made up.`,
    columns: [
      ...['history', 'WAPE', 'of last week’s figures', 'of the mean of four weeks'],
      ...['MASE', 'of last week’s', 'within p10–p90'],
    ],
    rows: found.map(([name, test]) => [
      name,
      ...[test.forecast, test.naiveLastWeek, test.fourWeeksMean].map(({ wape }) => percent(wape)),
      ...[test.forecast, test.naiveLastWeek].map(({ mase }) => (mase ?? 0).toFixed(3)),
      percent(test.coverage),
    ]),
  },
  {
    title: 'Beside last week’s figures',
    how: 'The WAPE of the forecast ÷ that of the same half hour of the week before.',
    columns: targetColumns,
    rows: judged.map(ratioOf),
  },
]);
