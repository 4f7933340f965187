// A list of routes may be as long as it has routes; what handles a request may not.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findLongFunctions, MOST_LINES } from './long-functions.ts';

/** Where the linter does not count the lines of functions: the rooms of src that list routes. */
const LISTS = 'src/http';

const lines = (count: number) => 'work();\n'.repeat(count);
const route = (count: number) => `app.get('/a', {}, async () => {\n${lines(count)}});\n`;
const list = (text: string) => `export const routes = async (app) => {\n${text}};\n`;

async function judge(text: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-long-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'tsconfig.json'), '{ "include": ["src"] }');
  await writeFile(join(folder, 'src/a.ts'), text);
  return findLongFunctions(folder, ['src/a.ts']);
}

test('in src/http no function is too long, but for the routes that it lists', async () => {
  const files = (await readdir(LISTS)).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  expect(files.length).toBeGreaterThan(40);
  expect(
    findLongFunctions(
      process.cwd(),
      files.map((name) => `${LISTS}/${name}`),
    ),
  ).toEqual([]);
});

test('a list of many short routes is not too long', async () => {
  expect(await judge(list(route(10).repeat(20)))).toEqual([]);
});

test('a long handler in a list of routes is refused', async () => {
  expect(await judge(list(route(MOST_LINES)))).not.toEqual([]);
});

test('what a list of routes does besides may not be long', async () => {
  expect(await judge(list(lines(MOST_LINES + 1) + route(1)))).toHaveLength(1);
});

test('a long function that lists no routes is refused', async () => {
  expect(await judge(`export function act() {\n${lines(MOST_LINES + 1)}}\n`)).toHaveLength(1);
  expect(await judge(`export function act() {\n${lines(MOST_LINES)}}\n`)).toEqual([]);
});

test('the linter counts the lines of functions everywhere but in tests and in src/http', async () => {
  const { overrides } = JSON.parse(await readFile('biome.json', 'utf8')) as {
    overrides: { includes: string[]; linter: { rules: Record<string, Record<string, unknown>> } }[];
  };
  const spared = overrides.filter(
    ({ linter }) => linter.rules.complexity?.noExcessiveLinesPerFunction !== undefined,
  );
  expect(spared.map(({ includes }) => includes)).toEqual([['**/*.test.ts', `${LISTS}/*.ts`]]);
});
