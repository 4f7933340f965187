// Code cites the contracts by page and section (qiscus.md §4.1). Each citation must lead somewhere.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const PROTOCOLS = new URL('../../docs/protocols/', import.meta.url);
const ROOT = new URL('../../', import.meta.url);
const run = promisify(execFile);

/** "4", "4.1", and "5.10" for the tenth point of section 5. */
const listSections = (page: string): Set<string> => {
  const sections = new Set<string>();
  let section = '';
  for (const line of page.split('\n')) {
    const heading = /^#{2,3} (\d+(?:\.\d+)?)\.? /.exec(line)?.[1];
    const point = /^(\d+)\. /.exec(line)?.[1];
    if (heading) section = heading;
    if (heading) sections.add(heading);
    else if (point) sections.add(`${section}.${point}`);
  }
  return sections;
};

/** "§1–3, §5.10" as its sections. */
const readNumbers = (list: string): string[] => {
  const numbers: string[] = [];
  for (const [, first = '', last] of list.matchAll(/(\d+(?:\.\d+)?)(?:–§?(\d+))?/g)) {
    numbers.push(first);
    for (let n = Number(first) + 1; n <= Number(last ?? 0); n++) numbers.push(String(n));
  }
  return numbers;
};

const CITATION =
  /\b(?<page>qiscus|rapidpro|gitple-events|chimp-assist)\.md (?<sections>§[\d.]+(?:(?:, |–)§?\d+(?:\.\d+)?)*)/g;

const findBroken = (file: string, text: string, pages: Map<string, Set<string>>): string[] =>
  [...text.matchAll(CITATION)].flatMap(({ groups }) =>
    readNumbers(groups?.sections ?? '')
      .filter((section) => !pages.get(groups?.page ?? '')?.has(section))
      .map((section) => `${file}: ${groups?.page}.md §${section}`),
  );

const readPages = async (): Promise<Map<string, Set<string>>> => {
  const pages = new Map<string, Set<string>>();
  for (const name of await readdir(PROTOCOLS)) {
    const page = await readFile(new URL(name, PROTOCOLS), 'utf8');
    pages.set(name.replace('.md', ''), listSections(page));
  }
  return pages;
};

test('every section of a contract that code cites is there', async () => {
  const pages = await readPages();
  const { stdout } = await run(
    'git',
    [
      'grep',
      '-lE',
      '(qiscus|rapidpro|gitple-events|chimp-assist)\\.md §',
      '--',
      '.',
      ':!test/house/citations.test.ts',
    ],
    { cwd: ROOT },
  );
  const files = stdout.trim().split('\n');
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, ROOT), 'utf8')));
  const cited = texts.reduce((count, text) => count + [...text.matchAll(CITATION)].length, 0);
  expect(cited).toBeGreaterThan(60);
  expect(files.flatMap((file, at) => findBroken(file, texts[at] ?? '', pages))).toEqual([]);
});

test('a citation of a section that is not there is found', async () => {
  const pages = await readPages();
  const of = (text: string) => findBroken('x.ts', text, pages);
  expect(of('(qiscus.md §4.1, §7)')).toEqual([]);
  expect(of('(qiscus.md §4.9)')).toEqual(['x.ts: qiscus.md §4.9']);
  expect(of('(gitple-events.md §3–§9)')).toEqual([]);
  expect(of('(chimp-assist.md §5.10, §44)')).toEqual(['x.ts: chimp-assist.md §44']);
});
