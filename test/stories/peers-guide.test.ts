// The published table of other desks: what the guide shows is what was measured, and what is measured now.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { comparisons, measure } from '../../bench/peer-tables.ts';

const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

/** By the heading above it, the lines of each table. */
function readTables(text: string): Map<string, string[]> {
  const parts = text.split(/^#+ /m).slice(1);
  const linesOf = (part: string) => part.split('\n').filter((line) => line.startsWith('|'));
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), linesOf(part)]));
}

const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

const measured = readTables(read('bench/results/peers.md'));

test('the guide shows each table as it was measured', () => {
  const shown = readTables(read('docs/guides/peers.md'));
  for (const { title } of comparisons) {
    expect(measured.get(title)?.length, title).toBe(10);
    expect(shown.get(title), title).toEqual(measured.get(title));
  }
});

test('the morning comes to the same figures when it is run again', () => {
  const morning = comparisons.find(({ title }) => title === 'Morning');
  const { columns, rows } = measure(morning as NonNullable<typeof morning>);
  const [head, , ...lines] = (measured.get('Morning') ?? []).map(cellsOf);
  expect(head).toEqual([...columns]);
  expect(lines).toEqual(rows.map((row) => [...row]));
});
