// What a torture has found, for people: how long, how often each fault struck, what was checked, and the stories of broken promises.
import { type Breach, type PromiseName, promises } from '../torture/breach.ts';
import type { TortureReport } from '../torture/run-torture.ts';
import { clean, formatTable } from './print.ts';

const sum = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

export function sayProgress(
  { phase, faults, acts, rounds, breaches }: TortureReport,
  seconds: number,
): string {
  const conversations = (acts.open ?? 0) + (acts.rooms ?? 0);
  return `${Math.round(seconds)} s · ${phase} · ${sum(faults)} faults · ${conversations} conversations · ${acts.requests ?? 0} requests · ${rounds} rounds judged · ${breaches.length} broken promises`;
}

export function sayTorture(report: TortureReport): string[] {
  const { seed, seconds, nodes, rounds, stopped, faults, missing, checked, acts } = report;
  const ended = stopped ? ' It was stopped: what was not judged by then was not judged.' : '';
  return [
    `Seed ${seed}: ${seconds} s, ${nodes} servers, ${rounds} rounds, ${acts.requests ?? 0} requests.${ended}`,
    '',
    ...formatTable(['Fault', 'Struck'], [...sortByCount(faults), ...listMissing(missing)]),
    '',
    ...formatTable(
      ['Promise', 'Held against', 'Broken'],
      (Object.keys(promises) as PromiseName[]).map((name) => [
        promises[name],
        checked[name],
        report.breaches.filter(({ promise }) => promise === name).length,
      ]),
    ),
    '',
    `After the last fault of a round nobody waited beside free agents for longer than ${report.servedSeconds} s.`,
    ...sayBreaches(report),
  ];
}

function sortByCount(counts: Record<string, number>): [string, number][] {
  return Object.entries(counts).sort(([, one], [, other]) => other - one);
}

/** What could not strike, and why. */
const listMissing = (missing: Record<string, string>): [string, string][] =>
  Object.entries({ ...missing, ...NEVER }).map(([name, why]) => [name, `not here: ${why}`]);

const NEVER = {
  'disk slow to read': 'nothing but a device of its own can slow reads down',
};

function sayBreaches({ breaches, rounds, seed }: TortureReport): string[] {
  if (breaches.length === 0) {
    return rounds === 0 ? ['Nothing was judged.'] : ['No promise was broken.'];
  }
  return [
    ...breaches.flatMap(tellBreach),
    '',
    `The same seed makes the same choices (--seed ${seed}); what they meet is up to the machine.`,
  ];
}

function tellBreach({ promise, subject, what, story }: Breach): string[] {
  return [
    '',
    `Broken: ${promises[promise]}`,
    `  ${clean(subject)}: ${clean(what)}`,
    ...story.map((line) => `    ${clean(line)}`),
  ];
}
