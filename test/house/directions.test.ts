// A language that is written from the right turns the page round: styles name the start and the end of a line, not left and right.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** The corner of the page is the company's choice, in whatever direction it is read. */
const byChoice = new Set(['web/components/appearance/widget-preview.module.css']);

const inStyles = [
  /\b(?:margin|padding|border)-(?:left|right)\b/,
  /\bborder-(?:top|bottom)-(?:left|right)-radius\b/,
  /(?:^|[\s;{])(?:left|right)\s*:/,
  /\b(?:text-align|float|clear)\s*:\s*(?:left|right)\b/,
  /\btranslateX\(/,
];
const inScripts = [
  /\b(?:margin|padding|border)(?:Left|Right)\b/,
  /\s(?:ml|mr|pl|pr)=/,
  /\bstyle=\{\{[^}]*\b(?:left|right):/,
  /\btextAlign: '(?:left|right)'/,
];
/** Four sides of which the left and the right differ. */
const FOUR = /\b(?:padding|margin):\s*\S+\s+(\S+)\s+\S+\s+([^\s;]+);/;

function find(folder: string, endings: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.test(name) && !name.includes('node_modules'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}

function findPhysical(text: string, isStyle: boolean): string[] {
  const lines = text.split('\n');
  const known = isStyle ? inStyles : inScripts;
  return lines.filter((line) => {
    const sides = isStyle ? FOUR.exec(line) : null;
    const differ = sides !== null && sides[1] !== sides[2];
    return differ || known.some((pattern) => pattern.test(line));
  });
}

test('the styles of every page know start and end alone', () => {
  const files = ['web', 'widget', 'reference'].flatMap((folder) => find(folder, /\.css$/));
  expect(files.length).toBeGreaterThan(20);
  const found = files
    .filter((path) => !byChoice.has(path))
    .flatMap((path) =>
      findPhysical(readFileSync(join(root, path), 'utf8'), true).map((line) => `${path}: ${line}`),
    );
  expect(found).toEqual([]);
});

test('so do styles that are written beside the markup', () => {
  const found = ['web', 'widget']
    .flatMap((folder) => find(folder, /\.tsx$/))
    .flatMap((path) =>
      findPhysical(readFileSync(join(root, path), 'utf8'), false).map((line) => `${path}: ${line}`),
    );
  expect(found).toEqual([]);
});

test.each([
  ['  margin-left: auto;', true],
  ['a{left:0}', true],
  ['  border-top-left-radius: 4px;', true],
  ['  text-align: right;', true],
  ['  padding: 1px 2px 3px 4px;', true],
  ['  transform: translateX(-50%);', true],
  ['<Box ml="auto" />', false],
  ["<i style={{ width: 1, left: '3%' }} />", false],
])('%s would be found', (line, isStyle) => {
  expect(findPhysical(line, isStyle)).toEqual([line]);
});

test.each([
  ['  margin-inline-start: auto;', true],
  ['  padding: 1px 2px 3px 2px;', true],
  ['  background: linear-gradient(to right, red, blue);', true],
  ['  transform: scaleX(-1);', true],
  ['<Box ms="auto" />', false],
])('%s is left alone', (line, isStyle) => {
  expect(findPhysical(line, isStyle)).toEqual([]);
});
