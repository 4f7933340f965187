// Changes the code in small ways and counts which changes the tests notice: `npm run mutants -- routing access`.
import { readFile } from 'node:fs/promises';
import type { MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { justified } from './justified-mutants.ts';
import { type MutantRoom, mutantRooms } from './mutant-rooms.ts';
import { percent, report, say } from './table.ts';

const HEAD = `# Mutants

\`npm run mutants -- routing\` changes one operator, condition, literal or call of a room at a time (StrykerJS), and runs those of its tests that reach it. A mutant is noticed when a test fails or runs without end. Each that lives is listed with the reason why it may; without a reason it asks for a better test.`;
const UNREAD = '—';
const NOTICED = ['Killed', 'Timeout'];
const LIVES = ['Survived', 'NoCoverage'];

const asked = process.argv.slice(2);
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
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'vitest.mutants.config.ts' },
    // Stryker would rewrite it by an interface of the compiler that TypeScript 7 no longer has.
    tsconfigFile: 'none',
    ignorePatterns: ['dist', 'docs', 'data'],
    reporters: ['progress-append-only'],
    concurrency: 1,
    timeoutMS: 10_000,
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
  const how = `${noticed} of ${noticed + living.length} are noticed: ${percent(score)}, where at least ${percent(room.atLeast)} is wanted. ${rows.length - unread} that live are justified, ${unread} are not.`;
  const columns = ['where', 'change', 'why it may live'];
  const others = Object.keys(mutantRooms).filter((other) => other !== name);
  await report('mutants', [{ title: name, how, columns, rows }], others, HEAD);
  if (score >= room.atLeast) return;
  say(`${name} is below ${percent(room.atLeast)}.`);
  process.exitCode = 1;
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
