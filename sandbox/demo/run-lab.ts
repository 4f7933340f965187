// The lab on sample data, in the terminal: what will come, who is needed, what if, and how other desks would do.
import { dirname, join } from 'node:path';
import { compareSimulations, sayComparison } from '../../src/cli/compare-simulations.ts';
import { readDocument } from '../../src/cli/policy-commands.ts';
import { readFromFile } from '../../src/cli/read-arrivals.ts';
import { runSimulation } from '../../src/cli/run-simulation.ts';
import { runStaffing, type Staffing } from '../../src/cli/run-staffing.ts';
import { sayModels, sayResult } from '../../src/cli/say-simulation.ts';
import { sayStaffing } from '../../src/cli/say-staffing.ts';
import {
  type ModelName,
  modelNames,
  type Scenario,
  type SimulationResult,
} from '../../src/contract/scenario.ts';
import { sumStaffing } from '../../src/staffing/sum-staffing.ts';
import { findFolder } from './find-folder.ts';

/** Enough for a first look within half a minute. */
const ARRIVALS = 4000;
const RUNS = 4;
const DAY_MS = 86_400_000;

const say = (...lines: string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

function title(text: string, command: string): void {
  say('', text, '='.repeat(text.length), `npm run usher -- ${command}`, '');
}

const folder = dirname(await findFolder('examples/staffing', import.meta.dirname));
const history = join(folder, 'staffing/history.csv');
const shop = (await readDocument(join(folder, 'scenarios/shop.json'))) as Scenario;

say(
  'The lab, on sample data. All of it is made up: examples/staffing/make-history.ts wrote the',
  'history of a shop, and examples/scenarios/shop.json is a centre of eight agents.',
  'Below each title stands the command that shows the same with more arrivals: here are fewer, so that',
  'all is done in half a minute. more.json is the shop with one agent more in each group.',
);
const results: SimulationResult[] = [];
await foretell();
await simulateAsItIs();
await compare();
await runModels();
say(
  '',
  'The back office has the same under Lab, from your own records: npm run demo, supervisor, Lab.',
);
process.exit(results.every(({ overCapacity }) => overCapacity === 0) ? 0 : 1);

async function foretell(): Promise<void> {
  title(
    'What comes next Monday, and who is needed to serve 80 % within a minute',
    'staff --history examples/staffing/history.csv --scenario examples/staffing/shop.json --within 60 --share 0.8 --cost 18 --weeks 1',
  );
  const scenario = (await readDocument(join(folder, 'staffing/shop.json'))) as object;
  const found = await runStaffing(
    { readIn: (timeZone) => readFromFile(history, { timeZone, now: Date.now() }), scenario },
    {
      ...{ target: { within: 60, share: 0.8 }, weeks: 1, timeZone: 'UTC', calendar: undefined },
      ...{ costPerHour: 18, most: 100, arrivals: ARRIVALS, onProgress: () => {} },
    },
  );
  say(...sayStaffing(firstDay(found)));
}

function firstDay(found: Staffing): Staffing {
  const begins = found.halfHours[0]?.at ?? 0;
  const halfHours = found.halfHours.filter(({ at }) => at < begins + DAY_MS);
  return { ...found, halfHours, totals: sumStaffing(halfHours, 18) };
}

async function simulateAsItIs(): Promise<void> {
  title(
    'A shop as it is: its figures, and the hours of its first day',
    'simulate --scenario examples/scenarios/shop.json',
  );
  const result = await runSimulation({ ...shop, arrivals: 5 * ARRIVALS });
  results.push(result);
  say(...sayResult({ ...result, hours: result.hours?.slice(0, 24) ?? [] }));
}

async function compare(): Promise<void> {
  title(
    'With one agent more in each group',
    `simulate --scenario examples/scenarios/shop.json --against more.json --runs ${RUNS}`,
  );
  const small = { ...shop, arrivals: 2 * ARRIVALS };
  const agents = shop.agents.map((one) => ({ ...one, count: (one.count ?? 1) + 1 }));
  const seed = shop.seed ?? 1;
  say(
    ...sayComparison(await compareSimulations([small, { ...small, agents }], { runs: RUNS, seed })),
  );
}

async function runModels(): Promise<void> {
  title(
    'The same customers, by models of other desks',
    'simulate --scenario examples/scenarios/shop.json --models all',
  );
  const rows: [ModelName, SimulationResult][] = [];
  for (const model of modelNames) {
    rows.push([model, await runSimulation({ ...shop, arrivals: 2 * ARRIVALS, model })]);
  }
  // Other desks may go beyond a capacity; ours may not.
  results.push(...rows.flatMap(([model, result]) => (model === 'usher' ? [result] : [])));
  say(...sayModels(rows));
}
