// A command is written as it can be typed: nobody who has a checkout has `usher` on the path.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { examples } from '../../src/cli/examples.ts';

const words = [...new Set(Object.keys(examples).map((name) => name.split(' ')[0]))].join('|');
const BARE = new RegExp(`(?<!npm run |npx )(?<![\\w:/.@-])usher (-- )?(--\\w+ )?(${words})\\b`);

/** Comments are printed for nobody, nor is the word that the key of secrets is spread with. */
const isPrinted = (line: string) => !/^\s*(\/\/|\/?\*)|hkdfSync/.test(line);

test('no page, message or help tells somebody to type a bare usher', () => {
  const files = execFileSync('git', ['ls-files', '*.md', 'src/*.ts', 'web/*.ts', 'web/*.tsx'], {
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && !file.includes('.test.'));
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => isPrinted(line) && BARE.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
