// Prints the results of a measurement, and writes them as Markdown to bench/results.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

export interface Section {
  title: string;
  /** What was done, so that a reader can judge the figures. */
  how: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** A requirement held against what was measured. */
export function target(name: string, needed: string, measured: string, met: boolean): string[] {
  return [name, needed, measured, met ? 'met' : 'MISSED'];
}

export const targetColumns = ['measured', 'needed', 'is', 'verdict'] as const;

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * Writes bench/results/<name>.md, and prints the same. `others`: titles of sections that another
 * measurement has written there, which stay. `head`: what stands above all of them.
 */
export async function report(
  name: string,
  sections: readonly Section[],
  others: readonly string[] = [],
  head = `# bench:${name}\n\nDatabase, product and load share ${availableParallelism()} cores; ratios within a run tell more than its absolute numbers.`,
): Promise<void> {
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  const before = await readFile(join(folder, `${name}.md`), 'utf8').catch(() => '');
  const kept = before.split(/^(?=## )/m).filter((part) => {
    return others.some((title) => part.startsWith(`## ${title}\n`));
  });
  const parts = [...kept.map((part) => part.trim()), ...sections.map(render)];
  const text = `${[head, ...parts].join('\n\n')}\n`;
  await writeFile(join(folder, `${name}.md`), text);
  say(`\n${text}`);
}

function render({ title, how, columns, rows }: Section): string {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, index) => (cells[index] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [`## ${title}`, '', how, '', line(columns), rule, ...rows.map(line)].join('\n');
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

export function ms(value: number): string {
  return `${value.toFixed(2)} ms`;
}

export function times(value: number): string {
  return `${value.toFixed(2)} ×`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
