// A kind of channel is named in its own rooms and in the tables that list the kinds: whoever else asks, asks for a trait.
import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { kindNames } from '../../src/contract/channel-kinds.ts';

/** Where the kinds are listed, what was written before there was a list, other desks, of which one has the name of a kind, and what stands outside and opens channels. */
const TABLES = [
  'src/contract/channel-kinds.ts',
  'src/contract/channels.ts',
  'src/contract/scenario.ts',
  'src/store/migrations/',
  'src/torture/set-up.ts',
  'web/api/schema.ts',
];

const mayName = (path: string, kind: string): boolean =>
  TABLES.some((table) => path.startsWith(table)) || path.split(/[/.-]/).includes(kind);

/** As a string, in code or in a statement. */
const names = (text: string, kind: string): boolean =>
  ["'", '"', '`'].some((quote) => text.includes(`${quote}${kind}${quote}`));

async function findNamed(pattern: string): Promise<string[]> {
  const found: string[] = [];
  for await (const path of glob(pattern)) {
    if (path.includes('.test.')) continue;
    const text = await readFile(path, 'utf8');
    for (const kind of kindNames) {
      if (names(text, kind) && !mayName(path, kind)) found.push(`${path}: ${kind}`);
    }
  }
  return found;
}

test.each([
  ['server', 'src/**/*.{ts,sql}'],
  ['office', 'web/**/*.{ts,tsx}'],
  ['widget', 'widget/**/*.{ts,tsx}'],
])('no file of the %s names a kind of channel outside that kind’s rooms', async (_what, files) => {
  expect(await findNamed(files)).toEqual([]);
});

test('a comparison with a kind is seen, in code and in a statement', () => {
  expect(names(`if (channel.kind === 'qiscus') return;`, 'qiscus')).toBe(true);
  expect(names(`where h.kind in ('qiscus', 'rapidpro')`, 'rapidpro')).toBe(true);
  expect(mayName('src/http/present.ts', 'qiscus')).toBe(false);
  expect(mayName('src/channels/rapidpro/routes.ts', 'qiscus')).toBe(false);
});
