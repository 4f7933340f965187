// Changes the code in small ways and counts which changes the tests notice: `npm run mutants -- routing access`.
// Of a room that takes hours, a sample: `npm run mutants -- desk --sample 100 --seed 1`.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { justified } from './justified-mutants.ts';
import { type MutantRoom, mutantRooms } from './mutant-rooms.ts';
import { likelyShare } from './statistics.ts';
import { percent, report, say } from './table.ts';

const HEAD = `# Mutants

\`npm run mutants -- routing\` changes one operator, condition, literal or call of a room at a time (StrykerJS), and runs those of its tests that reach it. A mutant is noticed when a test fails or runs without end. Each that lives is listed with the reason why it may; without a reason it asks for a better test. Of a sample, the share of all mutants lies with 95 % confidence in the interval (Wilson's score).`;
const UNREAD = '—';
const NOTICED = ['Killed', 'Timeout'];
const LIVES = ['Survived', 'NoCoverage'];

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const isSample = values.sample !== undefined;
if (isSample) process.env.MUTANT_SAMPLE = `${values.sample} ${values.seed}`;
const unknown = asked.filter((name) => !Object.hasOwn(mutantRooms, name));
if (unknown.length > 0) {
  const names = Object.keys(mutantRooms).join(', ');
  throw new Error(`There is no room ${unknown.join(', ')}. Name some of: ${names}.`);
}
for (const [name, room] of Object.entries(mutantRooms)) {
  if (asked.length === 0 || asked.includes(name)) await measure(name, room);
}

async function measure(name: string, room: MutantRoom): Promise<void> {
  process.env.MUTANT_ROOM = name;
  const stryker = new Stryker({
    mutate: [...room.mutate],
    testRunner: 'vitest',
    plugins: [
      '@stryker-mutator/vitest-runner',
      ...(isSample ? [join(import.meta.dirname, 'sample-mutants.ts')] : []),
    ],
    checkers: isSample ? ['sample'] : [],
    vitest: { configFile: 'vitest.mutants.config.ts' },
    // Stryker would rewrite it by an interface of the compiler that TypeScript 7 no longer has.
    tsconfigFile: 'none',
    ignorePatterns: ['dist', 'docs', 'data'],
    reporters: ['progress-append-only'],
    concurrency: 1,
    timeoutMS: 10_000,
    // Of all tests of the room, one after the other, on a busy machine.
    dryRunTimeoutMinutes: 30,
    tempDirName: 'dist/mutants',
  });
  await keep(name, room, await stryker.runMutationTest());
}

async function keep(name: string, room: MutantRoom, all: readonly MutantResult[]): Promise<void> {
  const count = (statuses: readonly string[]) =>
    all.filter(({ status }) => statuses.includes(status)).length;
  const living = all.filter(({ status }) => LIVES.includes(status));
  const rows = await Promise.all(living.map(describe));
  const noticed = count(NOTICED);
  const score = noticed / (noticed + living.length);
  const unread = rows.filter(([, , why]) => why === UNREAD).length;
  const counted = noticed + living.length;
  const how = `${noticed} of ${counted}${ofAll(all.length)} are noticed: ${percent(score)}${within(noticed, counted)}, where at least ${percent(room.atLeast)} is wanted. ${rows.length - unread} that live are justified, ${unread} are not.`;
  const columns = ['where', 'change', 'why it may live'];
  const others = Object.keys(mutantRooms).filter((other) => other !== name);
  await report('mutants', [{ title: name, how, columns, rows }], others, HEAD);
  if (score >= room.atLeast) return;
  say(`${name} is below ${percent(room.atLeast)}.`);
  process.exitCode = 1;
}

function ofAll(count: number): string {
  return isSample ? ` (a sample of ${count}, seed ${values.seed})` : '';
}

function within(noticed: number, counted: number): string {
  if (!isSample) return '';
  const { from, to } = likelyShare(noticed, counted);
  return ` (of all, between ${percent(from)} and ${percent(to)})`;
}

async function describe({ fileName, location, replacement }: MutantResult): Promise<string[]> {
  const { start, end } = location;
  const file = fileName.slice(process.cwd().length + 1);
  const lines = (await readFile(fileName, 'utf8')).split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1)?.slice(0, end.column - 1) ?? '';
  lines[0] = lines[0]?.slice(start.column - 1) ?? '';
  const [before, after] = [squeeze(lines.join(' ')), squeeze(replacement ?? '')];
  const found = justified.find((one) => {
    const isThere = one.file === file && (one.line ?? start.line) === start.line;
    return isThere && one.before === before && (one.after ?? after) === after;
  });
  const change = `\`${before}\` → \`${after}\``.replaceAll('|', '\\|');
  return [`${file}:${start.line}`, change, found?.why ?? UNREAD];
}

/** On one line, and no longer than a table bears. */
function squeeze(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length <= 100 ? flat : `${flat.slice(0, 99)}…`;
}
