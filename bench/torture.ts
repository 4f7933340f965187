// Adds up what tortures have found: `usher --json torture … > one.json`, then this with all such files. They are kept, for the next ones to be added.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PromiseName, promises } from '../src/torture/breach.ts';
import type { TortureReport } from '../src/torture/run-torture.ts';
import { report } from './table.ts';

const KEPT = join(import.meta.dirname, 'results', 'torture.json');

const runs: TortureReport[] = JSON.parse(await readFile(KEPT, 'utf8').catch(() => '[]'));
for (const file of process.argv.slice(2)) {
  const run: TortureReport = JSON.parse(await readFile(file, 'utf8'));
  if (runs.some(({ seed }) => seed === run.seed))
    throw new Error(`Seed ${run.seed} is kept already.`);
  runs.push(run);
}
await writeFile(KEPT, `${JSON.stringify(runs, null, 1)}\n`);

function addUp(of: (run: TortureReport) => Record<string, number>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [name, count] of runs.flatMap((run) => Object.entries(of(run)))) {
    sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return sums;
}

const faults = [...addUp(({ faults }) => faults)].sort(([, one], [, other]) => other - one);
const checked = addUp((run) => run.checked);
const minutes = runs.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
const broken = (name: PromiseName) =>
  runs.flatMap(({ breaches }) => breaches).filter(({ promise }) => promise === name).length;

const OTHERS = ['Mistakes that were put into a copy', 'What is not shown'];

await report(
  'torture',
  [
    {
      title: 'How long',
      how: `\`npm run usher -- torture\`, by seed; ${minutes.toFixed(0)} minutes in all, on two cores that others used too. A round is a storm of up to a minute, a calm, and a judgement.`,
      columns: [
        'seed',
        'servers',
        'seconds',
        'rounds',
        'conversations',
        'faults',
        'broken promises',
      ],
      rows: runs.map(({ seed, nodes, seconds, rounds, acts, faults, breaches }) =>
        [
          ...[seed, nodes, seconds, rounds, (acts.open ?? 0) + (acts.rooms ?? 0)],
          Object.values(faults).reduce((sum, count) => sum + count, 0),
          breaches.length,
        ].map(String),
      ),
    },
    {
      title: 'How often each fault struck',
      how: 'Over all of these runs.',
      columns: ['fault', 'struck'],
      rows: faults.map(([name, count]) => [name, String(count)]),
    },
    {
      title: 'What was found',
      how: 'How many things each promise was held against: assignments, events, operations of clients, acknowledged requests, loads, events to be told, conversations, servers by round.',
      columns: ['promise', 'held against', 'broken'],
      rows: (Object.keys(promises) as PromiseName[]).map((name) => [
        ...[promises[name], String(checked.get(name) ?? 0), String(broken(name))],
      ]),
    },
  ],
  OTHERS,
);
